#include "core/commands/arguments.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

// Of a person's keyframes, or of all where there is none, the one that was nearest to the vehicle: there the
// object had most points.
const Keyframe& best_seen(const Track& track) {
  const auto rank = [](const Keyframe& keyframe) {
    return std::pair(keyframe.origin != Origin::human, keyframe.box.pose.translation().norm());
  };
  const Keyframe* best = &track.keyframes.front();
  for (const Keyframe& keyframe : track.keyframes)
    if (rank(keyframe) < rank(*best)) best = &keyframe;
  return *best;
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  TrackProperties properties = track->properties;
  properties.standing = args.at("standing").get<bool>();
  PatchBuilder patch(context.document);
  patch.set_properties(track->id, properties);
  if (!properties.standing || track->keyframes.empty()) return std::move(patch).take();
  Keyframe reference = best_seen(*track);
  if (commands::names_a_sweep(args)) {
    SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
    commands::pin_derived_box(patch, context.drive, track->id, time);
    reference = *patch.document().track(track->id)->keyframe_at(time);
  }
  commands::hold_still(patch, context.drive, track->id, reference);
  return std::move(patch).take();
}

}  // namespace

// One world box for the whole drive. Keyframes stay in the vehicle's frame at their sweeps, as all are, and
// are made to agree in the world; a better trajectory later leaves each on the points it was placed on.
Command command_track_set_standing() {
  return {
      "track.set_standing", "Object stands still",
      commands::with_sweep_arguments(
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"standing", ArgumentType::boolean, true,
            "true: it takes the world box it has at the sweep, or where it is nearest; false: it moves"}}),
      R"({"track": 1, "standing": true, "sweep": 0})", plan};
}

}  // namespace sweepmark
