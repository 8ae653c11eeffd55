#include <gmock/gmock.h>

#include <filesystem>
#include <numbers>

#include "core/base/units.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/sustech_files.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {
namespace fs = std::filesystem;

using testing::HasSubstr;

// A camera 0.5 m before the lidar, looking forward.
constexpr const char* calibration =
    R"({"extrinsic": [0,-1,0,0, 0,0,-1,0, 1,0,0,-0.5, 0,0,0,1], "intrinsic": [900,0,640, 0,910,360, 0,0,1]})";
constexpr const char* label =
    R"([{"psr": {"position": {"x": 10, "y": 2, "z": 0.5}, "scale": {"x": 4.5, "y": 1.9, "z": 1.6}, "rotation": {"x": 0, "y": 0, "z": 0.3}},
        "obj_type": "Car", "obj_id": "7", "obj_attr": "occluded"},
       {"psr": {"position": {"x": 1, "y": 2, "z": 3}, "scale": {"x": 1, "y": 1, "z": 1}, "rotation": {"x": 0.1, "y": 0.2, "z": 0.3}},
        "obj_type": "Pedestrian", "obj_id": ""}])";

// A scene of the real layout; the sweeps are links to real ones.
void make_scene(const test::TemporaryFolder& folder, const fs::path& scene) {
  for (const char* stem : {"0000000124", "0000000125"}) {
    fs::create_directories(folder / scene / "lidar");
    fs::create_symlink(fs::absolute(test::real_data(fs::path("pcd_folder") / (std::string(stem) + ".pcd"))),
                       folder / scene / "lidar" / (std::string(stem) + ".pcd"));
    folder.write(scene / "camera" / "front" / (std::string(stem) + ".jpg"), "x");
    folder.write(scene / "camera" / "left" / (std::string(stem) + ".jpg"), "x");
  }
  folder.write(scene / "calib/camera/front.json", calibration);
  folder.write(scene / "label/0000000125.json", label);
  folder.write(scene / "ego_pose/0000000124.json",
               R"({"x": 100, "y": 200, "z": 5, "azimuth": 90, "pitch": 0, "roll": 0})");
  folder.write(scene / "ego_pose/0000000125.json",
               R"({"x": 101, "y": 200, "z": 5, "azimuth": 90, "pitch": 0, "roll": 0})");
}

TEST(Sustechpoints, ASceneOpensWithAllItHolds) {
  SWEEPMARK_NEEDS_REAL_DATA("pcd_folder");
  const test::TemporaryFolder folder;
  make_scene(folder, "scene");
  const auto drive = open_drive(folder / "scene");
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_EQ(drive->format, "sustechpoints");
  EXPECT_EQ(drive->name, "scene");
  ASSERT_EQ(drive->sweeps.size(), 2u);
  EXPECT_EQ(drive->read_sweep(1)->size(), 118573u);
  EXPECT_EQ(drive->images.at(SensorId("front"))[1].time, drive->sweeps[1].time);
  EXPECT_EQ(drive->trajectory.source(), PoseSource::recorded);
  EXPECT_FALSE(drive->rig.camera(SensorId("left"))->calibrated);
  EXPECT_THAT(drive->warnings, testing::Contains(HasSubstr("left.json")));

  const CameraSensor& front = *drive->rig.camera(SensorId("front"));
  EXPECT_TRUE(front.calibrated);
  EXPECT_EQ(front.intrinsics.fy, 910);
  const Point<Camera> ahead = front.ego_from_camera.inverse() * Point<Ego>(10.5, 1.0, 2.0);
  EXPECT_TRUE(ahead.metres.isApprox(Eigen::Vector3d(-1.0, -2.0, 10.0), 1e-12)) << ahead.metres.transpose();

  const auto truth = drive->read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  ASSERT_EQ(truth->size(), 2u);
  const TruthBox& car = truth->front();
  EXPECT_EQ(car.time, drive->sweeps[1].time);
  EXPECT_EQ(car.track, "7");
  EXPECT_EQ(car.class_name, "Car");
  EXPECT_EQ(car.attributes.at("obj_attr"), "occluded");
  EXPECT_EQ(car.box.size, Eigen::Vector3d(4.5, 1.9, 1.6));
  EXPECT_NEAR(car.box.yaw(), 0.3, 1e-12);
  EXPECT_EQ((*truth)[1].track, "0000000125 #1");
}

// Heading east (azimuth 90°) the unit's y axis points east; the lidar is turned by half a turn, so its −y
// does.
TEST(Sustechpoints, PosesAreReadAsTheToolReadsThem) {
  const test::TemporaryFolder folder;
  const auto pose = read_sustech_pose(
      folder.write("a.json", R"({"x": 100, "y": 200, "z": 5, "azimuth": 90, "pitch": 0, "roll": 0})"));
  ASSERT_TRUE(pose);
  EXPECT_TRUE((*pose * Point<Ego>(0, -1, 0)).metres.isApprox(Eigen::Vector3d(101, 200, 5.4), 1e-12));
  const auto newer = read_sustech_pose(folder.write(
      "b.json",
      R"({"transform": {"translation": {"x": 1, "y": 2, "z": 3}, "rotation": {"x": 0, "y": 0, "z": 1, "w": 0}}})"));
  ASSERT_TRUE(newer);
  EXPECT_TRUE((*newer * Point<Ego>(1, 0, 0)).metres.isApprox(Eigen::Vector3d(0, 2, 3), 1e-12));
  const auto broken = read_sustech_pose(folder.write("c.json", R"({"x": 1})"));
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().where.file, folder / "c.json");
}

TEST(Sustechpoints, EulerAnglesTurnAboutXThenYThenZ) {
  const test::TemporaryFolder folder;
  const auto boxes = read_sustech_boxes(folder.write("a.json", label), TimestampNs{5});
  ASSERT_TRUE(boxes);
  const Eigen::Matrix3d expected =
      (Eigen::AngleAxisd(0.1, Eigen::Vector3d::UnitX()) * Eigen::AngleAxisd(0.2, Eigen::Vector3d::UnitY()) *
       Eigen::AngleAxisd(0.3, Eigen::Vector3d::UnitZ()))
          .toRotationMatrix();
  EXPECT_TRUE((*boxes)[1].box.pose.rotation().toRotationMatrix().isApprox(expected, 1e-12));
}

TEST(Sustechpoints, ARootHoldsItsScenes) {
  SWEEPMARK_NEEDS_REAL_DATA("pcd_folder");
  const test::TemporaryFolder folder;
  make_scene(folder, "data/b");
  make_scene(folder, "data/a");
  const auto listings = list_drives(folder / "data");
  ASSERT_TRUE(listings);
  ASSERT_EQ(listings->size(), 2u);
  EXPECT_EQ((*listings)[0].name, "a");
  EXPECT_EQ((*listings)[0].sweeps, 2u);
  EXPECT_EQ((*listings)[0].images, 4u);
  EXPECT_TRUE((*listings)[0].has_truth);
  EXPECT_EQ(open_drive(folder / "data", "b")->name, "b");
}

TEST(Sustechpoints, DamagedFilesCostOnlyWhatTheyHold) {
  SWEEPMARK_NEEDS_REAL_DATA("pcd_folder");
  const test::TemporaryFolder folder;
  make_scene(folder, "scene");
  folder.write(
      "scene/calib/camera/left.json",
      R"({"extrinsic": [0,-1,0,0, 0,0,-1,0, 1,0,0,0, 0,0,-0.5,1], "intrinsic": [900,0,640, 0,910,360, 0,0,1]})");
  folder.write("scene/ego_pose/0000000124.json", "{");
  folder.write("scene/label/0000000125.json", R"([{"psr": {"position": {"x": 1}}}])");
  const auto drive = open_drive(folder / "scene");
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_THAT(drive->warnings, testing::Contains(HasSubstr("last row of the matrix must be 0 0 0 1")));
  EXPECT_THAT(drive->warnings, testing::Contains(HasSubstr("ego_pose/0000000124.json")));
  EXPECT_EQ(drive->trajectory.poses().size(), 1u);
  const auto truth = drive->read_truth();
  ASSERT_FALSE(truth);
  EXPECT_EQ(truth.error().where.file.filename(), "0000000125.json");
}

}  // namespace
}  // namespace sweepmark
