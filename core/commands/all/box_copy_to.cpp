#include <fmt/format.h>

#include "core/assist/interpolate.hpp"
#include "core/commands/arguments.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark {

namespace {

Result<bool> in_world_from(const nlohmann::json& args) {
  const auto frame = args.value("frame", std::string("world"));
  if (frame == "world" || frame == "ego") return frame == "world";
  return fail(ErrorCode::invalid_argument, fmt::format("'frame' must be world or ego, found '{}'", frame));
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(from, commands::sweep_time_from(context, args));
  SWEEPMARK_TRY(in_world, in_world_from(args));
  const Trajectory& trajectory = trajectory_of(context.document, context.drive);
  const auto box = box_at(*track, trajectory, from);
  if (!box)
    return fail(ErrorCode::not_found, fmt::format("object {} has no box at {} ns", track->id.value, from.ns));
  const Track held{track->id, {}, {{from, box->box, Origin::human, {}}}};
  PatchBuilder patch(context.document);
  for (const auto& sweep : args.at("sweeps")) {
    SWEEPMARK_TRY(time, commands::sweep_time_from(context, {{"sweep", sweep}}));
    if (time == from) continue;
    commands::place_box(patch, context.drive, track->id, time,
                        in_world ? *box_held_at(held, trajectory, time) : box->box);
  }
  return std::move(patch).take();
}

}  // namespace

Command command_box_copy_to() {
  return {"box.copy_to", "Copy box to sweeps",
          commands::with_sweep_arguments(
              {{"track", ArgumentType::integer, true, "number of the object"},
               {"sweeps", ArgumentType::array, true, "numbers of the sweeps that get the box"},
               {"frame", ArgumentType::text, false,
                "world (where it stands, as is usual) or ego (as it lies to the vehicle)"}}),
          R"({"track": 1, "sweep": 0, "sweeps": [1, 2], "frame": "world"})", plan};
}

}  // namespace sweepmark
