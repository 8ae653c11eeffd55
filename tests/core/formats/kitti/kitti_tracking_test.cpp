#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_boxes.hpp"
#include "core/formats/kitti_layout.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::real_data;
using test::TemporaryFolder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

TEST(KittiTracking, RootAndSplitHoldTheSameSequences) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking");
  for (const char* path : {"kitti_tracking", "kitti_tracking/training"}) {
    const auto reader = drive_reader_for(real_data(path));
    ASSERT_TRUE(reader) << to_string(reader.error());
    EXPECT_EQ((*reader)->name, "kitti-tracking");
    const auto listings = list_drives(real_data(path));
    ASSERT_TRUE(listings);
    ASSERT_EQ(listings->size(), 2u);
    EXPECT_EQ((*listings)[0].name, "0000");
    EXPECT_EQ((*listings)[0].sweeps, 20u);
    EXPECT_EQ((*listings)[0].images, 0u);
    EXPECT_TRUE((*listings)[0].has_truth);
    EXPECT_EQ((*listings)[1].name, "0052");
    EXPECT_EQ((*listings)[1].sweeps, 16u);
    EXPECT_EQ((*listings)[1].images, 16u);
    EXPECT_FALSE((*listings)[1].has_truth);
  }
}

TEST(KittiTracking, ReadsSweepsImagesAndCamera) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking");
  const auto drive = open_drive(real_data("kitti_tracking/training"), "0052");
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_THAT(drive->warnings, ElementsAre());
  ASSERT_EQ(drive->sweeps.size(), 16u);
  EXPECT_DOUBLE_EQ(seconds_between(drive->sweeps.front().time, drive->sweeps.back().time), 1.5);
  const auto cloud = drive->read_sweep(3);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_GT(cloud->size(), 100'000u);
  ASSERT_NE(cloud->channel("intensity"), nullptr);
  ASSERT_EQ(drive->rig.cameras().size(), 1u);
  const CameraSensor& camera = drive->rig.cameras().front();
  EXPECT_EQ(camera.id.value, "image_02");
  EXPECT_TRUE(camera.calibrated);
  EXPECT_EQ(camera.intrinsics.width, 1242);
  EXPECT_EQ(camera.intrinsics.height, 375);
  // The colour camera is 27 cm before and 6 cm left of the Velodyne, looking forward.
  EXPECT_NEAR(camera.ego_from_camera.translation().x(), 0.27, 0.02);
  EXPECT_GT((camera.ego_from_camera.rotation() * Eigen::Vector3d::UnitZ()).x(), 0.999);
  EXPECT_NE(drive->image_near(camera.id, drive->sweeps[5].time), nullptr);
  EXPECT_FALSE(drive->read_truth);
}

// The truth fits the points: nearly every box holds some, and the air above it is empty.
TEST(KittiTracking, TruthLiesOnThePoints) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking");
  const auto drive = open_drive(real_data("kitti_tracking/training"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto truth = drive->read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  std::size_t inside = 0, beside = 0, boxes = 0;
  for (const TruthBox& box : *truth) {
    const auto sweep = drive->sweep_at(box.time);
    ASSERT_TRUE(sweep);
    if (*sweep % 5 != 0 || box.box.centre().metres.norm() > 40) continue;
    const auto cloud = drive->read_sweep(*sweep);
    ASSERT_TRUE(cloud);
    ++boxes;
    inside += points_in_box(*cloud, box.box).size();
    Box3<Ego> shifted = box.box;
    shifted.pose = Pose<Ego, BoxLocal>(
        box.box.pose.rotation(), box.box.pose.translation() + Eigen::Vector3d(0, 0, 1.2 * box.box.height()));
    beside += points_in_box(*cloud, shifted).size();
  }
  EXPECT_GT(boxes, 20u);
  EXPECT_GT(inside, 50 * boxes);
  EXPECT_LT(20 * beside, inside);
}

}  // namespace
}  // namespace sweepmark
