#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <random>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_boxes.hpp"
#include "core/formats/kitti_export.hpp"
#include "core/geometry/iou.hpp"
#include "tests/core/formats/kitti/kitti_fixture.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark {
namespace {

using test::corner_distance;
using test::labels_of;
using test::real_data;
using test::TemporaryFolder;
using testing::HasSubstr;

// As declared: 2 µm and 1 µrad, which is at most 8 µm more at the end of a 16 m box.
constexpr double declared_corner_distance = 1e-5;

// A drive of another format, with a tilted camera that looks to the left and is 2 m before the origin.
Drive drive_with_camera(std::size_t sweeps) {
  Drive drive;
  drive.name = "some drive/2";
  drive.format = "other";
  drive.rig.add(Lidar{SensorId{"top"}, {}});
  CameraSensor camera{SensorId{"left"}, "left", {}, {}, true};
  const Eigen::Quaterniond turned = rotation_about_z(0.7) * Eigen::AngleAxisd(0.1, Eigen::Vector3d::UnitY());
  camera.ego_from_camera = Pose<Ego, Camera>(turned * nominal_camera_from_ego().rotation().conjugate(),
                                             Eigen::Vector3d(2, 0.3, 1.4));
  camera.intrinsics = {LensModel::pinhole, 1280, 720, 900, 910, 640, 355, {-0.3, 0.1, 0, 0}};
  drive.rig.add(camera);
  for (std::size_t i = 0; i < sweeps; ++i)
    drive.sweeps.push_back({SensorId{"top"}, TimestampNs{static_cast<std::int64_t>(i) * 50'000'000}, {}});
  return drive;
}

LabelledBox labelled(const Drive& drive, std::size_t sweep, std::uint32_t track, std::string name,
                     Box3<Ego> box) {
  return {sweep, drive.sweeps[sweep].time, TrackId{track}, std::move(name),
          "Car", std::move(box),           true,           Origin::human,
          {}};
}

Result<std::vector<TruthBox>> there_and_back(std::string_view format, const Drive& drive,
                                             std::vector<LabelledBox> boxes, const TemporaryFolder& folder) {
  const Taxonomy taxonomy;
  const LabelFormat* found = label_format_named(format);
  SWEEPMARK_CHECK(found->write({drive, taxonomy, std::move(boxes)}, folder / "out", {}));
  SWEEPMARK_TRY(probed, label_format_for(folder / "out"));
  EXPECT_EQ(probed->name, format);
  return found->read(folder / "out", drive);
}

const auto drawn = [](double low, double high) { return *test::between(low, high); };

void expect_random_boxes_back(std::string_view format, const Drive& drive) {
  std::mt19937 engine(7);
  const auto number = [&](double low, double high) {
    return std::uniform_real_distribution(low, high)(engine);
  };
  std::vector<LabelledBox> boxes;
  for (std::size_t sweep = 0; sweep < drive.sweeps.size(); ++sweep)
    for (std::uint32_t track = 1; track <= 100; ++track)
      boxes.push_back(
          labelled(drive, sweep, track, fmt::format("object {}", track), test::random_upright_box(number)));
  const TemporaryFolder folder;
  const auto back = there_and_back(format, drive, boxes, folder);
  ASSERT_TRUE(back) << to_string(back.error());
  ASSERT_EQ(back->size(), boxes.size());
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    EXPECT_EQ(back->at(i).time, boxes[i].time);
    EXPECT_EQ(back->at(i).class_name, "Car");
    EXPECT_LT(corner_distance(back->at(i).box, boxes[i].box), declared_corner_distance);
    if (format == "kitti-tracking") {
      EXPECT_EQ(back->at(i).track, fmt::format("{}", boxes[i].track.value - 1));
    }
  }
}

TEST(KittiLabels, FilesKeepUprightBoxes) {
  Drive drive = drive_with_camera(3);
  expect_random_boxes_back("kitti-tracking", drive);
  expect_random_boxes_back("kitti-object", drive);
  drive.rig = {};  // without a camera the nominal axes serve
  expect_random_boxes_back("kitti-tracking", drive);
  expect_random_boxes_back("kitti-object", drive);
}

// A row as written, read with the calibration as written.
Box3<Ego> through_text(const LabelledBox& box, const Drive& drive, KittiRows kind) {
  const KittiView view = kitti_view(drive, 0);
  const auto rows = parse_kitti_rows(kitti_row_text(kitti_row(box, view, kind), kind), "row.txt", kind);
  const KittiCalibration calibration = parse_kitti_calibration(view.calibration_text, "calib.txt");
  return kitti_box(rows->at(0), *calibration.rectified_from_velodyne);
}

RC_GTEST_PROP(KittiLabels, RowsKeepUprightBoxes, ()) {
  const Drive drive = drive_with_camera(1);
  const Box3<Ego> box = test::random_upright_box(drawn);
  for (const KittiRows kind : {KittiRows::object, KittiRows::tracking})
    RC_ASSERT(corner_distance(through_text(labelled(drive, 0, 1, "1", box), drive, kind), box) <
              declared_corner_distance);
}

RC_GTEST_PROP(KittiLabels, RollAndPitchAreAllThatATiltedBoxLoses, ()) {
  const Drive drive = drive_with_camera(1);
  const Box3<Ego> upright = test::random_upright_box(drawn);
  const Eigen::AngleAxisd roll(drawn(-0.4, 0.4), Eigen::Vector3d::UnitX()),
      pitch(drawn(-0.4, 0.4), Eigen::Vector3d::UnitY());
  Box3<Ego> tilted = upright;
  tilted.pose = Pose<Ego, BoxLocal>(upright.pose.rotation() * pitch * roll, upright.pose.translation());
  RC_ASSERT(corner_distance(through_text(labelled(drive, 0, 1, "1", tilted), drive, KittiRows::object),
                            upright) < declared_corner_distance);
}

TEST(KittiLabels, TracksThatAreNumbersKeepThem) {
  const Drive drive = drive_with_camera(1);
  const Box3<Ego> box = upright_box(Point<Ego>(10, 0, 0), 0.3, {4, 2, 1.5});
  const TemporaryFolder folder;
  const auto back = there_and_back(
      "kitti-tracking", drive, {labelled(drive, 0, 1, "42", box), labelled(drive, 0, 2, "7", box)}, folder);
  ASSERT_TRUE(back);
  EXPECT_EQ(back->at(0).track, "42");
  EXPECT_EQ(back->at(1).track, "7");
}

// The written calibration is what a stranger needs: P2 · Tr_velo_to_cam takes a vehicle point to the ideal
// lens's pixel.
TEST(KittiLabels, TheWrittenCalibrationStandsAlone) {
  const Drive drive = drive_with_camera(1);
  const KittiCalibration written =
      parse_kitti_calibration(kitti_view(drive, 0).calibration_text, "calib.txt");
  ASSERT_TRUE(written.rectified_from_velodyne && written.projections[2]);
  const CameraSensor& camera = drive.rig.cameras().front();
  for (const Eigen::Vector3d& point :
       {Eigen::Vector3d(10, 8, 0), Eigen::Vector3d(30, 20, 2), Eigen::Vector3d(12, 14, -1)}) {
    const Eigen::Vector3d p =
        *written.projections[2] * (*written.rectified_from_velodyne * Point<Ego>(point)).metres.homogeneous();
    const Eigen::Vector3d ray = (camera.ego_from_camera.inverse() * Point<Ego>(point)).metres;
    EXPECT_NEAR(p.x() / p.z(), camera.intrinsics.fx * ray.x() / ray.z() + camera.intrinsics.cx, 1e-6);
    EXPECT_NEAR(p.y() / p.z(), camera.intrinsics.fy * ray.y() / ray.z() + camera.intrinsics.cy, 1e-6);
  }
}

TEST(KittiLabels, AttributesAreKeptAsDeclared) {
  const Drive drive = drive_with_camera(1);
  LabelledBox box = labelled(drive, 0, 1, "4", upright_box(Point<Ego>(10, 0, 0), 0.3, {4, 2, 1.5}));
  box.class_name = "Delivery van";
  box.attributes = {{"truncated", "0.3"}, {"occluded", "2"}, {"score", "0.75"}, {"colour", "red"}};
  const TemporaryFolder tracking, object;
  const Attributes in_tracking = there_and_back("kitti-tracking", drive, {box}, tracking)->front().attributes;
  EXPECT_EQ(in_tracking, (Attributes{{"truncated", "1"}, {"occluded", "2"}, {"score", "0.75"}}));
  const TruthBox in_object = there_and_back("kitti-object", drive, {box}, object)->front();
  EXPECT_EQ(in_object.attributes, (Attributes{{"truncated", "0.3"}, {"occluded", "2"}, {"score", "0.75"}}));
  EXPECT_EQ(in_object.class_name, "Delivery_van");
  box.attributes.clear();
  EXPECT_EQ(there_and_back("kitti-object", drive, {box}, object)->front().attributes,
            (Attributes{{"truncated", "0"}, {"occluded", "0"}}));
}

TEST(KittiLabels, BoundsInTheImage) {
  CameraIntrinsics lens{LensModel::pinhole, 1000, 500, 500, 500, 500, 250, {}};
  const Pose<Camera, Ego> forward = nominal_camera_from_ego();
  // A cube of 2 m whose near face is 9 m away: 500 · 1 / 9 on all sides.
  const auto ahead = projected_bounds(upright_box(Point<Ego>(10, 0, 0), 0, {2, 2, 2}), forward, lens);
  ASSERT_TRUE(ahead);
  EXPECT_NEAR((*ahead)[0], 500 - 500.0 / 9, 1e-9);
  EXPECT_NEAR((*ahead)[3], 250 + 500.0 / 9, 1e-9);
  // Round the camera itself: cut at the lens, the whole image.
  const auto around = projected_bounds(upright_box(Point<Ego>(0, 0, 0), 0, {4, 4, 4}), forward, lens);
  ASSERT_TRUE(around);
  EXPECT_EQ(*around, (std::array<double, 4>{0, 0, 999, 499}));
  EXPECT_FALSE(projected_bounds(upright_box(Point<Ego>(-10, 0, 0), 0, {2, 2, 2}), forward, lens));
  EXPECT_FALSE(projected_bounds(upright_box(Point<Ego>(10, 40, 0), 0, {2, 2, 2}), forward, lens));
}

TEST(KittiLabels, RealTruthComesBackAndMatchesTheOriginalText) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking");
  const auto drive = open_drive(real_data("kitti_tracking/training"), "0000");
  ASSERT_TRUE(drive);
  const auto truth = drive->read_truth();
  ASSERT_TRUE(truth);
  const TemporaryFolder folder;
  const auto back = there_and_back("kitti-tracking", *drive, labels_of(*truth, *drive), folder);
  ASSERT_TRUE(back) << to_string(back.error());
  ASSERT_EQ(back->size(), truth->size());
  for (std::size_t i = 0; i < truth->size(); ++i) {
    EXPECT_EQ(back->at(i).time, truth->at(i).time);
    EXPECT_EQ(back->at(i).track, truth->at(i).track);
    EXPECT_EQ(back->at(i).attributes, truth->at(i).attributes);
    EXPECT_LT(corner_distance(back->at(i).box, truth->at(i).box), declared_corner_distance);
  }

  // Against the original file, field by field.
  auto original =
      *read_kitti_rows(real_data("kitti_tracking/training/label_02/0000.txt"), KittiRows::tracking);
  std::erase_if(original, [](const KittiRow& row) { return !row.has_box(); });
  const auto written = *read_kitti_rows(folder / "out/label_02/0000.txt", KittiRows::tracking);
  ASSERT_EQ(written.size(), original.size());
  double overlap = 0;
  for (std::size_t i = 0; i < written.size(); ++i) {
    const KittiRow &a = original[i], &b = written[i];
    EXPECT_EQ(std::tie(a.frame, a.track, a.type, a.truncated, a.occluded),
              std::tie(b.frame, b.track, b.type, b.truncated, b.occluded));
    EXPECT_LT((a.bottom - b.bottom).norm(), 2e-6);
    EXPECT_NEAR(a.height, b.height, 1e-6);
    EXPECT_NEAR(a.width, b.width, 1e-6);
    EXPECT_NEAR(a.length, b.length, 1e-6);
    EXPECT_NEAR(wrapped_angle(a.rotation_y - b.rotation_y), 0, 2e-6);
    EXPECT_NEAR(wrapped_angle(a.alpha - b.alpha), 0, 3e-6);
    const auto area = [](double l, double t, double r, double bottom) {
      return std::max(0.0, r - l) * std::max(0.0, bottom - t);
    };
    const double shared =
        area(std::max(a.image_box[0], b.image_box[0]), std::max(a.image_box[1], b.image_box[1]),
             std::min(a.image_box[2], b.image_box[2]), std::min(a.image_box[3], b.image_box[3]));
    const double both = area(a.image_box[0], a.image_box[1], a.image_box[2], a.image_box[3]) +
                        area(b.image_box[0], b.image_box[1], b.image_box[2], b.image_box[3]) - shared;
    overlap += shared / both;
  }
  // The people who made KITTI computed the 2D boxes in the same way, then cut them at an image that is not
  // here.
  EXPECT_GT(overlap / static_cast<double>(written.size()), 0.9);
}

TEST(KittiLabels, RealObjectFramesComeBack) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_object_full3");
  for (const char* path : {"kitti_object_full3", "view_of_delft/lidar"}) {
    const auto drive = open_drive(real_data(path));
    ASSERT_TRUE(drive) << to_string(drive.error());
    const auto truth = drive->read_truth();
    ASSERT_TRUE(truth) << to_string(truth.error());
    ASSERT_FALSE(truth->empty());
    const TemporaryFolder folder;
    const auto back = there_and_back("kitti-object", *drive, labels_of(*truth, *drive), folder);
    ASSERT_TRUE(back) << to_string(back.error());
    ASSERT_EQ(back->size(), truth->size());
    for (std::size_t i = 0; i < truth->size(); ++i)
      EXPECT_LT(corner_distance(back->at(i).box, truth->at(i).box), declared_corner_distance);
  }
}

TEST(KittiLabels, FramesTheDriveLacksAreNamed) {
  const Drive drive = drive_with_camera(2);
  const TemporaryFolder folder;
  const std::string row = "Car 0 0 0 -1 -1 -1 -1 1.5 1.6 4.0 2 1.7 20 0.1\n";
  folder.write("object/label_2/000001.txt", row);
  folder.write("object/label_2/000007.txt", row);
  folder.write("object/label_2/000008.txt", "");
  const auto object = label_format_named("kitti-object")->read(folder / "object", drive);
  ASSERT_FALSE(object);
  EXPECT_THAT(object.error().message, HasSubstr("has no sweep: 7"));
  folder.write("tracking/label_02/0000.txt", "0 1 " + row + "5 1 " + row);
  const auto tracking = label_format_named("kitti-tracking")->read(folder / "tracking", drive);
  ASSERT_FALSE(tracking);
  EXPECT_THAT(tracking.error().message, HasSubstr("has no sweep: 5"));
}

TEST(KittiLabels, ResultsOfADetectorAreRead) {
  const Drive drive = drive_with_camera(2);
  const TemporaryFolder folder;
  folder.write("data/000000.txt", "");
  folder.write("data/000001.txt", "Car -1 -1 -10 -1 -1 -1 -1 1.5 1.6 4.0 2 1.7 20 0.1 0.91\n");
  const auto format = label_format_for(folder / "data");
  ASSERT_TRUE(format) << to_string(format.error());
  EXPECT_EQ((*format)->name, "kitti-object");
  const auto boxes = (*format)->read(folder / "data", drive);
  ASSERT_TRUE(boxes);
  ASSERT_EQ(boxes->size(), 1u);
  EXPECT_EQ(boxes->front().attributes.at("score"), "0.91");
}

TEST(KittiLabels, ADamagedCalibrationBesideTheLabelsIsSaid) {
  const Drive drive = drive_with_camera(1);
  const TemporaryFolder folder;
  folder.write("label_02/0000.txt", "0 1 Car 0 0 0 -1 -1 -1 -1 1.5 1.6 4.0 2 1.7 20 0.1\n");
  folder.write("calib/0000.txt", "P2: 1 2 3\nTr_velo_to_cam: 1 2 3\n");
  const auto boxes = label_format_named("kitti-tracking")->read(folder.path(), drive);
  ASSERT_FALSE(boxes);
  EXPECT_THAT(to_string(boxes.error()),
              HasSubstr("0000.txt:2: 12 numbers expected after 'Tr_velo_to_cam', found 3"));
}

TEST(KittiLabels, AStoppedExportSaysSo) {
  const Drive drive = drive_with_camera(2);
  const Taxonomy taxonomy;
  const TemporaryFolder folder;
  std::stop_source stop;
  stop.request_stop();
  const auto written = label_format_named("kitti-object")
                           ->write({drive, taxonomy, {}}, folder / "out", Progress{stop.get_token(), {}});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace sweepmark
