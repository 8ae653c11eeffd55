#include "sample_data/drive_json.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/base/units.hpp"

namespace sweepmark::sample {
namespace {

using Json = nlohmann::ordered_json;

// A nanometre and a billionth of a turn: nothing is lost, and the text stays readable.
double rounded(double value) {
  return std::round(value * 1e9) / 1e9 + 0.0;
}

Json numbers(std::initializer_list<double> values) {
  Json result = Json::array();
  for (double value : values) result.push_back(rounded(value));
  return result;
}
Json numbers(const Eigen::Vector3d& v) {
  return numbers({v.x(), v.y(), v.z()});
}
Json numbers(const Eigen::Quaterniond& q) {
  return numbers({q.x(), q.y(), q.z(), q.w()});
}

template <class To, class From>
Json pose_json(const Pose<To, From>& pose) {
  return {{"quaternion", numbers(pose.rotation())}, {"translation", numbers(pose.translation())}};
}

std::string seconds_text(TimestampNs time) {
  return fmt::format("{}.{:09}", time.ns / 1'000'000'000, time.ns % 1'000'000'000);
}

Json lens_json(const CameraIntrinsics& lens) {
  return {{"width_px", lens.width},
          {"height_px", lens.height},
          {"camera_matrix", numbers({lens.fx, 0, lens.cx, 0, 0, lens.fy, lens.cy, 0, 0, 0, 1, 0})},
          {"distortion_coeffs", lens.distortion}};
}

Json coordinate_systems(const DriveRecord& record) {
  Json children = Json::array({"lidar_top"});
  for (const SampleCamera& camera : record.cameras) children.push_back(camera.sensor.id.value);
  Json systems;
  systems["world"] = {{"type", "scene_cs"}, {"parent", ""}, {"children", {"ego"}}};
  systems["ego"] = {{"type", "local_cs"}, {"parent", "world"}, {"children", children}};
  const auto add = [&](const std::string& id, Json pose) {
    systems[id] = {{"type", "sensor_cs"},
                   {"parent", "ego"},
                   {"children", Json::array()},
                   {"pose_wrt_parent", std::move(pose)}};
  };
  add("lidar_top", pose_json(record.lidar.ego_from_sensor));
  for (const SampleCamera& camera : record.cameras) {
    const CalibrationError& error = record.options.calibration_error;
    const auto& truth = camera.sensor.ego_from_camera;
    add(camera.sensor.id.value,
        pose_json(error.applies_to(camera.sensor.id.value) ? with_error(truth, error) : truth));
  }
  return systems;
}

Json streams(const DriveRecord& record) {
  Json result;
  result["lidar_top"] = {{"type", "lidar"},
                         {"uri", "lidar_top"},
                         {"description", fmt::format("{} rings", record.lidar.elevations.size())},
                         {"stream_properties", {{"motion_corrected", false}}}};
  for (const SampleCamera& camera : record.cameras) {
    const std::string& id = camera.sensor.id.value;
    result[id] = {{"type", "camera"},
                  {"uri", id},
                  {"description", camera.sensor.label},
                  {"stream_properties", {{"intrinsics_pinhole", lens_json(camera.sensor.intrinsics)}}}};
  }
  return result;
}

Json frame_streams(const DriveRecord& record, std::size_t frame) {
  const FrameRecord& now = record.frames[frame];
  Json result;
  result["lidar_top"] = {{"uri", sweep_path(frame)}};
  if (!now.has_images) return result;
  for (const SampleCamera& camera : record.cameras) {
    const TimestampNs written =
        later_by_seconds(now.time, camera.shutter_s + 1e-3 * record.options.clock_offset_ms);
    result[camera.sensor.id.value] = {
        {"uri", image_path(camera, frame)},
        {"stream_properties", {{"sync", {{"timestamp", seconds_text(written)}}}}}};
  }
  return result;
}

Json cuboid(const Box3<Ego>& box, std::uint32_t points, bool moves) {
  const Eigen::Vector3d& p = box.pose.translation();
  const Eigen::Quaterniond& q = box.pose.rotation();
  Json attributes = {{"num", {{{"name", "points_inside"}, {"val", points}}}},
                     {"boolean", {{{"name", "moves"}, {"val", moves}}}}};
  Json value =
      numbers({p.x(), p.y(), p.z(), q.x(), q.y(), q.z(), q.w(), box.length(), box.width(), box.height()});
  return {{"name", "box"},
          {"val", std::move(value)},
          {"coordinate_system", "ego"},
          {"attributes", std::move(attributes)}};
}

// By object: the first and last frame it is told of; −1 where it is not.
struct Lifetimes {
  std::vector<int> first, last;
};

Json frame_objects(const Scene& scene, const DriveRecord& record, std::size_t frame,
                   const std::vector<bool>& told, Lifetimes& lives, BoxCount& count) {
  const FrameRecord& now = record.frames[frame];
  const Pose<Ego, World> ego_from_world = world_from_ego(scene, now.moment).inverse();
  Json result = Json::object();
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    const SceneObject& object = scene.objects[i];
    const Box3<Ego> box{ego_from_world * world_from_box(object, now.moment), object.size};
    if (!told[i] || box.pose.translation().head<2>().norm() > truth_reach_m) continue;
    result[std::to_string(object.instance)] = {
        {"object_data", {{"cuboid", {cuboid(box, now.points_on[i], object.moves)}}}}};
    if (lives.first[i] < 0) lives.first[i] = static_cast<int>(frame);
    lives.last[i] = static_cast<int>(frame);
    ++count.boxes;
  }
  return result;
}

std::vector<bool> objects_seen(const Scene& scene, const DriveRecord& record) {
  std::vector<bool> seen(scene.objects.size(), false);
  for (const FrameRecord& frame : record.frames) {
    for (std::size_t i = 0; i < seen.size(); ++i)
      seen[i] = seen[i] || frame.points_on[i] >= truth_least_points;
  }
  return seen;
}

// One line for each member down to `depth`, the rest of each on its line.
std::string laid_out(const Json& json, int depth, int indent = 0) {
  if (depth == 0 || !json.is_object() || json.empty()) return json.dump();
  const std::string margin(static_cast<std::size_t>(indent + 1) * 2, ' ');
  std::string text = "{";
  for (const auto& [key, value] : json.items()) {
    text += (text.size() > 1 ? ",\n" : "\n") + margin + Json(key).dump() + ": " +
            laid_out(value, depth - 1, indent + 1);
  }
  return text + "\n" + margin.substr(2) + "}";
}

}  // namespace

std::string sweep_path(std::size_t frame) {
  return fmt::format("lidar_top/{:06}.pcd", frame);
}
std::string image_path(const SampleCamera& camera, std::size_t frame) {
  return fmt::format("{}/{:06}.jpg", camera.sensor.id.value, frame);
}
std::string label_path(std::size_t frame) {
  return fmt::format("labels/{:06}.label", frame);
}

Pose<Ego, Camera> with_error(const Pose<Ego, Camera>& ego_from_camera, const CalibrationError& error) {
  const auto turn = [](double degrees, const Eigen::Vector3d& axis) {
    return Eigen::AngleAxisd(radians_from_degrees(degrees), axis);
  };
  const Eigen::Quaterniond wrong = turn(error.yaw_deg, Eigen::Vector3d::UnitZ()) *
                                   turn(error.pitch_deg, Eigen::Vector3d::UnitY()) *
                                   turn(error.roll_deg, Eigen::Vector3d::UnitX());
  return {wrong * ego_from_camera.rotation(), ego_from_camera.translation() + error.translation_m};
}

std::string drive_json(const Scene& scene, const DriveRecord& record, BoxCount& count) {
  const std::vector<bool> told = objects_seen(scene, record);
  Lifetimes lives{std::vector<int>(told.size(), -1), std::vector<int>(told.size(), -1)};
  Json frames;
  for (std::size_t i = 0; i < record.frames.size(); ++i) {
    const FrameRecord& now = record.frames[i];
    Json transform = {{"src", "ego"},
                      {"dst", "world"},
                      {"transform_src_to_dst", pose_json(world_from_ego(scene, now.moment))}};
    Json properties = {{"timestamp", seconds_text(now.time)},
                       {"streams", frame_streams(record, i)},
                       {"transforms", {{"world_from_ego", std::move(transform)}}}};
    frames[std::to_string(i)] = {{"frame_properties", std::move(properties)},
                                 {"objects", frame_objects(scene, record, i, told, lives, count)}};
  }
  Json objects;
  for (std::size_t i = 0; i < scene.objects.size(); ++i) {
    if (lives.first[i] < 0) continue;
    const Json interval = {{"frame_start", lives.first[i]}, {"frame_end", lives.last[i]}};
    objects[std::to_string(scene.objects[i].instance)] = {{"name", scene.objects[i].name},
                                                          {"type", scene.objects[i].type},
                                                          {"frame_intervals", Json::array({interval})}};
    ++count.objects;
  }
  Json root;
  Json& openlabel = root["openlabel"];
  openlabel["metadata"] = {
      {"schema_version", "1.0.0"},
      {"name", fmt::format("sample-{}", record.options.seed)},
      {"comment", "Synthetic drive with exact truth, made by sweepmark-sample; see truth.json beside it."}};
  openlabel["coordinate_systems"] = coordinate_systems(record);
  openlabel["streams"] = streams(record);
  openlabel["objects"] = std::move(objects);
  openlabel["frame_intervals"] = Json::array({{{"frame_start", 0}, {"frame_end", record.frames.size() - 1}}});
  openlabel["frames"] = std::move(frames);
  return laid_out(root, 3) + "\n";
}

std::string truth_json(const Scene& scene, const DriveRecord& record) {
  const SampleOptions& options = record.options;
  const CalibrationError& error = options.calibration_error;
  Json root;
  root["seed"] = options.seed;
  root["sweeps"] = options.sweeps;
  root["rings"] = options.rings;
  root["clock_offset_s"] = rounded(1e-3 * options.clock_offset_ms);
  root["calibration_error"] = {{"yaw_deg", error.yaw_deg},
                               {"pitch_deg", error.pitch_deg},
                               {"roll_deg", error.roll_deg},
                               {"translation_m", numbers(error.translation_m)}};
  root["lidars"]["lidar_top"] = {{"ego_from_sensor", pose_json(record.lidar.ego_from_sensor)}};
  for (const SampleCamera& camera : record.cameras) {
    const std::string& id = camera.sensor.id.value;
    root["cameras"][id] = {{"calibration_error_applied", error.applies_to(id)},
                           {"ego_from_camera", pose_json(camera.sensor.ego_from_camera)},
                           {"intrinsics_pinhole", lens_json(camera.sensor.intrinsics)},
                           {"shutter_after_sweep_s", camera.shutter_s}};
  }
  for (PointClass point_class : all_point_classes)
    root["point_classes"][std::to_string(static_cast<int>(point_class))] = to_string(point_class);
  for (const SceneObject& object : scene.objects) {
    root["instances"][std::to_string(object.instance)] = {{"name", object.name},
                                                          {"type", object.type},
                                                          {"moves", object.moves},
                                                          {"size", numbers(object.size)}};
  }
  return laid_out(root, 2) + "\n";
}

}  // namespace sweepmark::sample
