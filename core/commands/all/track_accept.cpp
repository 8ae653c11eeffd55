#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

// From here on they are a person's, and no algorithm overwrites them.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(end, commands::end_time_from(context, args));
  TimeInterval interval{{INT64_MIN}, end.value_or(TimestampNs{INT64_MAX})};
  if (commands::names_a_sweep(args)) {
    SWEEPMARK_TRY(time, commands::sweep_time_from(context, args));
    interval = {time, end.value_or(time)};
  }
  if (interval.last < interval.first)
    return fail(ErrorCode::invalid_argument, fmt::format("the interval ends ({} ns) before it begins ({} ns)",
                                                         interval.last.ns, interval.first.ns));
  PatchBuilder patch(context.document);
  for (Keyframe keyframe : track->keyframes) {
    if (keyframe.origin != Origin::automatic || !interval.contains(keyframe.time)) continue;
    keyframe.origin = Origin::human;
    keyframe.confidence.reset();
    patch.set_keyframe(track->id, std::move(keyframe));
  }
  return std::move(patch).take();
}

}  // namespace

Command command_track_accept() {
  return {"track.accept", "Accept proposed boxes",
          commands::with_interval_arguments({{"track", ArgumentType::integer, true,
                                              "number of the object; all its boxes without a sweep"}}),
          R"({"track": 1, "sweep": 0, "to_sweep": 9})", plan};
}

}  // namespace sweepmark
