#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
  if (!track->keyframe_at(time))
    return fail(ErrorCode::not_found,
                fmt::format("object {} has no keyframe at {} ns", track->id.value, time.ns));
  PatchBuilder patch(context.document);
  // An object without a keyframe is nowhere: with its last one it goes.
  if (track->keyframes.size() == 1)
    patch.remove_track(track->id);
  else
    patch.remove_keyframe(track->id, time);
  return std::move(patch).take();
}

}  // namespace

Command command_keyframe_remove() {
  return {"keyframe.remove", "Remove keyframe",
          commands::with_sweep_arguments({{"track", ArgumentType::integer, true, "number of the object"}}),
          R"({"track": 1, "sweep": 0})", plan};
}

}  // namespace sweepmark
