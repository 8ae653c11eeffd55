#include <fmt/format.h>

#include "core/assist/interpolate.hpp"
#include "core/commands/arguments.hpp"
#include "core/commands/intervals.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark {

namespace {

constexpr TimestampNs first_moment{INT64_MIN}, last_moment{INT64_MAX};

// The boxes that lay between keyframes at the cut must not go with the split: they become keyframes that
// nobody has looked at. Both follow from the whole track, before either of them bends its curve.
void pin_at(PatchBuilder& patch, const PlanContext& context, const Track& track,
            std::initializer_list<TimestampNs> times) {
  const Trajectory& trajectory = trajectory_of(context.document, context.drive);
  for (const TimestampNs time : times)
    if (const auto there = box_at(track, trajectory, time); there && !there->keyframe)
      patch.set_keyframe(track.id, {time, there->box, Origin::automatic, {}});
}

void move_tail(PatchBuilder& patch, const Track& whole, TrackId tail, TimestampNs time) {
  for (const Keyframe& keyframe : whole.keyframes)
    if (time <= keyframe.time) {
      patch.remove_keyframe(whole.id, keyframe.time);
      patch.set_keyframe(tail, keyframe);
    }
  for (const auto& [event, value] : whole.attribute_events)
    if (time <= event.time) {
      patch.set_attribute_event(whole.id, event, std::nullopt);
      patch.set_attribute_event(tail, event, value);
    }
}

// The first part keeps number, name, relations and the source's name of the object; the second begins at the
// sweep.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  const auto lifetime = track->lifetime();
  if (!lifetime || time <= lifetime->first || lifetime->last < time)
    return fail(ErrorCode::invalid_argument,
                fmt::format("object {} has no boxes on both sides of {} ns", track->id.value, time.ns));
  PatchBuilder patch(context.document);
  const std::size_t sweep = *context.drive.sweep_at(time);
  pin_at(patch, context, *track, {time, context.drive.sweeps[sweep > 0 ? sweep - 1 : 0].time});
  const Track whole = *patch.document().track(track->id);
  const TrackId tail = patch.new_track_id();
  TrackProperties properties = whole.properties;
  properties.attributes.erase("source_id");
  properties.name.clear();
  properties.absences = commands::within(whole.properties.absences, {time, last_moment});
  patch.set_properties(tail, properties);
  properties = whole.properties;
  properties.absences = commands::within(whole.properties.absences, {first_moment, {time.ns - 1}});
  patch.set_properties(whole.id, properties);
  move_tail(patch, whole, tail, time);
  Attributes at_start = attributes_at(whole, time);
  at_start.erase("source_id");
  commands::pin_attributes(patch, tail, time, at_start);
  return std::move(patch).take();
}

}  // namespace

Command command_track_split() {
  return {"track.split", "Split object here",
          commands::with_sweep_arguments({{"track", ArgumentType::integer, true, "number of the object"}}),
          R"({"track": 1, "sweep": 3})", plan};
}

}  // namespace sweepmark
