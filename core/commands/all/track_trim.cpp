#include <fmt/format.h>

#include <algorithm>

#include "core/commands/arguments.hpp"
#include "core/commands/intervals.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark {

namespace {

Result<bool> is_first_from(const nlohmann::json& args) {
  const auto word = args.at("edge").get<std::string>();
  if (word == "first" || word == "last") return word == "first";
  return fail(ErrorCode::invalid_argument, fmt::format("'edge' must be first or last, found '{}'", word));
}

// Beyond its end the object is said to be absent, so that nothing that is proposed later goes past it. Where
// the end moves outwards, the object is there up to it.
std::vector<TimeInterval> absences_with_end(const PlanContext& context, const Track& track, bool is_first,
                                            TimestampNs time) {
  const TimestampNs drive_first = context.drive.sweeps.front().time,
                    drive_last = context.drive.sweeps.back().time;
  const TimeInterval life = *track.lifetime();
  std::vector<TimeInterval> absences =
      commands::without(track.properties.absences, is_first ? TimeInterval{time, std::max(time, life.first)}
                                                            : TimeInterval{std::min(time, life.last), time});
  if (is_first && drive_first < time)
    absences.push_back({drive_first, {time.ns - 1}});
  else if (!is_first && time < drive_last)
    absences.push_back({{time.ns + 1}, drive_last});
  return commands::joined(std::move(absences));
}

// The new edge gets a keyframe: the box that was derived there, or, outside the old lifetime, the nearest one
// held in the world. What lies beyond it goes, proposals too.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(is_first, is_first_from(args));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  const auto lifetime = track->lifetime();
  if (!lifetime || (is_first ? lifetime->last < time : time < lifetime->first))
    return fail(ErrorCode::invalid_argument,
                fmt::format("nothing of object {} would be left", track->id.value));
  const auto beyond = [&](TimestampNs moment) { return is_first ? moment < time : time < moment; };
  PatchBuilder patch(context.document);
  commands::pin_derived_box(patch, context.drive, track->id, time);
  const Attributes at_edge = attributes_at(*track, time);
  TrackProperties properties = track->properties;
  properties.absences = absences_with_end(context, *track, is_first, time);
  patch.set_properties(track->id, std::move(properties));
  for (const Keyframe& keyframe : track->keyframes)
    if (beyond(keyframe.time)) patch.remove_keyframe(track->id, keyframe.time);
  for (const auto& [event, value] : track->attribute_events)
    if (beyond(event.time)) patch.set_attribute_event(track->id, event, std::nullopt);
  commands::pin_attributes(patch, track->id, time, at_edge);
  return std::move(patch).take();
}

}  // namespace

Command command_track_trim() {
  return {"track.trim", "Object begins or ends here",
          commands::with_sweep_arguments(
              {{"track", ArgumentType::integer, true, "number of the object"},
               {"edge", ArgumentType::text, true, "first or last: which end of its life the sweep becomes"}}),
          R"({"track": 1, "edge": "last", "sweep": 5})", plan};
}

}  // namespace sweepmark
