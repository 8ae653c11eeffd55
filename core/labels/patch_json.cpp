// Patches as text: what the log keeps.
#include "core/labels/json.hpp"
#include "core/labels/patch.hpp"

namespace sweepmark {

namespace {

using labels_json::json;
using labels_json::read;
using labels_json::read_as;
using labels_json::write;

struct ChangeWriter {
  json operator()(const ClassChange& c) const {
    return {{"kind", "class"}, {"id", c.id.value}, {"before", write(c.before)}, {"after", write(c.after)}};
  }
  json operator()(const TrackChange& c) const {
    return {{"kind", "track"}, {"id", c.id.value}, {"before", write(c.before)}, {"after", write(c.after)}};
  }
  json operator()(const KeyframeChange& c) const {
    return {{"kind", "keyframe"},
            {"track", c.track.value},
            {"time", c.time.ns},
            {"before", write(c.before)},
            {"after", write(c.after)}};
  }
  json operator()(const AttributeChange& c) const {
    const auto side = [](const std::optional<std::string>& value) {
      return value ? json(*value) : json(nullptr);
    };
    return {{"kind", "attribute"},  {"track", c.track.value},   {"time", c.event.time.ns},
            {"name", c.event.name}, {"before", side(c.before)}, {"after", side(c.after)}};
  }
  json operator()(const RelationChange& c) const {
    return {{"kind", "relation"}, {"relation", write(c.relation)}, {"before", c.before}, {"after", c.after}};
  }
  json operator()(const JobChange& c) const {
    return {{"kind", "job"}, {"before", write(c.before)}, {"after", write(c.after)}};
  }
  json operator()(const EgoMotionChange& c) const {
    return {{"kind", "ego_motion"}, {"before", write(c.before)}, {"after", write(c.after)}};
  }
  json operator()(const PointLabelChange& c) const {
    json runs = json::array();
    for (const LabelRun& run : c.runs) runs.push_back({run.first, run.count, run.before, run.after});
    return {{"kind", "points"}, {"sweep", c.sweep.ns}, {"runs", std::move(runs)}};
  }
};

template <class Content>
void read_sides(const json& j, std::optional<Content>& before, std::optional<Content>& after) {
  read(j.at("before"), before);
  read(j.at("after"), after);
}

Change read_change(const json& j) {
  const auto kind = j.at("kind").get<std::string>();
  if (kind == "class") {
    ClassChange change{ClassId(j.at("id").get<std::uint16_t>()), {}, {}};
    read_sides(j, change.before, change.after);
    return change;
  }
  if (kind == "track") {
    TrackChange change{TrackId(j.at("id").get<std::uint32_t>()), {}, {}};
    read_sides(j, change.before, change.after);
    return change;
  }
  if (kind == "keyframe") {
    KeyframeChange change{
        TrackId(j.at("track").get<std::uint32_t>()), {j.at("time").get<std::int64_t>()}, {}, {}};
    read_sides(j, change.before, change.after);
    return change;
  }
  if (kind == "attribute") {
    const auto side = [&j](const char* name) {
      const json& value = j.at(name);
      return value.is_null() ? std::nullopt : std::optional(value.get<std::string>());
    };
    return AttributeChange{TrackId(j.at("track").get<std::uint32_t>()),
                           {{j.at("time").get<std::int64_t>()}, j.at("name").get<std::string>()},
                           side("before"),
                           side("after")};
  }
  if (kind == "relation")
    return RelationChange{read_as<Relation>(j.at("relation")), j.at("before").get<bool>(),
                          j.at("after").get<bool>()};
  if (kind == "job")
    return JobChange{read_as<JobDefinition>(j.at("before")), read_as<JobDefinition>(j.at("after"))};
  if (kind == "ego_motion") {
    EgoMotionChange change;
    read(j.at("before"), change.before);
    read(j.at("after"), change.after);
    return change;
  }
  if (kind == "points") {
    PointLabelChange change{{j.at("sweep").get<std::int64_t>()}, {}};
    for (const json& run : j.at("runs"))
      change.runs.push_back({run.at(0).get<std::uint32_t>(), run.at(1).get<std::uint32_t>(),
                             run.at(2).get<PointLabel>(), run.at(3).get<PointLabel>()});
    return change;
  }
  throw labels_json::Malformed("'" + kind + "' is no kind of change");
}

}  // namespace

std::string encode(const Patch& patch) {
  json changes = json::array();
  for (const Change& change : patch) changes.push_back(std::visit(ChangeWriter{}, change));
  return changes.dump();
}

Result<Patch> decode_patch(std::string_view text) {
  try {
    Patch patch;
    for (const json& change : json::parse(text)) patch.push_back(read_change(change));
    return patch;
  } catch (const std::exception& error) {
    return fail(ErrorCode::malformed, std::string("not a patch: ") + error.what());
  }
}

}  // namespace sweepmark
