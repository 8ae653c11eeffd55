// Cuboids and cameras of OpenLABEL.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/formats/openlabel_json.hpp"

namespace sweepmark::openlabel {
namespace fs = std::filesystem;

namespace {

struct Object {
  std::string track, class_name;
  Attributes attributes;
};

std::string text_of_value(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_float()) return fmt::format("{}", value.get<double>());
  const bool flat = !value.is_structured() ||
                    std::ranges::none_of(value, [](const Json& part) { return part.is_structured(); });
  return flat ? value.dump() : std::string(value.type_name());
}

// Attributes stand in lists by type: {"text": [{"name", "val"}, …], "num": …, "boolean": …, "vec": …}.
void add_attributes(Attributes& attributes, const Json* lists) {
  if (!lists) return;
  for (const char* type : {"text", "num", "boolean", "vec"}) {
    const Json* list = member(*lists, type);
    if (!list || !list->is_array()) continue;
    for (const Json& entry : *list)
      if (const Json* value = member(entry, "val"); value && !text_of(entry, "name").empty())
        attributes[text_of(entry, "name")] = text_of_value(*value);
  }
}

// Objects by key. A track is called by its object's name, or by the keys where two objects share a name.
std::map<std::string, Object> objects_of(const Json& root) {
  std::map<std::string, Object> objects;
  const Json* all = member(root, "objects");
  if (!all || !all->is_object()) return objects;
  std::set<std::string> names;
  bool distinct = true;
  for (const auto& [key, json] : all->items()) {
    Object object{text_of(json, "name"), text_of(json, "type"), {}};
    if (object.track.empty()) object.track = key;
    add_attributes(object.attributes, member(json, "object_data"));
    distinct = names.insert(object.track).second && distinct;
    objects.emplace(key, std::move(object));
  }
  if (!distinct)
    for (auto& [key, object] : objects) object.track = key;
  return objects;
}

Eigen::Quaterniond rotation_from_rpy(double x, double y, double z) {
  using Eigen::AngleAxisd, Eigen::Vector3d;
  return Eigen::Quaterniond(AngleAxisd(z, Vector3d::UnitZ()) * AngleAxisd(y, Vector3d::UnitY()) *
                            AngleAxisd(x, Vector3d::UnitX()));
}

// x y z, rotation as quaternion x y z w (10 numbers) or as angles about x, y, z (9), and full sizes. Nothing
// where it is no box.
std::optional<Box3<Named>> box_from(const Json* val) {
  if (!val || !val->is_array() || (val->size() != 10 && val->size() != 9)) return std::nullopt;
  std::vector<double> v;
  for (const Json& number : *val) {
    if (!number.is_number() || !std::isfinite(number.get<double>())) return std::nullopt;
    v.push_back(number.get<double>());
  }
  const bool has_quaternion = v.size() == 10;
  const Eigen::Quaterniond q =
      has_quaternion ? Eigen::Quaterniond(v[6], v[3], v[4], v[5]) : rotation_from_rpy(v[3], v[4], v[5]);
  const double off = std::abs(q.norm() - 1.0);
  const Eigen::Vector3d size(v.data() + v.size() - 3);
  if (!(off < 1e-3) || size.minCoeff() <= 0.0) return std::nullopt;
  const Eigen::Vector3d centre(v.data());
  return Box3<Named>{
      off < 1e-9 ? Pose<Named, BoxLocal>::from_unit(q, centre) : Pose<Named, BoxLocal>(q, centre), size};
}

// What leads from each system the boxes of a frame may be given in to the vehicle.
class WayToVehicle {
 public:
  WayToVehicle(const Systems& systems, const Rig& rig)
      : systems_(systems), rig_(rig), vehicle_(vehicle_of_file(systems)) {}

  const std::string& vehicle() const { return vehicle_; }

  std::optional<NamedPose> vehicle_from(const std::string& system,
                                        const std::optional<NamedPose>& world_from_vehicle) const {
    if (system.empty() || system == vehicle_) return NamedPose();
    if (const auto below = systems_.ancestor_from(vehicle_, system)) return below;
    if (const System* known = systems_.find(system); known && known->type == "scene_cs")
      return world_from_vehicle ? std::optional(world_from_vehicle->inverse()) : NamedPose();
    for (const Lidar& lidar : rig_.lidars())
      if (lidar.id.value == system) return without_frames(lidar.ego_from_sensor);
    return std::nullopt;
  }

 private:
  static std::string vehicle_of_file(const Systems& systems) {
    for (const auto& [name, system] : systems.all())
      if (system.type == "local_cs" || system.type == "local") return name;
    for (const auto& [name, system] : systems.all())
      if (system.type == "sensor_cs" || system.type == "sensor") return systems.vehicle_of(name);
    return "ego";
  }

  const Systems& systems_;
  const Rig& rig_;
  std::string vehicle_;
};

void take_points_inside(TruthBox& box) {
  const auto points = box.attributes.find("points_inside");
  if (points == box.attributes.end()) return;
  box.points_inside = std::atoi(points->second.c_str());
  box.attributes.erase(points);
}

Result<void> add_cuboid(std::vector<TruthBox>& boxes, const Json& cuboid, const Object& object,
                        const Frame& frame, TimestampNs time, const WayToVehicle& way,
                        const std::optional<NamedPose>& world_from_vehicle, const fs::path& file) {
  const auto box = box_from(member(cuboid, "val"));
  if (!box)
    return fail(ErrorCode::malformed,
                fmt::format("frame {}, object '{}': a cuboid of 10 or 9 numbers with a unit quaternion and "
                            "sizes above 0 expected",
                            frame.number, object.track),
                at_file(file));
  const std::string system = text_of(cuboid, "coordinate_system");
  const auto vehicle_from_system = way.vehicle_from(system, world_from_vehicle);
  if (!vehicle_from_system)
    return fail(
        ErrorCode::malformed,
        fmt::format("frame {}, object '{}': nothing leads from coordinate system '{}' to the vehicle '{}'",
                    frame.number, object.track, system, way.vehicle()),
        at_file(file));
  TruthBox truth{time, object.track, object.class_name, {}, object.attributes, -1};
  const bool in_place = system.empty() || system == way.vehicle();  // untouched, to the last bit
  const Pose<Named, BoxLocal> pose = in_place ? box->pose : *vehicle_from_system * box->pose;
  truth.box = {Pose<Ego, BoxLocal>::from_unit(pose.rotation(), pose.translation()), box->size};
  add_attributes(truth.attributes, member(cuboid, "attributes"));
  take_points_inside(truth);
  boxes.push_back(std::move(truth));
  return {};
}

}  // namespace

Result<std::vector<TruthBox>> boxes_of(const Json& root, const fs::path& file, const Rig& rig,
                                       const std::function<Result<TimestampNs>(const Frame&)>& time_of) {
  SWEEPMARK_TRY(systems, Systems::parse(root, file));
  SWEEPMARK_TRY(frames, frames_of(root, file));
  const std::map<std::string, Object> objects = objects_of(root);
  const WayToVehicle way(systems, rig);
  std::vector<TruthBox> boxes;
  for (const Frame& frame : frames) {
    const Json* in_frame = member(*frame.json, "objects");
    if (!in_frame || !in_frame->is_object() || in_frame->empty()) continue;
    SWEEPMARK_TRY(time, time_of(frame));
    SWEEPMARK_TRY(pose, world_from_vehicle(frame, way.vehicle(), file));
    for (const auto& [key, json] : in_frame->items()) {
      const Json* data = member(json, "object_data");
      const Json* cuboids = data ? member(*data, "cuboid") : nullptr;
      if (!cuboids || !cuboids->is_array()) continue;
      const auto known = objects.find(key);
      Object object = known == objects.end() ? Object{key, "", {}} : known->second;
      add_attributes(object.attributes, data);
      for (const Json& cuboid : *cuboids)
        SWEEPMARK_CHECK(add_cuboid(boxes, cuboid, object, frame, time, way, pose, file));
    }
  }
  std::ranges::stable_sort(boxes, {}, &TruthBox::time);
  return boxes;
}

std::map<std::string, std::string> track_names(const Json& root) {
  std::map<std::string, std::string> names;
  for (const auto& [key, object] : objects_of(root)) names.emplace(key, object.track);
  return names;
}

}  // namespace sweepmark::openlabel
