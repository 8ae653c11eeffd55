#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark {

namespace {

constexpr double same_size_m = 0.005;  // sizes that differ by less are one size printed with few digits

struct ImportedTrack {
  std::string class_name;
  std::vector<Keyframe> keyframes;
};

bool one_size(const std::vector<Keyframe>& keyframes) {
  for (const Keyframe& keyframe : keyframes)
    if ((keyframe.box.size - keyframes.front().box.size).cwiseAbs().maxCoeff() > same_size_m) return false;
  return true;
}

Result<std::map<std::string, ImportedTrack>> tracks_from(const PlanContext& context,
                                                         const nlohmann::json& boxes) {
  std::map<std::string, ImportedTrack> tracks;
  for (const auto& j : boxes) {
    const TimestampNs time{j.at("time_ns").get<std::int64_t>()};
    if (!context.drive.sweep_at(time))
      return fail(ErrorCode::invalid_argument, fmt::format("the drive has no sweep at {} ns", time.ns));
    SWEEPMARK_TRY(box, commands::box_from(j.at("box")));
    ImportedTrack& track = tracks[j.at("track").get<std::string>()];
    if (track.class_name.empty()) track.class_name = j.at("class").get<std::string>();
    track.keyframes.push_back({time, box, Origin::imported, j.value("attributes", Attributes{})});
  }
  return tracks;
}

// The stretches of sweeps between two boxes that have none: there the source says that the object is not to
// be seen.
std::vector<TimeInterval> gaps_in(const Drive& drive, const std::vector<Keyframe>& keyframes) {
  std::vector<TimeInterval> gaps;
  for (std::size_t i = 1; i < keyframes.size(); ++i) {
    const std::size_t before = *drive.sweep_at(keyframes[i - 1].time),
                      after = *drive.sweep_at(keyframes[i].time);
    if (after > before + 1) gaps.push_back({drive.sweeps[before + 1].time, drive.sweeps[after - 1].time});
  }
  return gaps;
}

// By time; of two boxes of one name at one moment the later row is refused, for an object is in one place.
Result<void> put_in_order(const std::string& name, std::vector<Keyframe>& keyframes) {
  std::ranges::stable_sort(keyframes, {}, &Keyframe::time);
  const auto twice = std::ranges::adjacent_find(keyframes, {}, &Keyframe::time);
  if (twice == keyframes.end()) return {};
  return fail(ErrorCode::invalid_argument,
              fmt::format("object '{}' has two boxes at {} ns", name, twice->time.ns));
}

Result<ClassId> class_for(PatchBuilder& patch, const std::string& name) {
  const Taxonomy& taxonomy = patch.document().taxonomy;
  if (const ClassId known = class_named(taxonomy, name); known.value != 0) return known;
  const std::uint32_t next = taxonomy.empty() ? 1 : taxonomy.rbegin()->first.value + 1u;
  if (next > UINT16_MAX)
    return fail(ErrorCode::invalid_argument,
                fmt::format("no id is left for class '{}': the greatest, 65535, is taken", name));
  const ClassId fresh(static_cast<std::uint16_t>(next));
  ClassDefinition definition;
  definition.name = name;
  patch.set_class(fresh, definition);
  return fresh;
}

// Attributes that the ontology knows under another spelling take its own.
void spell_attributes(std::vector<Keyframe>& keyframes, const std::vector<AttributeDefinition>& definitions) {
  for (Keyframe& keyframe : keyframes) {
    Attributes spelled;
    for (const auto& [name, value] : keyframe.attributes) {
      const AttributeDefinition* definition = attribute_named(definitions, name);
      spelled[definition ? definition->name : name] =
          definition ? spelled_as_defined(*definition, value) : value;
    }
    keyframe.attributes = std::move(spelled);
  }
}

// What every box says alike becomes the track's; the rest become events where they change.
AttributeEvents take_attributes(std::vector<Keyframe>& keyframes, Attributes& of_track) {
  Attributes common = keyframes.front().attributes;
  for (const Keyframe& keyframe : keyframes)
    std::erase_if(common, [&](const auto& named) {
      const auto found = keyframe.attributes.find(named.first);
      return found == keyframe.attributes.end() || found->second != named.second;
    });
  AttributeEvents events;
  Attributes before;
  for (Keyframe& keyframe : keyframes) {
    const Attributes now = std::exchange(keyframe.attributes, {});
    for (const auto& [name, value] : now)
      if (const auto held = before.find(name);
          !common.contains(name) && (held == before.end() || held->second != value))
        events[{keyframe.time, name}] = value;
    for (const auto& [name, value] : before)
      if (!now.contains(name)) events[{keyframe.time, name}] = "";
    before = now;
  }
  of_track.merge(common);
  return events;
}

// The tracks' new numbers, by the source's names.
using Numbers = std::map<std::string, TrackId>;

Result<TrackId> number_of(const Numbers& numbers, const nlohmann::json& j, const char* end) {
  const auto found = j.is_object() && j.contains(end) && j[end].is_string()
                         ? numbers.find(j[end].get<std::string>())
                         : numbers.end();
  if (found != numbers.end()) return found->second;
  return fail(ErrorCode::invalid_argument,
              fmt::format("'relations' must hold {{kind, from, to}} with names of objects that have boxes, "
                          "found {}",
                          j.dump()));
}

Result<void> relate(PatchBuilder& patch, const Numbers& numbers, const nlohmann::json& j) {
  SWEEPMARK_TRY(from, number_of(numbers, j, "from"));
  SWEEPMARK_TRY(to, number_of(numbers, j, "to"));
  const auto kind = relation_kind_named(j.value("kind", std::string()));
  if (!kind || from == to)
    return fail(ErrorCode::invalid_argument, fmt::format("no relation of two objects: {}", j.dump()));
  patch.set_relation({*kind, from, to}, true);
  return {};
}

// Every box becomes a keyframe of its own; boxes with one name become one object. Classes not known yet are
// added.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(tracks, tracks_from(context, args.at("boxes")));
  PatchBuilder patch(context.document);
  Numbers numbers;
  for (auto& [name, imported] : tracks) {
    SWEEPMARK_CHECK(put_in_order(name, imported.keyframes));
    TrackProperties properties;
    properties.absences = gaps_in(context.drive, imported.keyframes);
    SWEEPMARK_TRY(class_id, class_for(patch, imported.class_name));
    properties.class_id = class_id;
    properties.attributes["source_id"] = name;
    if (one_size(imported.keyframes)) properties.size = imported.keyframes.front().box.size;
    const TrackId id = patch.new_track_id();
    spell_attributes(imported.keyframes, attributes_of_class(patch.document(), class_id));
    const AttributeEvents events = take_attributes(imported.keyframes, properties.attributes);
    patch.set_properties(id, std::move(properties));
    for (Keyframe& keyframe : imported.keyframes) patch.set_keyframe(id, std::move(keyframe));
    for (const auto& [event, value] : events) patch.set_attribute_event(id, event, value);
    numbers.emplace(name, id);
  }
  if (args.contains("relations"))
    for (const auto& j : args["relations"]) SWEEPMARK_CHECK(relate(patch, numbers, j));
  return std::move(patch).take();
}

}  // namespace

Command command_import_boxes() {
  return {"import.boxes",
          "Import boxes",
          {{"boxes", ArgumentType::array, true, "each {time_ns, track, class, box, attributes}"},
           {"relations", ArgumentType::array, false,
            "each {kind: rides, tows or part_of, from, to}: names of objects that have boxes"},
           {"source", ArgumentType::text, false, "where they come from, for the log"}},
          R"({"source": "example", "boxes": []})",
          plan};
}

}  // namespace sweepmark
