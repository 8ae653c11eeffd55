#include <gmock/gmock.h>

#include <random>

#include "core/base/files.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/openlabel_json.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using testing::Contains;
using testing::HasSubstr;

// The example of docs/formats/openlabel-drive.md with a second frame and a labelled object.
constexpr const char* example = R"({ "openlabel": {
  "metadata": { "schema_version": "1.0.0", "name": "mydrive" },
  "coordinate_systems": {
    "world":        { "type": "scene_cs",  "parent": "",    "children": ["ego"] },
    "ego":          { "type": "local_cs",  "parent": "world", "children": ["lidar_top", "camera_front"] },
    "lidar_top":    { "type": "sensor_cs", "parent": "ego", "children": [],
                      "pose_wrt_parent": { "quaternion": [0, 0, 0, 1], "translation": [0.9, 0, 1.8] } },
    "camera_front": { "type": "sensor_cs", "parent": "ego", "children": [],
                      "pose_wrt_parent": { "matrix4x4": [0,0,1,1.6, -1,0,0,0, 0,-1,0,1.5, 0,0,0,1] } } },
  "streams": {
    "lidar_top":    { "type": "lidar",  "uri": "lidar_top" },
    "camera_front": { "type": "camera", "uri": "camera_front", "description": "front",
      "stream_properties": { "intrinsics_pinhole": { "width_px": 1280, "height_px": 720,
        "camera_matrix": [900,0,639.5,0, 0,901,359.5,0, 0,0,1,0], "distortion_coeffs": [-0.05, 0.01, 0, 0, 0] } } } },
  "frames": {
    "0": { "frame_properties": {
        "timestamp": "1700000000.000000001",
        "streams": {
          "lidar_top":    { "uri": "lidar_top/000000.pcd" },
          "camera_front": { "uri": "camera_front/000000.jpg",
                            "stream_properties": { "sync": { "timestamp": "1700000000.020000000" } } } },
        "transforms": {
          "world_from_ego": { "src": "ego", "dst": "world",
            "transform_src_to_dst": { "quaternion": [0, 0, 0, 1], "translation": [12.5, 0, 0] } } } } },
    "10": { "frame_properties": {
        "timestamp": "1700000000.200000000",
        "streams": { "lidar_top": { "uri": "lidar_top/000010.pcd" } },
        "transforms": {
          "pose": { "src": "world", "dst": "ego",
            "transform_src_to_dst": { "quaternion": [0, 0, 0, 1], "translation": [-14.5, 0, 0] } } } } },
    "2": { "frame_properties": {
        "timestamp": "1700000000.100000000",
        "streams": { "lidar_top": { "uri": "lidar_top/000002.pcd" } },
        "transforms": {
          "pose": { "src": "ego", "dst": "world",
            "transform_src_to_dst": { "quaternion": [0, 0, 0, 1], "translation": [13.5, 0, 0] } } } },
      "objects": { "5": { "object_data": { "cuboid": [
        { "name": "a", "val": [10, 0, 0, 0, 0, 0, 1, 4, 2, 1.5], "coordinate_system": "lidar_top",
          "attributes": { "num": [{"name": "points_inside", "val": 42}], "boolean": [{"name": "parked", "val": true}] } },
        { "name": "b", "val": [113.5, 0, 0, 0, 0, 0.5, 4, 2, 1.5], "coordinate_system": "world" } ] } } } } },
  "objects": { "5": { "name": "the red one", "type": "Car" } }
} })";

void write_example(const test::TemporaryFolder& folder, std::string json = example) {
  folder.write("drive/drive.json", json);
  for (const char* stem : {"000000", "000002"})
    folder.write(std::string("drive/lidar_top/") + stem + ".pcd",
                 "FIELDS x y z\nPOINTS 1\nDATA ascii\n1 2 3\n");
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// The vehicle goes 1 m in 0.1 s; the point was measured 50 ms after its sweep's moment.
TEST(OpenLabelDrive, DeskewsWhatItDeclaresAsMeasured) {
  const auto x_of_the_point = [](const std::string& properties) {
    const test::TemporaryFolder folder;
    write_example(folder,
                  replaced(example, R"("uri": "lidar_top" })", R"("uri": "lidar_top")" + properties + "}"));
    folder.write("drive/lidar_top/000002.pcd", "FIELDS x y z time\nPOINTS 1\nDATA ascii\n1 2 3 0.05\n");
    const auto drive = open_drive(folder / "drive");
    EXPECT_TRUE(drive);
    EXPECT_EQ(drive->read_recorded_sweep(1)->x, std::vector<float>{1});
    return drive->read_sweep(1)->x.at(0);
  };
  EXPECT_NEAR(x_of_the_point(R"(, "stream_properties": { "motion_corrected": false })"), 1.5, 1e-6);
  EXPECT_EQ(x_of_the_point(R"(, "stream_properties": { "motion_corrected": true })"), 1);
  EXPECT_EQ(x_of_the_point(R"(, "stream_properties": { "motion_corrected": "no" })"), 1);
  EXPECT_EQ(x_of_the_point(""), 1);
}

TEST(OpenLabelDrive, TheDocumentedExampleOpens) {
  const test::TemporaryFolder folder;
  write_example(folder);
  const auto drive = open_drive(folder / "drive");
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_EQ(drive->format, "openlabel");
  EXPECT_EQ(drive->name, "drive");
  ASSERT_EQ(drive->sweeps.size(), 3u);
  EXPECT_EQ(drive->sweeps[0].time.ns, 1'700'000'000'000'000'001);
  EXPECT_EQ(drive->sweeps[1].time.ns, 1'700'000'000'100'000'000);
  EXPECT_EQ(drive->sweeps[2].file.filename(), "000010.pcd");
  EXPECT_EQ(drive->rig.ego_from(SensorId("lidar_top")).translation(), Eigen::Vector3d(0.9, 0, 1.8));
  EXPECT_EQ(drive->read_sweep(1)->size(), 1u);
  EXPECT_FALSE(drive->read_sweep(2)) << "the file is not there";

  const CameraSensor& camera = *drive->rig.camera(SensorId("camera_front"));
  EXPECT_TRUE(camera.calibrated);
  EXPECT_EQ(camera.label, "front");
  EXPECT_EQ(
      camera.intrinsics,
      (CameraIntrinsics{LensModel::pinhole, 1280, 720, 900, 901, 639.5, 359.5, {-0.05, 0.01, 0, 0, 0}}));
  const Point<Camera> seen = camera.ego_from_camera.inverse() * Point<Ego>(11.6, 1, 1.5);
  EXPECT_TRUE(seen.metres.isApprox(Eigen::Vector3d(-1, 0, 10), 1e-12)) << seen.metres.transpose();
  EXPECT_EQ(drive->images.at(SensorId("camera_front")).front().time.ns, 1'700'000'000'020'000'000);

  EXPECT_EQ(drive->trajectory.source(), PoseSource::recorded);
  EXPECT_EQ(drive->trajectory.world_from_ego(drive->sweeps[1].time).translation(),
            Eigen::Vector3d(13.5, 0, 0));
  EXPECT_EQ(drive->trajectory.world_from_ego(drive->sweeps[2].time).translation(),
            Eigen::Vector3d(14.5, 0, 0));
}

TEST(OpenLabelDrive, TruthComesToTheVehicleFromAnyCoordinateSystem) {
  const test::TemporaryFolder folder;
  write_example(folder);
  const auto drive = open_drive(folder / "drive" / "drive.json");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto truth = drive->read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  ASSERT_EQ(truth->size(), 2u);
  const TruthBox& first = truth->front();
  EXPECT_EQ(first.time, drive->sweeps[1].time);
  EXPECT_EQ(first.track, "the red one");
  EXPECT_EQ(first.class_name, "Car");
  EXPECT_EQ(first.points_inside, 42);
  EXPECT_EQ(first.attributes, (Attributes{{"parked", "true"}}));
  EXPECT_TRUE(first.box.pose.translation().isApprox(Eigen::Vector3d(10.9, 0, 1.8), 1e-12));
  const TruthBox& second = truth->back();
  EXPECT_TRUE(second.box.pose.translation().isApprox(Eigen::Vector3d(100, 0, 0), 1e-12));
  EXPECT_NEAR(second.box.yaw(), 0.5, 1e-12);
}

TEST(OpenLabelDrive, WrongPosesAreErrorsThatNameTheSystem) {
  const test::TemporaryFolder folder;
  write_example(folder, replaced(example, "[0,0,1,1.6, -1,0,0,0, 0,-1,0,1.5, 0,0,0,1]",
                                 "[0,-1,0,0, 0,0,-1,0, 1,0,0,0, 1.6,0,1.5,1]"));
  auto drive = open_drive(folder / "drive");
  ASSERT_FALSE(drive);
  EXPECT_THAT(to_string(drive.error()),
              HasSubstr("drive.json: pose_wrt_parent of coordinate system 'camera_front': the last row of "
                        "the matrix must be 0 0 0 1"));
  write_example(folder, replaced(example, "\"quaternion\": [0, 0, 0, 1], \"translation\": [0.9, 0, 1.8]",
                                 "\"quaternion\": [0, 0, 0, 2], \"translation\": [0.9, 0, 1.8]"));
  drive = open_drive(folder / "drive");
  ASSERT_FALSE(drive);
  EXPECT_THAT(drive.error().message, HasSubstr("'lidar_top'"));
  write_example(folder,
                replaced(example, "\"timestamp\": \"1700000000.200000000\"", "\"timestamp\": \"noon\""));
  drive = open_drive(folder / "drive");
  ASSERT_FALSE(drive);
  EXPECT_THAT(drive.error().message, HasSubstr("frame 10: the timestamp \"noon\" is no time"));
}

TEST(OpenLabelDrive, OddCamerasAreShownUncalibratedWithAWarning) {
  const test::TemporaryFolder folder;
  write_example(folder, replaced(example, "[900,0,639.5,0, 0,901,359.5,0, 0,0,1,0]", "[900, 0]"));
  const auto drive = open_drive(folder / "drive");
  ASSERT_TRUE(drive) << to_string(drive.error());
  EXPECT_FALSE(drive->rig.camera(SensorId("camera_front"))->calibrated);
  EXPECT_THAT(drive->warnings, Contains(HasSubstr("camera_matrix of 12 numbers")));
}

TEST(OpenLabelDrive, FisheyeCamerasOfBothSpellings) {
  const std::filesystem::path file = "a.json";
  const auto parse = [&](const char* text) {
    return openlabel::intrinsics_from(Json::parse(text), "c", file);
  };
  const auto ours = parse(
      R"({"intrinsics_fisheye": {"width_px": 10, "height_px": 8, "focal_length_x": 300, "focal_length_y": 301,
                              "center_x": 5, "center_y": 4, "lens_coeffs": [0.1, 0.2, 0.3, 0.4]}})");
  ASSERT_TRUE(ours && *ours);
  EXPECT_EQ(**ours,
            (CameraIntrinsics{LensModel::kannala_brandt, 10, 8, 300, 301, 5, 4, {0.1, 0.2, 0.3, 0.4}}));
  EXPECT_EQ(openlabel::intrinsics_from(openlabel::intrinsics_to(**ours), "c", file)->value(), **ours);
  const auto five = parse(
      R"({"intrinsics_fisheye": {"model": "kannala", "focal_length_x": 1, "center_x": 5, "center_y": 4, "lens_coeffs_1xN": [300, 30, 0, 0, 0]}})");
  ASSERT_TRUE(five && *five);
  EXPECT_EQ((*five)->fx, 300);
  EXPECT_EQ((*five)->distortion, (std::vector<double>{0.1, 0, 0, 0}));
  const auto other = parse(
      R"({"intrinsics_fisheye": {"model": "radial_poly", "focal_length_x": 1, "center_x": 5, "center_y": 4, "lens_coeffs": [1, 2, 3, 4]}})");
  ASSERT_TRUE(other);
  EXPECT_FALSE(*other);
}

TEST(OpenLabelDrive, SeveralFilesOrFoldersAreSeveralDrives) {
  const test::TemporaryFolder folder;
  folder.write("b/drive.json", example);
  folder.write("a/any.json", example);
  folder.write("c/other.json", "{\"unrelated\": 1}");
  const auto below = list_drives(folder.path());
  ASSERT_TRUE(below) << to_string(below.error());
  ASSERT_EQ(below->size(), 2u);
  EXPECT_EQ((*below)[0].name, "a");
  EXPECT_EQ((*below)[0].sweeps, 3u);
  EXPECT_EQ((*below)[0].images, 1u);
  EXPECT_TRUE((*below)[0].has_truth);
  folder.write("b/second.json", example);
  const auto beside = list_drives(folder / "b");
  ASSERT_EQ(beside->size(), 2u);
  EXPECT_EQ((*beside)[1].name, "second");
}

// Opening one parses its file alone, once: the others may be large, or damaged behind a sound beginning.
TEST(OpenLabelDrive, OpensBesideADriveWhoseFileIsDamaged) {
  const test::TemporaryFolder folder;
  folder.write("a.json", example);
  folder.write("b.json", std::string(example).substr(0, 1000));
  EXPECT_FALSE(list_drives(folder.path()));
  EXPECT_TRUE(open_drive(folder.path(), "a"));
  EXPECT_FALSE(open_drive(folder.path(), "b"));
  EXPECT_THAT(open_drive(folder.path()).error().message, HasSubstr("choose one of: a b"));
}

TEST(OpenLabelJson, Timestamps) {
  const auto ns = [](const char* json) {
    return openlabel::time_from(Json::parse(json)).value_or(TimestampNs{-1}).ns;
  };
  EXPECT_EQ(ns("\"1700000000.123456789\""), 1'700'000'000'123'456'789);
  EXPECT_EQ(ns("\"0.1\""), 100'000'000);
  EXPECT_EQ(ns("1700000000"), 1'700'000'000'000'000'000);
  EXPECT_EQ(ns("1.5"), 1'500'000'000);
  EXPECT_EQ(ns("1532402927647951"), 1'532'402'927'647'951'000);
  EXPECT_EQ(ns("1532402927647951123"), 1'532'402'927'647'951'123);
  EXPECT_EQ(ns("\"1532402927647951123\""), 1'532'402'927'647'951'123);
  EXPECT_EQ(ns("\"2020-04-11T12:00:01.5Z\""), 1'586'606'401'500'000'000);
  EXPECT_EQ(ns("\"2020-04-11 14:00:01.5+02:00\""), 1'586'606'401'500'000'000);
  EXPECT_EQ(ns("\"2020-13-11T12:00:01\""), -1);
  EXPECT_EQ(ns("1e300"), -1);
  EXPECT_EQ(ns("\"\""), -1);
  EXPECT_EQ(ns("[1]"), -1);
  for (const std::int64_t t : {0LL, 1LL, -1LL, -1'500'000'000LL, 1'700'000'000'000'000'001LL})
    EXPECT_EQ(openlabel::time_from(Json(openlabel::text_from({t})))->ns, t);
}

TEST(OpenLabelDrive, DamagedFilesGiveADriveOrAnError) {
  const test::TemporaryFolder folder;
  std::mt19937 random(9);
  const std::string sound = example;
  constexpr const char* nasty[] = {"null", "-1", "{}", "[]", "\"\"", "1e308", "[[1]]", "\"ego\"", "true"};
  std::size_t opened = 0;
  for (int round = 0; round < 400; ++round) {
    std::string text = sound;
    for (int edit = 0; edit < 1 + round % 2; ++edit) {
      const std::size_t at = text.find_first_of(":,[", random() % text.size());
      if (at == std::string::npos) continue;
      const std::size_t end = text.find_first_of(",]}", at + 1);
      if (random() % 16 == 0)
        text.resize(at);
      else if (end != std::string::npos)
        text.replace(at + 1, end - at - 1, nasty[random() % std::size(nasty)]);
    }
    write_example(folder, text);
    const auto drive = open_drive(folder / "drive" / "drive.json");
    if (!drive) {
      EXPECT_FALSE(drive.error().message.empty());
      continue;
    }
    ++opened;
    for (std::size_t i = 1; i < drive->sweeps.size(); ++i)
      ASSERT_LT(drive->sweeps[i - 1].time, drive->sweeps[i].time);
    if (drive->read_truth) (void)drive->read_truth();
    (void)drive->read_sweep(0);
  }
  EXPECT_GT(opened, 40u);
}

}  // namespace
}  // namespace sweepmark
