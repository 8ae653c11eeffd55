#include "core/formats/kitti_export.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/kitti_layout.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

std::optional<fs::path> own_calibration_file(const Drive& drive, std::size_t sweep) {
  if (drive.format == "kitti-tracking")
    if (const auto sequence = kitti_tracking_sequence(drive.root, drive.name)) return sequence->calibration();
  if (drive.format == "kitti-object")
    if (const auto split = kitti_object_split(drive.root, drive.name))
      return split->calibration(drive.sweeps[sweep].file.stem().string());
  return std::nullopt;
}

// Image 2 of the rig as it is at this sweep: a drive of single frames has one for each calibration.
const CameraSensor* second_camera(const Drive& drive, TimestampNs time) {
  const CameraSensor* any = nullptr;
  for (const CameraSensor& camera : drive.rig.cameras()) {
    const std::string_view id = camera.id.value;
    if (!id.starts_with("image_2") && id != "image_02") continue;
    if (drive.image_near(camera.id, time, 1e-6)) return &camera;
    if (!any) any = &camera;
  }
  return any;
}

std::optional<KittiView> own_view(const Drive& drive, std::size_t sweep) {
  const auto file = own_calibration_file(drive, sweep);
  if (!file) return std::nullopt;
  auto text = read_text(*file);
  if (!text) return std::nullopt;
  const KittiCalibration calibration = parse_kitti_calibration(*text, *file);
  if (!calibration.rectified_from_velodyne) return std::nullopt;
  KittiView view{std::move(*text), *calibration.rectified_from_velodyne, {}, {}};
  CameraSensor camera = kitti_camera(calibration, 2, SensorId{"image_2"});
  if (const CameraSensor* in_rig = second_camera(drive, drive.sweeps[sweep].time)) {
    camera.intrinsics.width = in_rig->intrinsics.width;
    camera.intrinsics.height = in_rig->intrinsics.height;
  }
  if (camera.calibrated) view.camera = camera;
  return view;
}

// Lens distortion is left out: KITTI's images have none.
ProjectionMatrix projection_of(const CameraSensor& camera, const Pose<Camera, Ego>& rectified_from_ego) {
  Eigen::Matrix3d k = Eigen::Matrix3d::Identity();
  k(0, 0) = camera.intrinsics.fx;
  k(1, 1) = camera.intrinsics.fy;
  k(0, 2) = camera.intrinsics.cx;
  k(1, 2) = camera.intrinsics.cy;
  const Pose<Camera, Camera> camera_from_rectified =
      camera.ego_from_camera.inverse() * rectified_from_ego.inverse();
  return k * camera_from_rectified.matrix().topRows<3>();
}

KittiView made_view(const Drive& drive) {
  const auto& cameras = drive.rig.cameras();
  const auto usable = std::ranges::find_if(cameras, [](const CameraSensor& camera) {
    return camera.calibrated && camera.intrinsics.model == LensModel::pinhole && camera.intrinsics.fx > 0 &&
           camera.intrinsics.fy > 0;
  });
  KittiCalibration calibration;
  const Eigen::Quaterniond axes = nominal_camera_from_ego().rotation();
  if (usable == cameras.end()) {
    calibration.rectified_from_velodyne = nominal_camera_from_ego();
  } else {
    calibration.rectified_from_velodyne =
        Pose<Camera, Ego>(axes, axes * -usable->ego_from_camera.translation());
    calibration.projections.fill(projection_of(*usable, *calibration.rectified_from_velodyne));
  }
  KittiView view{kitti_calibration_text(calibration), {}, {}, {}};
  view.rectified_from_ego = *parse_kitti_calibration(view.calibration_text, {}).rectified_from_velodyne;
  view.observer = view.rectified_from_ego.inverse() * Point<Camera>();
  if (usable != cameras.end()) view.camera = *usable;
  return view;
}

// The attribute where it is a number, else 0. Tracking has whole numbers: any truncation is 1.
std::string mark_text(const Attributes& attributes, const char* name, KittiRows kind) {
  const auto found = attributes.find(name);
  const auto value = found == attributes.end() ? std::nullopt : parse_double(found->second);
  if (!value || !std::isfinite(*value)) return "0";
  if (kind == KittiRows::tracking && *value != std::floor(*value)) return *value > 0 ? "1" : "0";
  return std::string(trimmed(found->second));
}

std::string type_text(std::string_view class_name) {
  std::string text(trimmed(class_name));
  std::ranges::replace_if(
      text, [](char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }, '_');
  return text.empty() ? "Unnamed" : text;
}

}  // namespace

KittiView kitti_view(const Drive& drive, std::size_t sweep) {
  if (auto view = own_view(drive, sweep)) return std::move(*view);
  return made_view(drive);
}

KittiRow kitti_row(const LabelledBox& box, const KittiView& view, KittiRows kind) {
  KittiRow row;
  row.type = type_text(box.class_name);
  row.truncated = mark_text(box.attributes, "truncated", kind);
  row.occluded = mark_text(box.attributes, "occluded", kind);
  set_kitti_box(row, box.box, view.rectified_from_ego, view.observer);
  if (view.camera)
    if (const auto bounds =
            projected_bounds(box.box, view.camera->ego_from_camera.inverse(), view.camera->intrinsics))
      row.image_box = *bounds;
  if (const auto score = box.attributes.find("score"); score != box.attributes.end())
    if (const auto value = parse_double(score->second); value && std::isfinite(*value)) row.score = *value;
  return row;
}

Result<Pose<Camera, Ego>> kitti_pose_for(const fs::path& calibration_file, const Drive& drive,
                                         std::size_t sweep) {
  if (!path_exists(calibration_file)) return kitti_view(drive, sweep).rectified_from_ego;
  const KittiCalibration calibration = read_kitti_calibration(calibration_file);
  if (calibration.rectified_from_velodyne) return *calibration.rectified_from_velodyne;
  return fail(ErrorCode::malformed,
              "the labels' calibration cannot be used: " +
                  (calibration.warnings.empty() ? std::string() : calibration.warnings.front()),
              at_file(calibration_file));
}

std::map<std::int64_t, std::size_t> kitti_sweeps_by_frame(const Drive& drive) {
  std::map<std::int64_t, std::size_t> sweeps;
  for (std::size_t i = 0; i < drive.sweeps.size(); ++i) sweeps.emplace(kitti_frame_of(drive, i), i);
  return sweeps;
}

bool looks_like_kitti_rows(const fs::path& file, KittiRows kind) {
  const auto head = read_head(file, 2048);
  if (!head) return false;
  for (const std::string_view line : lines_of(*head)) {
    if (trimmed(line).empty()) continue;
    return parse_kitti_rows(line, file, kind).has_value();
  }
  return false;
}

Failure no_such_frames(const std::vector<std::int64_t>& frames, const Drive& drive, const fs::path& source) {
  constexpr std::size_t named = 10;
  std::string text;
  for (std::size_t i = 0; i < std::min(frames.size(), named); ++i)
    text += fmt::format("{}{}", i ? ", " : "", frames[i]);
  if (frames.size() > named) text += fmt::format(" and {} more", frames.size() - named);
  return fail(ErrorCode::not_found,
              fmt::format("boxes are at frames of which drive '{}' has no sweep: {}", drive.name, text),
              at_file(source));
}

}  // namespace sweepmark
