#include "core/commands/arguments.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  SWEEPMARK_TRY(box, commands::box_from(args.at("box")));
  PatchBuilder patch(context.document);
  commands::place_box(patch, context.drive, track->id, time, box);
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
