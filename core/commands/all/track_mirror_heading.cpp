#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

// Front and back change places: half a turn about the box's own vertical axis.
Box3<Ego> mirrored(const Box3<Ego>& box) {
  const Eigen::Quaterniond half_turn(0, 0, 0, 1);
  return {Pose<Ego, BoxLocal>::from_unit(box.pose.rotation() * half_turn, box.pose.translation()), box.size};
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  TimestampNs from{INT64_MIN};
  // What stands still has one heading for the whole drive.
  if (commands::names_a_sweep(args) && !track->properties.standing) {
    SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
    from = time;
  }
  PatchBuilder patch(context.document);
  for (Keyframe keyframe : track->keyframes) {
    if (keyframe.time < from) continue;
    keyframe.box = mirrored(keyframe.box);
    patch.set_keyframe(track->id, std::move(keyframe));
  }
  return std::move(patch).take();
}

}  // namespace

Command command_track_mirror_heading() {
  return {"track.mirror_heading", "Swap front and back",
          commands::with_sweep_arguments(
              {{"track", ArgumentType::integer, true,
                "number of the object; all its keyframes, or those from the sweep on"}}),
          R"({"track": 1})", plan};
}

}  // namespace sweepmark
