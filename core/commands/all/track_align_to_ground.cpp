#include <fmt/format.h>

#include <cmath>

#include "core/commands/arguments.hpp"
#include "core/commands/placing.hpp"
#include "core/commands/registry.hpp"
#include "core/geometry/attitude.hpp"

namespace sweepmark {

namespace {

struct Placement {
  double roll = 0, pitch = 0, z = 0;
};

Result<Placement> placement_from(const nlohmann::json& j) {
  Placement placement;
  for (const auto& [name, value] : {std::pair("roll", &placement.roll), std::pair("pitch", &placement.pitch),
                                    std::pair("z", &placement.z)}) {
    if (!j.is_object() || !j.contains(name) || !j[name].is_number() || !std::isfinite(j[name].get<double>()))
      return fail(
          ErrorCode::invalid_argument,
          fmt::format("'placements' must hold {{sweep or time_ns, roll, pitch, z}}, found {}", j.dump()));
    *value = j[name].get<double>();
  }
  return placement;
}

// The ground was fitted by whoever asks: the arguments say where it leads, so that replay needs no points.
Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  PatchBuilder patch(context.document);
  for (const auto& j : args.at("placements")) {
    SWEEPMARK_TRY(time, commands::sweep_time_from(context, j));
    SWEEPMARK_TRY(placement, placement_from(j));
    const Keyframe* present = track->keyframe_at(time);
    if (!present)
      return fail(ErrorCode::not_found,
                  fmt::format("object {} has no keyframe at {} ns", track->id.value, time.ns));
    Keyframe keyframe = *present;
    keyframe.box = with_attitude(keyframe.box, placement.roll, placement.pitch, placement.z);
    keyframe.origin = Origin::human;  // a person asked for it, as for any edit of a proposal
    keyframe.confidence.reset();
    patch.set_keyframe(track->id, keyframe);
    if (track->properties.standing) commands::hold_still(patch, context.drive, track->id, keyframe);
  }
  return std::move(patch).take();
}

}  // namespace

Command command_track_align_to_ground() {
  return {"track.align_to_ground",
          "Align to ground",
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"placements", ArgumentType::array, true,
            "each {sweep or time_ns, roll, pitch in radians, z of the centre in metres}; ego frame"}},
          R"({"track": 1, "placements": [{"sweep": 0, "roll": 0.01, "pitch": -0.02, "z": -0.85}]})",
          plan};
}

}  // namespace sweepmark
