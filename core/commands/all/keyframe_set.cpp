#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

// A person's box at a sweep. On a rigid track its size becomes the size of the whole track: the other
// keyframes keep their centres, for a person aligned the middle they saw.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  SWEEPMARK_TRY(box, commands::box_from(args.at("box")));
  PatchBuilder patch(context.document);
  TrackProperties properties = track->properties;
  if (properties.size) properties.size = box.size;
  // A box placed where the object was said to be absent brings it back at that moment.
  std::vector<TimeInterval> absences;
  for (const TimeInterval& absence : properties.absences) {
    if (!absence.contains(time)) {
      absences.push_back(absence);
      continue;
    }
    if (absence.first < time) absences.push_back({absence.first, {time.ns - 1}});
    if (time < absence.last) absences.push_back({{time.ns + 1}, absence.last});
  }
  properties.absences = std::move(absences);
  const Keyframe* present = track->keyframe_at(time);
  patch.set_properties(track->id, std::move(properties));
  patch.set_keyframe(track->id, {time, box, Origin::human, present ? present->attributes : Attributes{}});
  return std::move(patch).take();
}

}  // namespace

Command command_keyframe_set() {
  return {
      "keyframe.set", "Set keyframe",
      commands::with_sweep_arguments(
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"box", ArgumentType::object, true, "centre, size, rotation or yaw; ego frame"}}),
      R"({"track": 1, "sweep": 0, "box": {"centre": [12, 3, -0.9], "size": [4.3, 1.8, 1.5], "yaw": 0.2}})",
      plan};
}

}  // namespace sweepmark
