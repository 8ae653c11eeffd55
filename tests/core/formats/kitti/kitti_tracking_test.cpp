#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_boxes.hpp"
#include "core/formats/kitti_layout.hpp"
#include "tests/core/formats/kitti/kitti_fixture.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::kitti_calibration_lines;
using test::kitti_sweep;
using test::real_data;
using test::TemporaryFolder;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

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

TEST(KittiTracking, LabelsAloneAreDrivesWithoutSweeps) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking_gt");
  const auto listings = list_drives(real_data("kitti_tracking_gt"));
  ASSERT_TRUE(listings) << to_string(listings.error());
  ASSERT_EQ(listings->size(), 9u);
  std::size_t boxes = 0;
  for (const DriveListing& listing : *listings) {
    const auto drive = open_drive(real_data("kitti_tracking_gt"), listing.name);
    ASSERT_TRUE(drive) << to_string(drive.error());
    EXPECT_THAT(drive->warnings, IsEmpty());
    EXPECT_EQ(drive->sweeps.size(), listing.sweeps);
    EXPECT_FALSE(drive->read_sweep(0));
    const auto truth = drive->read_truth();
    ASSERT_TRUE(truth) << to_string(truth.error());
    for (const TruthBox& box : *truth) ASSERT_TRUE(drive->sweep_at(box.time));
    boxes += truth->size();
  }
  EXPECT_GT(boxes, 10'000u);
}

// A split with one sequence of four sweeps, number 2 of which is missing.
class SyntheticTracking : public testing::Test {
 protected:
  void SetUp() override {
    folder.write("training/calib/0003.txt", kitti_calibration_lines);
    for (const char* frame : {"000000", "000001", "000003"}) {
      folder.write(std::string("training/velodyne/0003/") + frame + ".bin", kitti_sweep(10));
      test::write_grey_image(folder / (std::string("training/image_02/0003/") + frame + ".png"), 64, 32);
    }
  }
  Drive opened() const {
    auto drive = open_drive(folder.path());
    EXPECT_TRUE(drive) << to_string(drive.error());
    return drive ? std::move(*drive) : Drive{};
  }
  void label(std::string_view text) const { folder.write("training/label_02/0003.txt", text); }

  TemporaryFolder folder;
};

TEST_F(SyntheticTracking, MissingFramesLeaveGaps) {
  label("3 5 Car 0 1 -1.5 100 100 200 200 1.5 1.6 4.0 2 1.7 20 0.1\n");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings, IsEmpty());
  ASSERT_EQ(drive.sweeps.size(), 3u);
  EXPECT_EQ(drive.sweeps[2].time.ns, 300'000'000);
  const auto truth = drive.read_truth();
  ASSERT_TRUE(truth);
  ASSERT_EQ(truth->size(), 1u);
  EXPECT_EQ(truth->front().time, drive.sweeps[2].time);
  EXPECT_EQ(truth->front().track, "5");
  EXPECT_EQ(truth->front().attributes.at("occluded"), "1");
  EXPECT_EQ(truth->front().box.size, Eigen::Vector3d(4.0, 1.6, 1.5));
}

TEST_F(SyntheticTracking, AMissingImageIsNotTaken) {
  std::filesystem::remove(folder / "training/image_02/0003/000003.png");
  const Drive drive = opened();
  EXPECT_EQ(drive.image_near(SensorId{"image_02"}, drive.sweeps[2].time, 0.05), nullptr);
  EXPECT_NE(drive.image_near(SensorId{"image_02"}, drive.sweeps[1].time, 0.05), nullptr);
}

TEST_F(SyntheticTracking, ADamagedImageLeavesTheDriveOpen) {
  folder.write("training/image_02/0003/000000.png", "not an image");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings, ElementsAre(HasSubstr("000000.png")));
  EXPECT_EQ(drive.rig.cameras().front().intrinsics.width, 0);
}

TEST_F(SyntheticTracking, ATruncatedSweepIsOneBadSweep) {
  folder.write("training/velodyne/0003/000001.bin", kitti_sweep(10).substr(0, 150));
  const Drive drive = opened();
  EXPECT_TRUE(drive.read_sweep(0));
  const auto damaged = drive.read_sweep(1);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().where.byte_offset, 144u);
  EXPECT_THAT(to_string(damaged.error()), HasSubstr("000001.bin"));
  EXPECT_TRUE(drive.read_sweep(2));
  EXPECT_FALSE(drive.read_sweep(3));  // the drive has three
}

TEST_F(SyntheticTracking, ABadCalibrationLineLeavesTheDriveOpen) {
  std::string text = kitti_calibration_lines;
  text.replace(text.find("Tr_velo_to_cam: 0.0075"), 22, "Tr_velo_to_cam: what");
  folder.write("training/calib/0003.txt", text);
  label("0 5 Car 0 1 -1.5 100 100 200 200 1.5 1.6 4.0 2 1.7 20 0.1\n");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings, Contains(HasSubstr("0003.txt:6: a number expected after 'Tr_velo_to_cam'")));
  ASSERT_EQ(drive.rig.cameras().size(), 1u);
  EXPECT_FALSE(drive.rig.cameras().front().calibrated);
  EXPECT_EQ(drive.rig.cameras().front().intrinsics.width, 64);
  EXPECT_TRUE(drive.read_sweep(0));
  const auto truth = drive.read_truth();
  ASSERT_FALSE(truth);
  EXPECT_THAT(to_string(truth.error()), HasSubstr("without a sound calibration"));
}

TEST_F(SyntheticTracking, EmptyLabelsAreNoBoxes) {
  label("");
  const auto truth = opened().read_truth();
  ASSERT_TRUE(truth);
  EXPECT_THAT(*truth, IsEmpty());
}

TEST_F(SyntheticTracking, WindowsLinesAndDontCare) {
  label(
      "0 -1 DontCare -1 -1 -10 1 2 3 4 -1000 -1000 -1000 -10 -1 -1 -1\r\n\r\n"
      "1 -1 Car 0 0 0 1 2 3 4 1.5 1.6 4.0 2 1.7 20 0.1\r\n1 -1 Car 0 0 0 1 2 3 4 1.5 1.6 4.0 2 1.7 25 "
      "0.1\r\n");
  const auto truth = opened().read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  ASSERT_EQ(truth->size(), 2u);
  EXPECT_NE(truth->at(0).track, truth->at(1).track);  // −1 joins nothing
}

TEST_F(SyntheticTracking, AShortRowNamesItsLine) {
  label("0 1 Car 0 0 0 1 2 3 4 1.5 1.6 4.0 2 1.7 20 0.1\n0 2 Car 0 0 0 1 2 3 4 1.5 1.6 4.0 2 1.7\n");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings,
              ElementsAre(HasSubstr("0003.txt:2: 17 fields expected (18 with a score), found 15")));
  const auto truth = drive.read_truth();
  ASSERT_FALSE(truth);
  EXPECT_EQ(truth.error().where.line, 2u);
}

TEST_F(SyntheticTracking, BoxesOfAbsentFramesAreCounted) {
  label("2 1 Car 0 0 0 1 2 3 4 1.5 1.6 4.0 2 1.7 20 0.1\n3 1 Car 0 0 0 1 2 3 4 1.5 1.6 4.0 2 1.7 20 0.1\n");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings, ElementsAre(HasSubstr("1 boxes lie at frames that have no sweep")));
  EXPECT_EQ(drive.read_truth()->size(), 1u);
}

TEST_F(SyntheticTracking, TimesOfTheRecorderWin) {
  folder.write("training/velodyne/0003/timestamps.txt",
               "2011-09-26 13:02:25.964389445\n2011-09-26 13:02:26.067523\n2011-09-26 "
               "13:02:26.17\n2011-09-26 13:02:26.28\n");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings, IsEmpty());
  EXPECT_EQ(drive.sweeps[0].time.ns, 1317042145'964389445);
  EXPECT_NEAR(seconds_between(drive.sweeps[0].time, drive.sweeps[2].time), 0.315610555, 1e-9);
}

TEST_F(SyntheticTracking, DisorderedTimesAreLeftAside) {
  folder.write("training/velodyne/0003/times.txt", "0.0\n0.1\n0.1\n0.3\n");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings,
              ElementsAre(HasSubstr("times.txt:3: the time is not later than the one before")));
  EXPECT_EQ(drive.sweeps[2].time.ns, 300'000'000);
}

TEST_F(SyntheticTracking, OxtsGiveTheTrajectory) {
  // Eastwards along the equator: 1e-5 degrees are 1.113 m.
  folder.write(
      "training/oxts/0003.txt",
      "0 8.0 100 0 0 0 1 2 3\n0 8.00001 100 0 0 0 1 2 3\n0 8.00002 100 0 0 0 1\n0 8.00003 100 0 0 0 1\n");
  const Drive drive = opened();
  EXPECT_THAT(drive.warnings, IsEmpty());
  EXPECT_EQ(drive.trajectory.source(), PoseSource::recorded);
  EXPECT_LT(drive.trajectory.world_from_ego(drive.sweeps[0].time).translation().norm(), 1e-9);
  const Eigen::Vector3d moved = drive.trajectory.world_from_ego(drive.sweeps[2].time).translation();
  EXPECT_NEAR(moved.x(), 3.3396, 1e-3);
  EXPECT_NEAR(moved.tail<2>().norm(), 0, 1e-6);
}

TEST_F(SyntheticTracking, SplitsWithTheSameNumbersKeepApart) {
  folder.write("testing/velodyne/0003/000000.bin", kitti_sweep(5));
  const auto listings = list_drives(folder.path());
  ASSERT_TRUE(listings);
  ASSERT_EQ(listings->size(), 2u);
  EXPECT_EQ(listings->at(0).name, "training/0003");
  EXPECT_EQ(listings->at(1).name, "testing/0003");
  EXPECT_EQ(open_drive(folder.path(), "testing/0003")->sweeps.size(), 1u);
  const auto ambiguous = open_drive(folder.path());
  ASSERT_FALSE(ambiguous);
  EXPECT_THAT(ambiguous.error().message, HasSubstr("training/0003"));
}

TEST_F(SyntheticTracking, OddNamesAndRepeatsAreLeftAside) {
  folder.write("training/velodyne/0003/1.bin", kitti_sweep(3));
  folder.write("training/velodyne/0003/copy of 1.bin", kitti_sweep(3));
  folder.write("training/velodyne/0003/99999999999999999999999.bin", kitti_sweep(3));
  folder.write("training/velodyne/0003/1500000000000000.bin", kitti_sweep(3));  // a time, not a frame
  const Drive drive = opened();
  EXPECT_EQ(drive.sweeps.size(), 3u);
  EXPECT_EQ(drive.warnings.size(), 4u);
}

TEST(KittiRows, WhatIsNoNumberIsNamed) {
  const auto rows =
      parse_kitti_rows("Car 0 0 0 1 2 3 4 1.5 tall 4.0 2 1.7 20 0.1\n", "000001.txt", KittiRows::object);
  ASSERT_FALSE(rows);
  EXPECT_EQ(to_string(rows.error()), "000001.txt:1: a number expected, found 'tall'");
  EXPECT_FALSE(
      parse_kitti_rows("-4 1 Car 0 0 0 1 2 3 4 1.5 1.6 4.0 2 1.7 20 0.1", "0001.txt", KittiRows::tracking));
  EXPECT_FALSE(parse_kitti_rows("Car 0 0 0 1 2 3 4 1.5 inf 4.0 2 1.7 20 0.1", "0001.txt", KittiRows::object));
}

}  // namespace
}  // namespace sweepmark
