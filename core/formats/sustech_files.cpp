#include "core/formats/sustech_files.hpp"

#include <fmt/format.h>

#include <Eigen/Geometry>
#include <cmath>

#include "core/base/units.hpp"
#include "core/formats/json_file.hpp"
#include "core/formats/rigid_matrix.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr double lidar_above_unit_m = 0.4;

Eigen::Quaterniond turned(double radians, const Eigen::Vector3d& axis) {
  return Eigen::Quaterniond(Eigen::AngleAxisd(radians, axis));
}

std::optional<Eigen::Vector3d> vector_of(const Json* json) {
  if (!json) return std::nullopt;
  const auto x = number_of(*json, "x"), y = number_of(*json, "y"), z = number_of(*json, "z");
  if (!x || !y || !z) return std::nullopt;
  return Eigen::Vector3d(*x, *y, *z);
}

// obj_id is text in some versions and a number in others.
std::string id_of(const Json& box) {
  const Json* id = member(box, "obj_id");
  if (!id || id->is_structured() || id->is_null()) return "";
  return id->is_string() ? id->get<std::string>() : id->dump();
}

Result<TruthBox> box_from(const Json& json, std::size_t row, TimestampNs time, const fs::path& file) {
  const Json* psr = member(json, "psr");
  const auto position = psr ? vector_of(member(*psr, "position")) : std::nullopt;
  const auto scale = psr ? vector_of(member(*psr, "scale")) : std::nullopt;
  const auto angles = psr ? vector_of(member(*psr, "rotation")) : std::nullopt;
  if (!position || !scale || !angles || scale->minCoeff() <= 0.0)
    return fail(
        ErrorCode::malformed,
        fmt::format("box {}: psr with position, scale (above 0) and rotation, x y z each, expected", row),
        at_file(file));
  using Eigen::Vector3d;
  const Eigen::Quaterniond rotation = turned(angles->x(), Vector3d::UnitX()) *
                                      turned(angles->y(), Vector3d::UnitY()) *
                                      turned(angles->z(), Vector3d::UnitZ());
  TruthBox box{
      time, id_of(json), text_of(json, "obj_type"), {Pose<Ego, BoxLocal>(rotation, *position), *scale},
      {},   -1};
  if (box.track.empty()) box.track = fmt::format("{} #{}", file.stem().string(), row);
  if (const std::string attribute = text_of(json, "obj_attr"); !attribute.empty())
    box.attributes["obj_attr"] = attribute;
  return box;
}

// The newer files' pose: {translation {x y z}, rotation {x y z w}}.
Result<Pose<World, Ego>> pose_from_transform(const Json& transform, const fs::path& file) {
  const Json* rotation = member(transform, "rotation");
  const auto translation = vector_of(member(transform, "translation"));
  const auto xyz = vector_of(rotation);
  const double w = rotation ? number_of(*rotation, "w").value_or(2.0) : 2.0;
  if (translation && xyz && std::abs(std::hypot(xyz->norm(), w) - 1.0) < 1e-3)
    return Pose<World, Ego>(Eigen::Quaterniond(w, xyz->x(), xyz->y(), xyz->z()), *translation);
  return fail(ErrorCode::malformed, "transform with translation x y z and a unit rotation x y z w expected",
              at_file(file));
}

}  // namespace

Result<CameraSensor> read_sustech_camera(const fs::path& file) {
  SWEEPMARK_TRY(json, read_json(file));
  const auto extrinsic = numbers_of(member(json, "extrinsic"), 16);
  const auto intrinsic = numbers_of(member(json, "intrinsic"), 9);
  if (!extrinsic || !intrinsic)
    return fail(ErrorCode::malformed, "extrinsic of 16 and intrinsic of 9 numbers expected", at_file(file));
  SWEEPMARK_TRY(camera_from_lidar, rigid_from_rows(*extrinsic, "extrinsic", file));
  CameraSensor camera;
  camera.id = SensorId(file.stem().string());
  camera.label = file.stem().string();
  camera.ego_from_camera = Pose<Camera, Ego>::from_matrix(camera_from_lidar).inverse();
  camera.intrinsics.fx = (*intrinsic)[0];
  camera.intrinsics.cx = (*intrinsic)[2];
  camera.intrinsics.fy = (*intrinsic)[4];
  camera.intrinsics.cy = (*intrinsic)[5];
  if (camera.intrinsics.fx <= 0.0 || camera.intrinsics.fy <= 0.0)
    return fail(ErrorCode::malformed, "focal lengths above 0 expected in intrinsic", at_file(file));
  return camera;
}

Result<std::vector<TruthBox>> read_sustech_boxes(const fs::path& file, TimestampNs time) {
  SWEEPMARK_TRY(json, read_json(file));
  const Json* list = json.is_object() ? member(json, "objs") : &json;
  if (!list || !list->is_array())
    return fail(ErrorCode::malformed, "a list of boxes expected", at_file(file));
  std::vector<TruthBox> boxes;
  for (const Json& entry : *list) {
    SWEEPMARK_TRY(box, box_from(entry, boxes.size(), time, file));
    boxes.push_back(std::move(box));
  }
  return boxes;
}

Result<Pose<World, Ego>> read_sustech_pose(const fs::path& file) {
  SWEEPMARK_TRY(json, read_json(file));
  using Eigen::Vector3d;
  if (const Json* transform = member(json, "transform")) return pose_from_transform(*transform, file);
  const auto place = vector_of(&json);
  const auto azimuth = number_of(json, "azimuth"), pitch = number_of(json, "pitch"),
             roll = number_of(json, "roll");
  if (!place || !azimuth || !pitch || !roll)
    return fail(ErrorCode::malformed, "x, y, z, azimuth, pitch and roll expected", at_file(file));
  const Pose<World, Sensor> world_from_unit(turned(-radians_from_degrees(*azimuth), Vector3d::UnitZ()) *
                                                turned(radians_from_degrees(*pitch), Vector3d::UnitX()) *
                                                turned(radians_from_degrees(*roll), Vector3d::UnitY()),
                                            *place);
  const Pose<Sensor, Ego> unit_from_lidar(rotation_about_z(std::numbers::pi), {0.0, 0.0, lidar_above_unit_m});
  return world_from_unit * unit_from_lidar;
}

}  // namespace sweepmark
