#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "core/base/files.hpp"
#include "core/base/units.hpp"
#include "core/formats/drive_reader.hpp"
#include "sample_data/drive_json.hpp"
#include "sample_data/generate.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark::sample {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using test::TemporaryFolder;

SampleOptions small_drive() {
  SampleOptions options;
  options.sweeps = 3;
  options.rings = 32;
  options.images = false;
  return options;
}

std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(folder)] = read_text(entry.path()).value();
  }
  return files;
}

std::size_t points_in(const std::string& pcd) {
  const std::size_t at = pcd.find("POINTS ");
  return std::stoul(pcd.substr(at + 7));
}

TEST(SampleDrive, hasEveryFileItNamesAndCountsPointsRight) {
  const TemporaryFolder folder;
  const auto made = make_sample_drive(small_drive(), folder / "drive", Existing::keep, {});
  ASSERT_TRUE(made) << to_string(made.error());
  const Json drive = Json::parse(read_text(folder / "drive/drive.json").value()).at("openlabel");
  ASSERT_EQ(drive.at("frames").size(), 3u);
  std::size_t points = 0;
  for (const auto& [index, frame] : drive.at("frames").items()) {
    const std::string sweep = frame.at("frame_properties").at("streams").at("lidar_top").at("uri");
    const std::string pcd = read_text(folder / "drive" / sweep).value();
    const std::size_t count = points_in(pcd), header = pcd.find("DATA binary\n") + 12;
    EXPECT_EQ(pcd.size(), header + 18 * count);
    const std::string labels = read_text(folder / "drive" / label_path(std::stoul(index))).value();
    ASSERT_EQ(labels.size(), 4 * count);
    points += count;
    std::map<std::string, std::uint32_t> by_instance;
    for (std::size_t i = 0; i < labels.size(); i += 4)
      ++by_instance[std::to_string(static_cast<unsigned char>(labels[i + 2]) +
                                   256 * static_cast<unsigned char>(labels[i + 3]))];
    for (const auto& [id, object] : frame.at("objects").items()) {
      EXPECT_TRUE(drive.at("objects").contains(id));
      const Json& cuboid = object.at("object_data").at("cuboid").at(0);
      EXPECT_EQ(cuboid.at("val").size(), 10u);
      EXPECT_EQ(cuboid.at("attributes").at("num").at(0).at("val"), by_instance[id]);
    }
  }
  EXPECT_EQ(made->points, points);
  EXPECT_GT(made->boxes, 30u);
  EXPECT_EQ(made->images, 0u);
}

std::vector<Point<Ego>> in_vehicle_frame(const Drive& drive, std::size_t sweep, const PointCloud& cloud) {
  const Pose<Ego, Sensor> ego_from_sensor = drive.rig.ego_from(drive.sweeps[sweep].lidar);
  std::vector<Point<Ego>> points;
  for (std::size_t i = 0; i < cloud.size(); ++i)
    points.push_back(ego_from_sensor * Point<Sensor>(cloud.position(i)));
  return points;
}

std::ptrdiff_t count_inside(Box3<Ego> box, double margin, const std::vector<Point<Ego>>& points) {
  box.size += Eigen::Vector3d::Constant(2 * margin);
  return std::ranges::count_if(points, [&](const Point<Ego>& p) { return box.contains(p); });
}

// As a user's program would: open the drive, read a sweep and count what lies in the boxes of parked cars. In
// the last sweeps, where the vehicle has left its parking place and drives; the very last has poses on one
// side only.
TEST(SampleDrive, opensAsADriveWhoseParkedCarsHoldTheirPoints) {
  const TemporaryFolder folder;
  SampleOptions options = small_drive();
  options.sweeps = 24;
  ASSERT_TRUE(make_sample_drive(options, folder / "drive", Existing::keep, {}));
  const auto drive = open_drive(folder / "drive");
  ASSERT_TRUE(drive) << to_string(drive.error());
  ASSERT_EQ(drive->sweeps.size(), 24u);
  EXPECT_EQ(drive->rig.cameras().size(), 3u);
  EXPECT_EQ(drive->trajectory.source(), PoseSource::recorded);
  int checked = 0, off_as_recorded = 0;
  std::vector<TruthBox> boxes = drive->read_truth().value();
  for (std::size_t sweep = 21; sweep < 24; ++sweep) {
    const auto points = in_vehicle_frame(*drive, sweep, drive->read_sweep(sweep).value());
    const auto recorded = in_vehicle_frame(*drive, sweep, drive->read_recorded_sweep(sweep).value());
    for (TruthBox& truth : boxes) {
      if (truth.time != drive->sweeps[sweep].time || truth.points_inside < 100 ||
          truth.attributes["moves"] == "true")
        continue;
      EXPECT_GE(count_inside(truth.box, 0.05, points), 0.99 * truth.points_inside) << truth.track;
      EXPECT_LE(count_inside(truth.box, -0.05, points), truth.points_inside)
          << truth.track << " holds a part of the road";
      off_as_recorded += count_inside(truth.box, 0.05, recorded) < 0.95 * truth.points_inside;
      ++checked;
    }
  }
  EXPECT_GE(checked, 9);
  EXPECT_GE(off_as_recorded, 3) << "nothing to deskew would make this test empty";
}

TEST(SampleDrive, isTheSameBytesForTheSameOptionsAndOthersForAnotherSeed) {
  const TemporaryFolder folder;
  SampleOptions options = small_drive();
  options.sweeps = 1;
  ASSERT_TRUE(make_sample_drive(options, folder / "a", Existing::keep, {}));
  ASSERT_TRUE(make_sample_drive(options, folder / "b", Existing::keep, {}));
  EXPECT_EQ(contents(folder / "a"), contents(folder / "b"));
  options.seed = 2;
  ASSERT_TRUE(make_sample_drive(options, folder / "c", Existing::keep, {}));
  EXPECT_NE(contents(folder / "a"), contents(folder / "c"));
}

Eigen::Quaterniond rotation_in(const Json& pose) {
  const auto q = pose.at("quaternion").get<std::vector<double>>();
  return {q[3], q[0], q[1], q[2]};
}

TEST(SampleDrive, writesTheWrongCalibrationAndKeepsTheRightOne) {
  const TemporaryFolder folder;
  SampleOptions options = small_drive();
  options.sweeps = 1;
  options.calibration_error = {0.5, 0.0, 0.0, {0.0, 0.1, 0.0}, {"camera_front"}};
  ASSERT_TRUE(make_sample_drive(options, folder / "d", Existing::keep, {}));
  const Json systems =
      Json::parse(read_text(folder / "d/drive.json").value()).at("openlabel").at("coordinate_systems");
  const Json truth = Json::parse(read_text(folder / "d/truth.json").value()).at("cameras");
  for (const SampleCamera& camera : make_cameras()) {
    const std::string& id = camera.sensor.id.value;
    const Json &written = systems.at(id).at("pose_wrt_parent"), &right = truth.at(id).at("ego_from_camera");
    const double off = rotation_in(written).angularDistance(rotation_in(right));
    EXPECT_NEAR(degrees_from_radians(off), id == "camera_front" ? 0.5 : 0.0, 1e-6) << id;
    EXPECT_NEAR(written.at("translation").at(1).get<double>() - right.at("translation").at(1).get<double>(),
                id == "camera_front" ? 0.1 : 0.0, 1e-9);
    EXPECT_LT(rotation_in(right).angularDistance(camera.sensor.ego_from_camera.rotation()), 1e-7);
  }
}

TEST(SampleDrive, leavesAFolderThatIsNotEmptyAloneUnlessForced) {
  const TemporaryFolder folder;
  SampleOptions options = small_drive();
  options.sweeps = 1;
  folder.write("d/notes.txt", "mine");
  folder.write("d/lidar_top/000077.pcd", "old");
  const auto refused = make_sample_drive(options, folder / "d", Existing::keep, {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_THAT(to_string(refused.error()), testing::HasSubstr("--force"));
  ASSERT_TRUE(make_sample_drive(options, folder / "d", Existing::replace, {}));
  EXPECT_EQ(read_text(folder / "d/notes.txt").value(), "mine");
  EXPECT_FALSE(fs::exists(folder / "d/lidar_top/000077.pcd"));
}

TEST(SampleDrive, refusesWhatItCannotMake) {
  const TemporaryFolder folder;
  const auto code_for = [&](auto change) {
    SampleOptions options = small_drive();
    change(options);
    return make_sample_drive(options, folder / "d", Existing::keep, {}).error().code;
  };
  EXPECT_EQ(code_for([](SampleOptions& o) { o.sweeps = 0; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_for([](SampleOptions& o) { o.sweeps = most_sweeps + 1; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_for([](SampleOptions& o) { o.rings = 48; }), ErrorCode::invalid_argument);
  EXPECT_EQ(code_for([](SampleOptions& o) { o.calibration_error.yaw_deg = NAN; }),
            ErrorCode::invalid_argument);
  EXPECT_EQ(code_for([](SampleOptions& o) { o.calibration_error.cameras = {"rear"}; }),
            ErrorCode::invalid_argument);
  EXPECT_FALSE(fs::exists(folder / "d"));
  folder.write("file", "x");
  EXPECT_FALSE(make_sample_drive(small_drive(), folder / "file", Existing::replace, {}));
}

TEST(SampleDrive, stopsWhenAsked) {
  const TemporaryFolder folder;
  std::stop_source stop;
  stop.request_stop();
  const auto made = make_sample_drive(small_drive(), folder / "d", Existing::keep, {stop.get_token(), {}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::cancelled);
  EXPECT_FALSE(fs::exists(folder / "d/drive.json"));
}

}  // namespace
}  // namespace sweepmark::sample
