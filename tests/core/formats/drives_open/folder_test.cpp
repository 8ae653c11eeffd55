#include <gmock/gmock.h>

#include "core/formats/drive_reader.hpp"
#include "core/formats/stem_time.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using testing::HasSubstr;

constexpr const char* one_point = "FIELDS x y z\nPOINTS 1\nDATA ascii\n1 2 3\n";

const DriveReader& folder_reader() {
  return *std::ranges::find(drive_readers(), std::string_view("folder"), &DriveReader::name);
}

struct RealFolder {
  const char* path;
  std::size_t sweeps, points_of_first, cameras;
};

class RealFolders : public testing::TestWithParam<RealFolder> {};

TEST_P(RealFolders, Open) {
  SWEEPMARK_NEEDS_REAL_DATA(GetParam().path);
  const auto path = test::real_data(GetParam().path);
  EXPECT_GT(folder_reader().probe(path), 0);
  const auto listings = folder_reader().list(path);
  ASSERT_TRUE(listings) << to_string(listings.error());
  ASSERT_EQ(listings->size(), 1u);
  const auto drive = folder_reader().open(path, listings->front().name);
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_EQ(drive->sweeps.size(), GetParam().sweeps);
  EXPECT_EQ(listings->front().sweeps, GetParam().sweeps);
  EXPECT_EQ(drive->images.size(), GetParam().cameras);
  for (const CameraSensor& camera : drive->rig.cameras()) EXPECT_FALSE(camera.calibrated);
  const auto cloud = drive->read_sweep(0);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->size(), GetParam().points_of_first);
}

INSTANTIATE_TEST_SUITE_P(
    Data, RealFolders,
    testing::Values(RealFolder{"pcd_folder", 2, 118951, 0}, RealFolder{"semantickitti/spvnas", 1, 123389, 0},
                    RealFolder{"nuscenes_mmdet3d", 1, 34688, 6}, RealFolder{"kitti_mmdet3d", 1, 17238, 1},
                    RealFolder{"calib_opencalib/manual_calib/data", 1, 78238, 1},
                    RealFolder{"calib_opencalib/manual_calib/data/0.pcd", 1, 78238, 1},
                    RealFolder{"sly_and_kittiraw_annot/sly_pointcloud_dataset/ds0/pointcloud", 2, 100, 0}));

TEST(FolderDrive, LabelsBesideTheSweepsAreItsPointTruth) {
  SWEEPMARK_NEEDS_REAL_DATA("semantickitti/spvnas");
  const auto drive = folder_reader().open(test::real_data("semantickitti/spvnas"), "spvnas");
  ASSERT_TRUE(drive) << to_string(drive.error());
  ASSERT_TRUE(drive->read_point_truth);
  const auto labels = drive->read_point_truth(0);
  ASSERT_TRUE(labels) << to_string(labels.error());
  EXPECT_EQ(labels->size(), 123389u);
}

TEST(FolderDrive, ImagesMeetSweepsByTheTimesInTheirNames) {
  SWEEPMARK_NEEDS_REAL_DATA("nuscenes_mmdet3d");
  const auto drive = folder_reader().open(test::real_data("nuscenes_mmdet3d"), "nuscenes_mmdet3d");
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_EQ(drive->sweeps.front().time.ns, 1'532'402'927'647'951'000);
  EXPECT_EQ(drive->images.at(SensorId("CAM_FRONT")).front().time.ns, 1'532'402'927'612'460'000);
}

TEST(FolderDrive, KindsMixInNaturalOrderAndADamagedSweepKeepsItsPlace) {
  const test::TemporaryFolder folder;
  folder.write("2.pcd", one_point);
  folder.write("10.ply",
               "ply\nformat ascii 1.0\nelement vertex 2\nproperty float x\nproperty float y\nproperty float "
               "z\nend_header\n1 2 3\n4 5 6\n");
  folder.write("3.pcd", "rubbish");
  folder.write("notes.txt", "not a cloud");
  const auto drive = open_drive(folder.path());
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_EQ(drive->format, "folder");
  ASSERT_EQ(drive->sweeps.size(), 3u);
  EXPECT_EQ(drive->sweeps[0].file.filename(), "2.pcd");
  EXPECT_EQ(drive->sweeps[1].file.filename(), "3.pcd");
  EXPECT_EQ(drive->sweeps[2].time.ns, 200'000'000);
  EXPECT_TRUE(drive->read_sweep(0));
  const auto damaged = drive->read_sweep(1);
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().where.file, folder / "3.pcd");
  EXPECT_EQ(drive->read_sweep(2)->size(), 2u);
}

TEST(FolderDrive, SweepsInASubfolderWithCamerasBeside) {
  const test::TemporaryFolder folder;
  for (const char* stem : {"000001", "000002"}) {
    folder.write(std::string("points/") + stem + ".pcd", one_point);
    folder.write(std::string("camera_front/") + stem + ".jpg", "x");
    folder.write(std::string("images/left/") + stem + ".png", "x");
  }
  folder.write("camera_odd/unlike.png", "x");
  const auto drive = open_drive(folder.path());
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_EQ(drive->name, "points");
  EXPECT_EQ(drive->images.size(), 2u);
  EXPECT_EQ(drive->images.at(SensorId("camera_front"))[1].time, drive->sweeps[1].time);
  EXPECT_EQ(drive->images.at(SensorId("images/left")).size(), 2u);
  EXPECT_THAT(drive->warnings, testing::Contains(HasSubstr("camera_odd")));
}

TEST(FolderDrive, SeveralFoldersOfSweepsAreSeveralDrives) {
  const test::TemporaryFolder folder;
  folder.write("run2/a.pcd", one_point);
  folder.write("run10/a.pcd", one_point);
  const auto listings = list_drives(folder.path());
  ASSERT_TRUE(listings);
  ASSERT_EQ(listings->size(), 2u);
  EXPECT_EQ((*listings)[0].name, "run2");
  EXPECT_TRUE(open_drive(folder.path(), "run10"));
  const auto unchosen = open_drive(folder.path());
  ASSERT_FALSE(unchosen);
  EXPECT_THAT(unchosen.error().message, HasSubstr("run2 run10"));
}

TEST(StemTime, PlausibleMomentsOnly) {
  const auto ns = [](const char* stem) { return time_of_stem(stem).value_or(TimestampNs{-1}).ns; };
  EXPECT_EQ(ns("1700000000123456789"), 1'700'000'000'123'456'789);
  EXPECT_EQ(ns("lidar_1700000000123456"), 1'700'000'000'123'456'000);
  EXPECT_EQ(ns("1700000000123"), 1'700'000'000'123'000'000);
  EXPECT_EQ(ns("1700000000"), 1'700'000'000'000'000'000);
  EXPECT_EQ(ns("1700000000.25"), 1'700'000'000'250'000'000);
  EXPECT_EQ(ns("1700000000_5"), 1'700'000'000'000'000'005);
  EXPECT_EQ(ns("0000000124"), -1);
  EXPECT_EQ(ns("9999999999999999"), -1);
  EXPECT_EQ(ns("20240101"), -1);
  EXPECT_EQ(ns("scan"), -1);
  EXPECT_EQ(ns(""), -1);
  EXPECT_EQ(stem_of("a/b__LIDAR_TOP__15.pcd.bin"), "b__LIDAR_TOP__15");
  EXPECT_EQ(stem_of("a/1700000000.25.pcd"), "1700000000.25");
  EXPECT_FALSE(times_of_files({"1700000000.pcd", "1700000000.ply"})) << "two alike";
}

}  // namespace
}  // namespace sweepmark
