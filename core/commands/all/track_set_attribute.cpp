#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

void set_or_erase(Attributes& attributes, const std::string& name, const std::string& value) {
  if (value.empty())
    attributes.erase(name);
  else
    attributes[name] = value;
}

// With a sweep or time: of that keyframe. Without: of the whole track.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  const auto name = args.at("name").get<std::string>(), value = args.at("value").get<std::string>();
  if (name.empty()) return fail(ErrorCode::invalid_argument, "'name' must not be empty");
  PatchBuilder patch(context.document);
  if (args.contains("sweep") || args.contains("time_ns")) {
    SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
    const Keyframe* present = track->keyframe_at(time);
    if (!present)
      return fail(ErrorCode::not_found,
                  fmt::format("object {} has no keyframe at {} ns; set one first", track->id.value, time.ns));
    Keyframe keyframe = *present;
    set_or_erase(keyframe.attributes, name, value);
    patch.set_keyframe(track->id, std::move(keyframe));
  } else {
    TrackProperties properties = track->properties;
    set_or_erase(properties.attributes, name, value);
    patch.set_properties(track->id, std::move(properties));
  }
  return std::move(patch).take();
}

}  // namespace

Command command_track_set_attribute() {
  return {
      "track.set_attribute", "Set attribute",
      commands::with_sweep_arguments({{"track", ArgumentType::integer, true, "number of the object"},
                                      {"name", ArgumentType::text, true, "name of the attribute"},
                                      {"value", ArgumentType::text, true, "its value; empty removes it"}}),
      R"({"track": 1, "sweep": 0, "name": "occluded", "value": "1"})", plan};
}

}  // namespace sweepmark
