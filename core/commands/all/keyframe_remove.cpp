#include <fmt/format.h>

#include <set>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<std::set<TimestampNs>> times_from(const PlanContext& context, const nlohmann::json& args) {
  std::set<TimestampNs> times;
  if (!args.contains("times_ns")) {
    SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
    times.insert(time);
  } else {
    for (const nlohmann::json& each : args["times_ns"]) {
      if (!each.is_number_integer())
        return fail(ErrorCode::invalid_argument,
                    fmt::format("'times_ns' must hold whole nanoseconds, found {}", each.dump()));
      SWEEPMARK_TRY(time, commands::sweep_time_from(context, {{"time_ns", each}}));
      times.insert(time);
    }
  }
  if (times.empty()) return fail(ErrorCode::invalid_argument, "'times_ns' must not be empty");
  return times;
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(times, times_from(context, args));
  for (const TimestampNs time : times)
    if (!track->keyframe_at(time))
      return fail(ErrorCode::not_found,
                  fmt::format("object {} has no keyframe at {} ns", track->id.value, time.ns));
  PatchBuilder patch(context.document);
  // An object without a keyframe is nowhere: with its last one it goes.
  if (track->keyframes.size() == times.size())
    patch.remove_track(track->id);
  else
    for (const TimestampNs time : times) patch.remove_keyframe(track->id, time);
  return std::move(patch).take();
}

}  // namespace

Command command_keyframe_remove() {
  return {"keyframe.remove", "Remove keyframe",
          commands::with_sweep_arguments(
              {{"track", ArgumentType::integer, true, "number of the object"},
               {"times_ns", ArgumentType::array, false, "instead of one sweep: the times of several"}}),
          R"({"track": 1, "sweep": 0})", plan};
}

}  // namespace sweepmark
