#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_oxts.hpp"
#include "core/formats/kitti_tracklets.hpp"
#include "tests/core/formats/kitti/kitti_fixture.hpp"
#include "tests/support/real_data.hpp"

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

Drive opened(const std::filesystem::path& path, std::string_view format, const std::string& name = {}) {
  auto drive = open_drive(path, name);
  EXPECT_TRUE(drive) << to_string(drive.error());
  if (!drive) return {};
  EXPECT_EQ(drive->format, format);
  return std::move(*drive);
}

// Object

TEST(KittiObject, RealFrame) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_object_full3");
  const Drive drive = opened(real_data("kitti_object_full3"), "kitti-object");
  EXPECT_THAT(drive.warnings, IsEmpty());
  ASSERT_EQ(drive.sweeps.size(), 1u);
  const auto truth = drive.read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  ASSERT_EQ(truth->size(), 1u);
  EXPECT_EQ(truth->front().class_name, "Pedestrian");
  const auto cloud = drive.read_sweep(0);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_GT(points_in_box(*cloud, truth->front().box).size(), 100u);
  EXPECT_EQ(drive.rig.camera(SensorId{"image_2"})->intrinsics.width, 1224);
}

TEST(KittiObject, ViewOfDelftLidar) {
  SWEEPMARK_NEEDS_REAL_DATA("view_of_delft");
  const Drive drive = opened(real_data("view_of_delft/lidar"), "kitti-object");
  EXPECT_THAT(drive.warnings, IsEmpty());
  EXPECT_EQ(drive.rig.camera(SensorId{"image_2"})->intrinsics.width, 1936);
  EXPECT_EQ(drive.trajectory.source(), PoseSource::recorded);
  const Pose<World, Ego> pose = drive.trajectory.world_from_ego(drive.sweeps.front().time);
  EXPECT_GT((pose.rotation() * Eigen::Vector3d::UnitZ()).z(), 0.99);  // the odometry's world is upright
  const auto truth = drive.read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  EXPECT_EQ(truth->size(), 15u);
  const auto cloud = drive.read_sweep(0);
  ASSERT_TRUE(cloud);
  std::size_t hit = 0;
  for (const TruthBox& box : *truth) hit += points_in_box(*cloud, box.box).size() >= 5;
  EXPECT_GE(hit, 12u);
}

TEST(KittiObject, ViewOfDelftRadarAgreesWithTheLidarsLabels) {
  SWEEPMARK_NEEDS_REAL_DATA("view_of_delft");
  const Drive radar = opened(real_data("view_of_delft/radar"), "kitti-object");
  EXPECT_EQ(radar.rig.lidars().front().id.value, "radar");
  const auto cloud = radar.read_sweep(0);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->size(), 322u);
  for (const char* channel : {"RCS", "v_r", "v_r_compensated", "scan"})
    EXPECT_NE(cloud->channel(channel), nullptr) << channel;

  // The same objects are labelled as JSON about the radar and as text about the camera; poses of the two
  // sensors by their calibrations join them.
  const Drive lidar = opened(real_data("view_of_delft/lidar"), "kitti-object");
  const Pose<World, Ego> world_from_lidar = lidar.trajectory.world_from_ego(lidar.sweeps.front().time);
  const Pose<World, Ego> world_from_radar = radar.trajectory.world_from_ego(radar.sweeps.front().time);
  const auto by_lidar = lidar.read_truth(), by_radar = radar.read_truth();
  ASSERT_TRUE(by_lidar && by_radar) << to_string(by_radar.error());
  ASSERT_EQ(by_lidar->size(), by_radar->size());
  for (std::size_t i = 0; i < by_lidar->size(); ++i) {
    const Box3<World> a = world_from_lidar * by_lidar->at(i).box, b = world_from_radar * by_radar->at(i).box;
    EXPECT_LT((a.centre().metres - b.centre().metres).norm(), 0.15) << i;
    EXPECT_LT((a.size - b.size).norm(), 1e-9) << i;
    EXPECT_GT(
        (a.pose.rotation() * Eigen::Vector3d::UnitX()).dot(b.pose.rotation() * Eigen::Vector3d::UnitX()),
        0.98)
        << i;
    EXPECT_EQ(by_radar->at(i).track.size(), 36u);  // the JSON knows its objects
  }
}

class SyntheticObject : public testing::Test {
 protected:
  void SetUp() override {
    for (const int frame : {0, 1, 2, 4}) {
      const std::string name = fmt::format("{:06}", frame);
      std::string calibration = kitti_calibration_lines;
      if (frame == 2) calibration.replace(calibration.find("P2: 721.5377"), 12, "P2: 707.0493");
      folder.write("training/calib/" + name + ".txt", calibration);
      folder.write("training/velodyne/" + name + ".bin", kitti_sweep(7));
      folder.write("training/label_2/" + name + ".txt",
                   "Car 0.00 0 -1.5 100 100 200 200 1.5 1.6 4.0 2 1.7 20 0.1\nCar 0 0 0 1 2 3 4 1.5 1.6 4 5 "
                   "1.7 30 0\n");
      test::write_grey_image(folder / ("training/image_2/" + name + ".png"), 48, 24);
    }
  }
  TemporaryFolder folder;
};

TEST_F(SyntheticObject, NoImageIsEverUnderAnotherFramesCalibration) {
  const Drive drive = opened(folder.path(), "kitti-object");
  EXPECT_THAT(drive.warnings, ElementsAre(HasSubstr("1 of 4 frames have another calibration")));
  ASSERT_EQ(drive.rig.cameras().size(), 2u);
  const SensorId usual{"image_2"}, other{"image_2@000002"};
  EXPECT_NEAR(drive.rig.camera(usual)->intrinsics.fx, 721.5377, 1e-9);
  EXPECT_NEAR(drive.rig.camera(other)->intrinsics.fx, 707.0493, 1e-9);
  for (std::size_t sweep = 0; sweep < 4; ++sweep) {
    const bool is_other = sweep == 2;
    EXPECT_EQ(drive.image_near(usual, drive.sweeps[sweep].time) != nullptr, !is_other);
    EXPECT_EQ(drive.image_near(other, drive.sweeps[sweep].time) != nullptr, is_other);
  }
}

TEST_F(SyntheticObject, BoxesAreObjectsOfTheirOwn) {
  const auto truth = opened(folder.path(), "kitti-object").read_truth();
  ASSERT_TRUE(truth);
  ASSERT_EQ(truth->size(), 8u);
  std::set<std::string> tracks;
  for (const TruthBox& box : *truth) tracks.insert(box.track);
  EXPECT_EQ(tracks.size(), 8u);
  EXPECT_TRUE(tracks.contains("000004:2"));
}

TEST_F(SyntheticObject, AFrameWithoutCalibrationHasNoTruthButOpens) {
  std::filesystem::remove(folder / "training/calib/000004.txt");
  const Drive drive = opened(folder.path(), "kitti-object");
  EXPECT_THAT(drive.warnings, Contains(HasSubstr("000004.txt")));
  EXPECT_FALSE(drive.rig.camera(SensorId{"image_2@000004"})->calibrated);
  const auto truth = drive.read_truth();
  ASSERT_FALSE(truth);
  EXPECT_THAT(truth.error().message, HasSubstr("000004"));
}

// Odometry and SemanticKITTI

TEST(KittiOdometry, RealLooseSweepWithPointLabels) {
  SWEEPMARK_NEEDS_REAL_DATA("semantickitti");
  const Drive drive = opened(real_data("semantickitti/spvnas"), "kitti-odometry");
  EXPECT_THAT(drive.warnings, IsEmpty());
  const auto cloud = drive.read_sweep(0);
  const auto labels = drive.read_point_truth(0);
  ASSERT_TRUE(cloud && labels);
  ASSERT_EQ(labels->size(), cloud->size());
  // Road (40) lies flat below the sensor: most of it 1.5 to 2.2 m below.
  std::size_t road = 0, below = 0;
  for (std::size_t i = 0; i < labels->size(); ++i) {
    if (class_of(labels->at(i)) != 40) continue;
    ++road;
    below += cloud->z[i] < -1.2f && cloud->z[i] > -2.6f;
  }
  EXPECT_GT(road, 5000u);
  EXPECT_GT(below * 10, road * 9);
  EXPECT_FALSE(drive.read_point_truth(1));
}

class SyntheticOdometry : public testing::Test {
 protected:
  void SetUp() override {
    const std::string calib =
        "P0: 700 0 600 0 0 700 180 0 0 0 1 0\nP2: 700 0 600 45 0 700 180 0 0 0 1 0\nTr: 0 -1 0 0 0 0 -1 -0.1 "
        "1 0 0 -0.3\n";
    folder.write("sequences/00/calib.txt", calib);
    folder.write("sequences/00/times.txt", "0.000000e+00\n1.036800e-01\n2.073400e-01\n");
    folder.write("sequences/00/poses.txt",
                 "1 0 0 0 0 1 0 0 0 0 1 0\n1 0 0 0 0 1 0 0 0 0 1 1.5\n0 0 1 0.5 0 1 0 0 -1 0 0 3\n");
    for (const char* frame : {"000000", "000001", "000002"}) {
      folder.write(fmt::format("sequences/00/velodyne/{}.bin", frame), kitti_sweep(2));
      folder.write(fmt::format("sequences/00/labels/{}.label", frame),
                   std::string("\x28\x00\x00\x00\x0a\x00\x05\x00", 8));
      test::write_grey_image(folder / fmt::format("sequences/00/image_2/{}.png", frame), 48, 24);
    }
  }
  TemporaryFolder folder;
};

TEST_F(SyntheticOdometry, PosesAreTheVelodynes) {
  for (const auto& path : {folder.path(), folder / "sequences", folder / "sequences/00"}) {
    const Drive drive = opened(path, "kitti-odometry", "00");
    EXPECT_THAT(drive.warnings, IsEmpty());
    ASSERT_EQ(drive.sweeps.size(), 3u);
    EXPECT_EQ(drive.sweeps[1].time.ns, 103'680'000);
    const auto at = [&](std::size_t i) { return drive.trajectory.world_from_ego(drive.sweeps[i].time); };
    EXPECT_LT(at(0).translation().norm(), 1e-12);
    EXPECT_LT((at(1).translation() - Eigen::Vector3d(1.5, 0, 0)).norm(),
              1e-12);  // the camera's z is the Velodyne's x
    // The camera turned right about its y by 90°: so did the Velodyne about its z. The lever arm of 0.3 m
    // swings along.
    EXPECT_NEAR(yaw_of(at(2).rotation()), -std::numbers::pi / 2, 1e-9);
    EXPECT_LT((at(2).translation() - Eigen::Vector3d(3 + 0.3, -0.5 + 0.3, 0)).norm(), 1e-9);
    EXPECT_TRUE(drive.rig.cameras().front().calibrated);
  }
}

TEST_F(SyntheticOdometry, PointLabelsByRow) {
  const Drive drive = opened(folder.path(), "kitti-odometry");
  const auto labels = drive.read_point_truth(1);
  ASSERT_TRUE(labels);
  EXPECT_THAT(*labels, ElementsAre(packed_label(40, 0), packed_label(10, 5)));
  folder.write("sequences/00/labels/000001.label", "12345");
  const auto damaged = drive.read_point_truth(1);
  ASSERT_FALSE(damaged);
  EXPECT_THAT(to_string(damaged.error()),
              HasSubstr("8 bytes (4 for each of the sweep's 2 points) expected, found 5"));
}

TEST_F(SyntheticOdometry, ABadPoseLineIsAWarning) {
  folder.write("sequences/00/poses.txt", "1 0 0 0 0 1 0 0 0 0 1 0\n1 0 0 0 0 1 0 0 0 0 1\n");
  const Drive drive = opened(folder.path(), "kitti-odometry");
  EXPECT_THAT(drive.warnings, ElementsAre(HasSubstr("poses.txt:2: 12 numbers expected, found 11")));
  EXPECT_EQ(drive.trajectory.source(), PoseSource::none);
}

// Raw

TEST(KittiRaw, RealSampleOpensWithItsTracklets) {
  SWEEPMARK_NEEDS_REAL_DATA("sly_and_kittiraw_annot");
  const Drive drive = opened(real_data("sly_and_kittiraw_annot/kitti_raw"), "kitti-raw");
  ASSERT_EQ(drive.sweeps.size(), 3u);
  const auto cloud = drive.read_sweep(0);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->size(), 100u);
  EXPECT_EQ(drive.images.at(SensorId{"image_00"}).size(), 3u);
  EXPECT_FALSE(drive.rig.camera(SensorId{"image_00"})->calibrated);
  EXPECT_THAT(drive.warnings, Contains(HasSubstr("<count> says 4, 3 items are there")));
  EXPECT_THAT(drive.warnings, Contains(HasSubstr("tracklet_labels.xml:10: <h> is -3.62")));
  const auto truth = drive.read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  ASSERT_EQ(truth->size(), 4u);
  EXPECT_EQ(truth->at(0).class_name, "car");
  EXPECT_EQ(truth->at(0).box.size, Eigen::Vector3d(1.03, 7.95, 3.62));
  EXPECT_EQ(truth->at(0).box.centre().metres, Eigen::Vector3d(1, 2, 3 + 1.81));
  EXPECT_EQ(truth->back().time, drive.sweeps[2].time);
}

class SyntheticRaw : public testing::Test {
 protected:
  void SetUp() override {
    const std::string date = "2011_09_26/";
    folder.write(date + "calib_velo_to_cam.txt",
                 "calib_time: 15-Mar-2012 11:37:16\nR: 7.533745e-03 -9.999714e-01 -6.166020e-04 1.480249e-02 "
                 "7.280733e-04 -9.998902e-01 9.998621e-01 "
                 "7.523790e-03 1.480755e-02\nT: -4.069766e-03 -7.631618e-02 -2.717806e-01\ndelta_f: 0 0\n");
    folder.write(date + "calib_imu_to_velo.txt",
                 "calib_time: 25-May-2012 16:47:16\nR: 1 0 0 0 1 0 0 0 1\nT: -0.8 0.3 -0.8\n");
    folder.write(date + "calib_cam_to_cam.txt",
                 "calib_time: 09-Jan-2012 13:57:47\ncorner_dist: 9.95e-02\nS_02: 1.392e+03 "
                 "5.12e+02\nR_rect_00: 9.999239e-01 9.837760e-03 -7.445048e-03 "
                 "-9.869795e-03 9.999421e-01 -4.278459e-03 7.402527e-03 4.351614e-03 "
                 "9.999631e-01\nP_rect_02: 7.215377e+02 0 6.095593e+02 4.485728e+01 "
                 "0 7.215377e+02 1.728540e+02 2.163791e-01 0 0 1 2.745884e-03\n");
    for (int i = 0; i < 3; ++i) {
      folder.write(fmt::format("{}velodyne_points/data/{:010}.bin", drive_folder, i), kitti_sweep(4));
      test::write_grey_image(folder / fmt::format("{}image_02/data/{:010}.png", drive_folder, i), 48, 24);
      // Eastwards, then turned to the north.
      folder.write(fmt::format("{}oxts/data/{:010}.txt", drive_folder, i),
                   fmt::format("49.0 8.{:05} 112.8 0 0 {} 1 2 3\n", i, i == 2 ? 1.5707963267948966 : 0.0));
    }
    const std::string times =
        "2011-09-26 13:02:25.964389445\n2011-09-26 13:02:26.067523\n2011-09-26 13:02:26.171\n";
    for (const char* sensor : {"velodyne_points", "image_02", "oxts"})
      folder.write(fmt::format("{}{}/timestamps.txt", drive_folder, sensor), times);
  }
  const std::string drive_folder = "2011_09_26/2011_09_26_drive_0001_sync/";
  TemporaryFolder folder;
};

TEST_F(SyntheticRaw, OpensFromRootDateAndDrive) {
  for (const auto& path :
       {folder.path(), folder / "2011_09_26", folder / "2011_09_26/2011_09_26_drive_0001_sync"}) {
    const Drive drive = opened(path, "kitti-raw");
    EXPECT_EQ(drive.name, "2011_09_26_drive_0001_sync");
    EXPECT_THAT(drive.warnings, IsEmpty());
    EXPECT_EQ(drive.sweeps.size(), 3u);
    EXPECT_EQ(drive.sweeps.front().time.ns, 1317042145'964389445);
    EXPECT_TRUE(drive.read_sweep(2));
  }
}

TEST_F(SyntheticRaw, CalibrationEqualsThatOfTheObjectFormat) {
  const Drive drive = opened(folder.path(), "kitti-raw");
  const CameraSensor& camera = *drive.rig.camera(SensorId{"image_02"});
  ASSERT_TRUE(camera.calibrated);
  const CameraSensor same =
      kitti_camera(parse_kitti_calibration(kitti_calibration_lines, "calib.txt"), 2, SensorId{"image_02"});
  EXPECT_LT((camera.ego_from_camera.matrix() - same.ego_from_camera.matrix()).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_NEAR(camera.intrinsics.fx, same.intrinsics.fx, 1e-9);
}

TEST_F(SyntheticRaw, TrajectoryIsTheVelodynesFromItsFirstPlace) {
  const Drive drive = opened(folder.path(), "kitti-raw");
  const auto at = [&](std::size_t i) { return drive.trajectory.world_from_ego(drive.sweeps[i].time); };
  EXPECT_LT(at(0).translation().norm(), 1e-9);
  // 1e-5 degrees of longitude at 49° north: 0.7303 m.
  EXPECT_LT((at(1).translation() - Eigen::Vector3d(0.7303, 0, 0)).norm(), 1e-3);
  // The Velodyne is 0.8 m before, 0.3 m right of and 0.8 m above the IMU; the turn by 90° swings it round.
  EXPECT_LT((at(2).translation() - Eigen::Vector3d(2 * 0.7303 - 0.8 + 0.3, 0.8 + 0.3, 0)).norm(), 2e-3);
}

TEST_F(SyntheticRaw, UnrectifiedImagesAreNotDrawnOver) {
  std::filesystem::rename(folder / drive_folder, folder / "2011_09_26/2011_09_26_drive_0001_extract");
  const Drive drive = opened(folder.path(), "kitti-raw");
  EXPECT_FALSE(drive.rig.camera(SensorId{"image_02"})->calibrated);
  EXPECT_THAT(drive.warnings, Contains(HasSubstr("not rectified")));
}

TEST_F(SyntheticRaw, DamagedTrackletsLeaveTheDriveOpen) {
  folder.write(
      drive_folder + "tracklet_labels.xml",
      "<boost_serialization>\n<tracklets>\n<item>\n<objectType>Car</objectType>\n<l>4</l><w>wide</w>\n");
  const Drive drive = opened(folder.path(), "kitti-raw");
  EXPECT_THAT(drive.warnings, ElementsAre(HasSubstr("tracklet_labels.xml:5: not sound XML")));
  EXPECT_FALSE(drive.read_truth());
}

TEST(Tracklets, DamageNamesItsLine) {
  const auto text = [](std::string_view inside) {
    return fmt::format(
        "<boost_serialization><tracklets><count>1</count>\n<item><objectType>Car</objectType>\n{}</item></"
        "tracklets></boost_serialization>",
        inside);
  };
  const std::pair<const char*, const char*> cases[] = {
      {"<l>4</l>\n<w>wide</w><h>1</h>", "t.xml:4: a number expected in <w>, found 'wide'"},
      {"<l>4</l>\n<w>2</w>", "<h> expected"},
      {"<l>4</l><w>2</w><h>0</h>", "size of zero"},
      {"<l>4</l><w>2</w><h>1</h>\n\n<first_frame>-3</first_frame>",
       "t.xml:5: a frame number expected in <first_frame>, found -3"},
      {"<l>4</l><w>2</w><h>1</h><first_frame>0</first_frame><poses>\n<item><tx>1</tx></item></poses>",
       "t.xml:4: <rx> expected"},
  };
  for (const auto& [inside, said] : cases) {
    const auto parsed = parse_tracklets(text(inside), "t.xml");
    ASSERT_FALSE(parsed) << inside;
    EXPECT_THAT(to_string(parsed.error()), HasSubstr(said));
  }
  EXPECT_FALSE(parse_tracklets("", "t.xml"));
  EXPECT_FALSE(parse_tracklets("<annotations/>", "t.xml"));
}

// Argoverse 2 as CSV

TEST(Argoverse2Csv, RealLog) {
  SWEEPMARK_NEEDS_REAL_DATA("av2/csv");
  const Drive drive = opened(real_data("av2/csv"), "argoverse2-csv");
  EXPECT_THAT(drive.warnings, IsEmpty());
  ASSERT_EQ(drive.sweeps.size(), 156u);
  EXPECT_FALSE(drive.read_sweep(0));
  const auto truth = drive.read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  EXPECT_EQ(truth->size(), 12'078u);
  // A bollard stays where it is in the world while the vehicle passes it by.
  std::map<std::string, std::pair<Eigen::AlignedBox3d, Eigen::AlignedBox3d>> bollards;
  for (const TruthBox& box : *truth) {
    ASSERT_TRUE(drive.sweep_at(box.time));
    if (box.class_name != "BOLLARD") continue;
    auto& [in_world, about_vehicle] = bollards[box.track];
    in_world.extend((drive.trajectory.world_from_ego(box.time) * box.box.centre()).metres);
    about_vehicle.extend(box.box.centre().metres);
  }
  ASSERT_GT(bollards.size(), 5u);
  double worst = 0, passed = 0;
  for (const auto& [track, spans] : bollards) {
    worst = std::max(worst, spans.first.diagonal().norm());
    passed = std::max(passed, spans.second.diagonal().norm());
  }
  EXPECT_LT(worst, 0.5);
  EXPECT_GT(passed, 10);
}

TEST(Argoverse2Csv, DamageNamesItsLine) {
  const TemporaryFolder folder;
  const std::string header =
      "timestamp_ns,track_uuid,category,length_m,width_m,height_m,qw,qx,qy,qz,tx_m,ty_m,tz_m\n";
  folder.write("log/city_SE3_egovehicle.csv", "timestamp_ns,qw,qx,qy,qz,tx_m,ty_m,tz_m\n1,1,0,0,0,5,6\n");
  folder.write("log/annotations.csv",
               header + "1,a,CAR,4,2,1.5,1,0,0,0,10,2,0\n2,a,CAR,4,2,1.5,0,0,0,0,10,2,0\n");
  const Drive drive = opened(folder.path(), "argoverse2-csv");
  EXPECT_EQ(drive.name, "log");
  EXPECT_THAT(drive.warnings,
              ElementsAre(HasSubstr("city_SE3_egovehicle.csv:2: 8 fields expected, found 7")));
  const auto truth = drive.read_truth();
  ASSERT_FALSE(truth);
  EXPECT_THAT(to_string(truth.error()), HasSubstr("annotations.csv:3: the quaternion is no rotation"));
  folder.write("log/annotations.csv", header + "soon,a,CAR,4,2,1.5,1,0,0,0,10,2,0\n");
  EXPECT_FALSE(open_drive(folder.path(), "log"));
}

// Readers are told apart by what lies there.
TEST(KittiFamily, EachPathHasItsReader) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking");
  const std::pair<const char*, const char*> cases[] = {{"kitti_tracking", "kitti-tracking"},
                                                       {"kitti_tracking_gt/training", "kitti-tracking"},
                                                       {"kitti_object_full3/training", "kitti-object"},
                                                       {"view_of_delft/radar/training", "kitti-object"},
                                                       {"semantickitti/spvnas", "kitti-odometry"},
                                                       {"sly_and_kittiraw_annot/kitti_raw", "kitti-raw"},
                                                       {"av2/csv", "argoverse2-csv"}};
  for (const auto& [path, reader] : cases) {
    const auto found = drive_reader_for(real_data(path));
    ASSERT_TRUE(found) << path;
    EXPECT_EQ((*found)->name, reader) << path;
  }
  const TemporaryFolder empty;
  EXPECT_FALSE(drive_reader_for(empty.path()));
}

}  // namespace
}  // namespace sweepmark
