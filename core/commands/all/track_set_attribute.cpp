#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark {

namespace {

struct Setting {
  std::string name, value;  // an empty value takes the setting away
};

// As the ontology spells it, where it knows the attribute; others are free text.
Result<Setting> setting_from(const PlanContext& context, const Track& track, const nlohmann::json& args) {
  Setting setting{args.at("name").get<std::string>(), args.at("value").get<std::string>()};
  if (setting.name.empty()) return fail(ErrorCode::invalid_argument, "'name' must not be empty");
  const auto definitions = attributes_of_class(context.document, track.properties.class_id);
  const AttributeDefinition* definition = attribute_named(definitions, setting.name);
  if (!definition) return setting;
  setting.name = definition->name;
  if (definition->scope == AttributeScope::track && commands::names_a_sweep(args))
    return fail(ErrorCode::invalid_argument,
                fmt::format("'{}' holds for an object's whole life; leave the sweep out", setting.name));
  if (setting.value.empty()) return setting;
  setting.value = spelled_as_defined(*definition, setting.value);
  SWEEPMARK_CHECK(check_attribute_value(*definition, setting.value));
  return setting;
}

void set_for_track(PatchBuilder& patch, const Track& track, const Setting& setting) {
  TrackProperties properties = track.properties;
  if (setting.value.empty())
    properties.attributes.erase(setting.name);
  else
    properties.attributes[setting.name] = setting.value;
  patch.set_properties(track.id, std::move(properties));
}

// No event and no keyframe says anything of the attribute within the interval any more.
void clear(PatchBuilder& patch, const Track& track, const std::string& name, const TimeInterval& interval) {
  for (const auto& [event, value] : track.attribute_events)
    if (event.name == name && interval.contains(event.time))
      patch.set_attribute_event(track.id, event, std::nullopt);
  for (Keyframe keyframe : track.keyframes)
    if (interval.contains(keyframe.time) && keyframe.attributes.erase(name) > 0)
      patch.set_keyframe(track.id, std::move(keyframe));
}

bool says(const Track& track, const std::string& name, TimestampNs time) {
  const Keyframe* keyframe = track.keyframe_at(time);
  return track.attribute_events.contains({time, name}) || (keyframe && keyframe->attributes.contains(name));
}

// From the sweep after the interval on it is again what it was there.
void restore_after(PatchBuilder& patch, const Drive& drive, const Track& track, const std::string& name,
                   TimestampNs last) {
  const std::size_t next = *drive.sweep_at(last) + 1;
  if (next >= drive.sweeps.size() || says(track, name, drive.sweeps[next].time)) return;
  const Attributes there = attributes_at(track, drive.sweeps[next].time);
  const auto value = there.find(name);
  const auto of_track = track.properties.attributes.find(name);
  const bool as_track = value == there.end() ||
                        (of_track != track.properties.attributes.end() && of_track->second == value->second);
  patch.set_attribute_event(track.id, {drive.sweeps[next].time, name},
                            as_track ? std::string() : value->second);
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(setting, setting_from(context, *track, args));
  SWEEPMARK_TRY(end, commands::end_time_from(context, args));
  PatchBuilder patch(context.document);
  if (!commands::names_a_sweep(args)) {
    if (end) return fail(ErrorCode::invalid_argument, "an interval needs 'sweep' or 'time_ns' to begin at");
    set_for_track(patch, *track, setting);
    return std::move(patch).take();
  }
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  if (end && *end < time)
    return fail(ErrorCode::invalid_argument,
                fmt::format("the interval ends ({} ns) before it begins ({} ns)", end->ns, time.ns));
  clear(patch, *track, setting.name, {time, end.value_or(time)});
  if (!setting.value.empty()) patch.set_attribute_event(track->id, {time, setting.name}, setting.value);
  if (end) restore_after(patch, context.drive, *track, setting.name, *end);
  return std::move(patch).take();
}

}  // namespace

// Without a sweep: of the whole track. With one: from there on until it is said otherwise, or up to the end
// of the interval. No box is placed by it.
Command command_track_set_attribute() {
  return {"track.set_attribute", "Set attribute",
          commands::with_interval_arguments(
              {{"track", ArgumentType::integer, true, "number of the object"},
               {"name", ArgumentType::text, true, "name of the attribute"},
               {"value", ArgumentType::text, true,
                "its value, checked where the ontology knows the attribute; empty takes it away"}}),
          R"({"track": 1, "sweep": 0, "to_sweep": 4, "name": "occluded", "value": "1"})", plan};
}

}  // namespace sweepmark
