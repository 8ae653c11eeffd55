// Labels as ASAM OpenLABEL 1.0: one JSON file that stands alone. docs/formats/openlabel-labels.md
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/files.hpp"
#include "core/formats/label_format.hpp"
#include "core/formats/openlabel_json.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

using openlabel::Frame;
using OrderedJson = nlohmann::ordered_json;  // frames in their order

constexpr std::string_view losses[] = {
    "Keyframes and the boxes derived between them are written alike, marked by the attribute keyframe: read "
    "back, every box is one.",
    "How a track moves between its keyframes (smooth, linear) is not written; absences are frames without a "
    "box.",
    "A track's size, where it is one for all, is written with each box.",
    "Attributes are written with each box as text; whether the track had them or they began at a sweep is "
    "not kept.",
    "Of the ontology the names of the classes are written; colours, sizes, ids, attribute definitions and "
    "rules are not.",
    "A name that a person gave an object is not written.",
    "Labels of points are not written.",
};

constexpr std::int64_t same_moment_ns = 1'000'000;  // times written with few decimals

std::string_view name_of(Origin origin) {
  switch (origin) {
    case Origin::human:
      return "human";
    case Origin::imported:
      return "imported";
    case Origin::automatic:
      return "automatic";
  }
  return "human";
}

OrderedJson attributes_of(const LabelledBox& box) {
  OrderedJson text = OrderedJson::array();
  for (const auto& [name, value] : box.attributes)
    if (name != "origin" && !(name == "confidence" && box.confidence))
      text.push_back({{"name", name}, {"val", value}});
  text.push_back({{"name", "origin"}, {"val", name_of(box.origin)}});
  OrderedJson attributes = {{"text", std::move(text)},
                            {"boolean", {{{"name", "keyframe"}, {"val", box.keyframe}}}}};
  if (box.confidence) attributes["num"] = {{{"name", "confidence"}, {"val", *box.confidence}}};
  return attributes;
}

OrderedJson cuboid_of(const LabelledBox& box) {
  const Eigen::Vector3d& t = box.box.pose.translation();
  const Eigen::Quaterniond& q = box.box.pose.rotation();
  const Eigen::Vector3d& s = box.box.size;
  return {{"name", "box"},
          {"val", {t.x(), t.y(), t.z(), q.x(), q.y(), q.z(), q.w(), s.x(), s.y(), s.z()}},
          {"coordinate_system", "ego"},
          {"attributes", attributes_of(box)}};
}

OrderedJson systems_of(const Drive& drive) {
  OrderedJson systems, sensors = OrderedJson::array();
  const auto add = [&](const std::string& name, const openlabel::NamedPose& pose) {
    systems[name] = {{"type", "sensor_cs"},
                     {"parent", "ego"},
                     {"children", OrderedJson::array()},
                     {"pose_wrt_parent", openlabel::pose_to(pose)}};
    sensors.push_back(name);
  };
  for (const Lidar& lidar : drive.rig.lidars())
    add(lidar.id.value, openlabel::without_frames(lidar.ego_from_sensor));
  for (const CameraSensor& camera : drive.rig.cameras())
    if (camera.calibrated) add(camera.id.value, openlabel::without_frames(camera.ego_from_camera));
  systems["ego"] = {{"type", "local_cs"}, {"parent", "world"}, {"children", std::move(sensors)}};
  systems["world"] = {{"type", "scene_cs"}, {"parent", ""}, {"children", {"ego"}}};
  return systems;
}

OrderedJson streams_of(const Drive& drive) {
  OrderedJson streams = OrderedJson::object();
  for (const Lidar& lidar : drive.rig.lidars()) streams[lidar.id.value] = {{"type", "lidar"}};
  for (const CameraSensor& camera : drive.rig.cameras()) {
    streams[camera.id.value] = {{"type", "camera"}, {"description", camera.label}};
    if (camera.calibrated)
      streams[camera.id.value]["stream_properties"] = openlabel::intrinsics_to(camera.intrinsics);
  }
  return streams;
}

// Every sweep is a frame, labelled or not: times and poses make the boxes usable without the drive.
OrderedJson frames_of(const LabelExport& labels) {
  OrderedJson frames = OrderedJson::object();
  auto box = labels.boxes.begin();
  for (std::size_t i = 0; i < labels.drive.sweeps.size(); ++i) {
    const TimestampNs time = labels.drive.sweeps[i].time;
    OrderedJson properties = {{"timestamp", openlabel::text_from(time)}};
    if (labels.drive.trajectory.source() != PoseSource::none)
      properties["transforms"]["world_from_ego"] = {
          {"src", "ego"},
          {"dst", "world"},
          {"transform_src_to_dst",
           openlabel::pose_to(openlabel::without_frames(labels.drive.trajectory.world_from_ego(time)))}};
    OrderedJson frame = {{"frame_properties", std::move(properties)}};
    for (; box != labels.boxes.end() && box->sweep == i; ++box)
      frame["objects"][fmt::format("{}", box->track.value)]["object_data"]["cuboid"].push_back(
          cuboid_of(*box));
    frames[fmt::format("{}", i)] = std::move(frame);
  }
  return frames;
}

// Runs of frames a track has boxes in, first and last included.
OrderedJson intervals_of(const std::vector<std::size_t>& sweeps) {
  OrderedJson intervals = OrderedJson::array();
  for (const std::size_t sweep : sweeps) {
    if (!intervals.empty() && intervals.back()["frame_end"].get<std::size_t>() + 1 >= sweep)
      intervals.back()["frame_end"] = sweep;
    else
      intervals.push_back({{"frame_start", sweep}, {"frame_end", sweep}});
  }
  return intervals;
}

OrderedJson objects_of(const LabelExport& labels) {
  struct Object {
    const LabelledBox* first;
    std::vector<std::size_t> sweeps;
  };
  std::map<TrackId, Object> tracks;
  for (const LabelledBox& box : labels.boxes)
    tracks.try_emplace(box.track, Object{&box, {}}).first->second.sweeps.push_back(box.sweep);
  OrderedJson objects = OrderedJson::object();
  for (const auto& [id, object] : tracks) {
    OrderedJson intervals = intervals_of(object.sweeps);
    objects[fmt::format("{}", id.value)] = {
        {"name", object.first->track_name},
        {"type", object.first->class_name},
        {"frame_intervals", intervals},
        {"object_data_pointers", {{"box", {{"type", "cuboid"}, {"frame_intervals", intervals}}}}}};
  }
  return objects;
}

// Only between objects that have boxes: the others are not written.
OrderedJson relations_of(const LabelExport& labels) {
  std::set<TrackId> written;
  for (const LabelledBox& box : labels.boxes) written.insert(box.track);
  const auto end = [](TrackId id) {
    return OrderedJson::array({{{"uid", fmt::format("{}", id.value)}, {"type", "object"}}});
  };
  OrderedJson relations = OrderedJson::object();
  for (const Relation& relation : labels.relations) {
    if (!written.contains(relation.from) || !written.contains(relation.to)) continue;
    relations[fmt::format("{}", relations.size())] = {
        {"name", fmt::format("{} {} {}", relation.from.value, to_string(relation.kind), relation.to.value)},
        {"type", to_string(relation.kind)},
        {"rdf_subjects", end(relation.from)},
        {"rdf_objects", end(relation.to)}};
  }
  return relations;
}

fs::path file_of(const fs::path& target) {
  return target.extension() == ".json" ? target : target / "openlabel.json";
}

Result<void> write(const LabelExport& labels, const fs::path& target, const Progress& progress) {
  const fs::path file = file_of(target);
  SWEEPMARK_CHECK(make_folder(file.parent_path()));
  progress(0.0, "OpenLABEL");
  const std::size_t frames = labels.drive.sweeps.size();
  OrderedJson root = {
      {"metadata", {{"schema_version", "1.0.0"}, {"name", labels.drive.name}, {"annotator", "Sweepmark"}}},
      {"coordinate_systems", systems_of(labels.drive)},
      {"streams", streams_of(labels.drive)},
      {"frame_intervals", OrderedJson::array()},
      {"frames", frames_of(labels)},
      {"objects", objects_of(labels)}};
  if (OrderedJson relations = relations_of(labels); !relations.empty())
    root["relations"] = std::move(relations);
  if (frames > 0) root["frame_intervals"].push_back({{"frame_start", 0}, {"frame_end", frames - 1}});
  if (progress.cancelled())
    return fail(ErrorCode::cancelled, "stopped before anything was written", at_file(file));
  const OrderedJson whole = {{"openlabel", std::move(root)}};
  SWEEPMARK_CHECK(
      write_text_atomically(file, whole.dump(-1, ' ', false, OrderedJson::error_handler_t::replace) + "\n"));
  progress(1.0, "OpenLABEL");
  return {};
}

// The file, or the only one of the folder.
Result<fs::path> source_file(const fs::path& source) {
  std::error_code error;
  if (!fs::is_directory(source, error)) return source;
  SWEEPMARK_TRY(files, files_in(source, ".json"));
  std::erase_if(files, [](const fs::path& file) { return !openlabel::looks_like_openlabel(file); });
  if (files.size() == 1) return files.front();
  return fail(ErrorCode::invalid_argument, fmt::format("{} OpenLABEL files are here; name one", files.size()),
              at_file(source));
}

int probe(const fs::path& source) {
  std::error_code error;
  if (fs::is_regular_file(source, error)) return openlabel::looks_like_openlabel(source) ? 95 : 0;
  if (!fs::is_directory(source, error)) return 0;
  return source_file(source) ? 80 : 0;
}

// A frame belongs to the sweep of its time; a file without times, to the sweep of its number.
Result<TimestampNs> sweep_time(const Frame& frame, const Drive& drive, const fs::path& file) {
  if (frame.time) {
    const auto near = drive.sweep_near(*frame.time);
    if (near && std::abs(drive.sweeps[*near].time.ns - frame.time->ns) <= same_moment_ns)
      return drive.sweeps[*near].time;
    return fail(ErrorCode::invalid_argument,
                fmt::format("frame {} is of {} s, when the drive '{}' has no sweep", frame.number,
                            openlabel::text_from(*frame.time), drive.name),
                at_file(file));
  }
  if (frame.number >= 0 && static_cast<std::uint64_t>(frame.number) < drive.sweeps.size())
    return drive.sweeps[static_cast<std::size_t>(frame.number)].time;
  return fail(ErrorCode::invalid_argument,
              fmt::format("frame {} is beyond the {} sweeps of the drive '{}'", frame.number,
                          drive.sweeps.size(), drive.name),
              at_file(file));
}

Result<std::vector<TruthBox>> read(const fs::path& source, const Drive& drive) {
  SWEEPMARK_TRY(file, source_file(source));
  SWEEPMARK_TRY(root, openlabel::read_openlabel(file));
  return openlabel::boxes_of(root, file, drive.rig,
                             [&](const Frame& frame) { return sweep_time(frame, drive, file); });
}

// The object at one end of a relation; empty where the end is none, or several.
std::string end_of(const Json& relation, const char* end, const std::map<std::string, std::string>& names) {
  const Json* ends = member(relation, end);
  if (!ends || !ends->is_array() || ends->size() != 1) return {};
  const auto found = names.find(text_of(ends->front(), "uid"));
  return found == names.end() ? std::string() : found->second;
}

// Other tools' relations that are none of ours are left out, as other shapes than cuboids are.
Result<std::vector<NamedRelation>> read_relations(const fs::path& source) {
  SWEEPMARK_TRY(file, source_file(source));
  SWEEPMARK_TRY(root, openlabel::read_openlabel(file));
  const Json* all = member(root, "relations");
  std::vector<NamedRelation> relations;
  if (!all || !all->is_object()) return relations;
  const std::map<std::string, std::string> names = openlabel::track_names(root);
  for (const auto& [key, json] : all->items()) {
    const auto kind = relation_kind_named(text_of(json, "type"));
    const std::string from = end_of(json, "rdf_subjects", names), to = end_of(json, "rdf_objects", names);
    if (kind && !from.empty() && !to.empty()) relations.push_back({*kind, from, to});
  }
  return relations;
}

}  // namespace

LabelFormat label_format_openlabel() {
  return {"openlabel",
          "ASAM OpenLABEL 1.0: one JSON file (or openlabel.json in a folder) with cuboids, times and poses",
          losses,
          write,
          probe,
          read,
          read_relations};
}

}  // namespace sweepmark
