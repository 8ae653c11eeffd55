#include "core/labels/json.hpp"

#include <array>
#include <utility>

namespace sweepmark::labels_json {

namespace {

template <class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, std::string_view>, N>;

constexpr Names<Origin, 3> origin_names = {
    {{Origin::human, "human"}, {Origin::imported, "imported"}, {Origin::automatic, "automatic"}}};
constexpr Names<Motion, 3> motion_names = {
    {{Motion::smooth, "smooth"}, {Motion::linear, "linear"}, {Motion::keyframes_only, "keyframes_only"}}};

template <class Enum, std::size_t N>
std::string name_of(const Names<Enum, N>& names, Enum value) {
  for (const auto& [known, name] : names)
    if (known == value) return std::string(name);
  throw std::logic_error("a value without a name");
}

template <class Enum, std::size_t N>
Enum value_of(const Names<Enum, N>& names, const std::string& wanted) {
  for (const auto& [value, name] : names)
    if (name == wanted) return value;
  throw Malformed("'" + wanted + "' is not a known word here");
}

double number_at(const json& j, std::size_t i) {
  return j.at(i).get<double>();
}

}  // namespace

json write(const Eigen::Vector3d& v) {
  return {v.x(), v.y(), v.z()};
}

void read(const json& j, Eigen::Vector3d& v) {
  if (j.size() != 3) throw Malformed("three numbers expected");
  v = {number_at(j, 0), number_at(j, 1), number_at(j, 2)};
}

json write(const Box3<Ego>& box) {
  const Eigen::Quaterniond& q = box.pose.rotation();
  return {{"centre", write(box.pose.translation())},
          {"size", write(box.size)},
          {"rotation", {q.w(), q.x(), q.y(), q.z()}}};
}

void read(const json& j, Box3<Ego>& box) {
  const json& q = j.at("rotation");
  if (q.size() != 4) throw Malformed("rotation: w x y z expected");
  const auto centre = read_as<Eigen::Vector3d>(j.at("centre"));
  const Eigen::Quaterniond rotation(number_at(q, 0), number_at(q, 1), number_at(q, 2), number_at(q, 3));
  if (std::abs(rotation.norm() - 1.0) > 1e-6) throw Malformed("rotation: a unit quaternion expected");
  // Normalising a quaternion that is a unit already would move its last bits; the log must give back what was
  // put in.
  box.pose = Pose<Ego, BoxLocal>::from_unit(rotation, centre);
  read(j.at("size"), box.size);
}

json write(const TrackProperties& p) {
  json absences = json::array();
  for (const TimeInterval& a : p.absences) absences.push_back({a.first.ns, a.last.ns});
  json j = {{"class", p.class_id.value},
            {"motion", name_of(motion_names, p.motion)},
            {"size", write(p.size)},
            {"absences", std::move(absences)},
            {"attributes", p.attributes}};
  if (p.standing) j["standing"] = true;
  if (!p.name.empty()) j["name"] = p.name;
  return j;
}

void read(const json& j, TrackProperties& p) {
  p.class_id = ClassId(j.at("class").get<std::uint16_t>());
  p.motion = value_of(motion_names, j.at("motion").get<std::string>());
  read(j.at("size"), p.size);
  p.absences.clear();
  for (const json& a : j.at("absences"))
    p.absences.push_back({{a.at(0).get<std::int64_t>()}, {a.at(1).get<std::int64_t>()}});
  p.attributes = j.at("attributes").get<Attributes>();
  p.standing = j.value("standing", false);
  p.name = j.value("name", std::string());
}

json write(const Keyframe& k) {
  json j = {{"time", k.time.ns},
            {"box", write(k.box)},
            {"origin", name_of(origin_names, k.origin)},
            {"attributes", k.attributes}};
  if (k.confidence) j["confidence"] = *k.confidence;
  return j;
}

void read(const json& j, Keyframe& k) {
  k.time = {j.at("time").get<std::int64_t>()};
  read(j.at("box"), k.box);
  k.origin = value_of(origin_names, j.at("origin").get<std::string>());
  k.attributes = j.at("attributes").get<Attributes>();
  k.confidence.reset();
  if (j.contains("confidence")) k.confidence = j["confidence"].get<double>();
}

json write(const AttributeEvents& events) {
  json list = json::array();
  for (const auto& [event, value] : events) list.push_back({event.time.ns, event.name, value});
  return list;
}

void read(const json& j, AttributeEvents& events) {
  events.clear();
  for (const json& event : j)
    events[{{event.at(0).get<std::int64_t>()}, event.at(1).get<std::string>()}] =
        event.at(2).get<std::string>();
}

json write(const Relation& relation) {
  return {{"kind", to_string(relation.kind)}, {"from", relation.from.value}, {"to", relation.to.value}};
}

void read(const json& j, Relation& relation) {
  const auto name = j.at("kind").get<std::string>();
  const auto kind = relation_kind_named(name);
  if (!kind) throw Malformed("'" + name + "' is no kind of relation");
  relation = {*kind, TrackId(j.at("from").get<std::uint32_t>()), TrackId(j.at("to").get<std::uint32_t>())};
}

// [time, translation x y z, rotation w x y z] for each pose. Only estimated motion is kept with labels.
json write(const std::shared_ptr<const Trajectory>& motion) {
  if (!motion) return nullptr;
  json poses = json::array();
  for (const auto& [time, pose] : motion->poses()) {
    const Eigen::Vector3d& t = pose.translation();
    const Eigen::Quaterniond& q = pose.rotation();
    poses.push_back({time.ns, t.x(), t.y(), t.z(), q.w(), q.x(), q.y(), q.z()});
  }
  return poses;
}

void read(const json& j, std::shared_ptr<const Trajectory>& motion) {
  motion.reset();
  if (j.is_null()) return;
  std::vector<TimedPose> poses;
  for (const json& p : j) {
    if (p.size() != 8) throw Malformed("a pose: time, three numbers and a quaternion expected");
    const Eigen::Quaterniond rotation(number_at(p, 4), number_at(p, 5), number_at(p, 6), number_at(p, 7));
    if (!(std::abs(rotation.norm() - 1.0) < 1e-6))
      throw Malformed("a pose: a unit quaternion w x y z expected");
    poses.push_back(
        {{p.at(0).get<std::int64_t>()},
         Pose<World, Ego>::from_unit(rotation, {number_at(p, 1), number_at(p, 2), number_at(p, 3)})});
  }
  motion = std::make_shared<const Trajectory>(std::move(poses), PoseSource::estimated);
}

}  // namespace sweepmark::labels_json
