#include <fmt/format.h>

#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Motion> motion_from(const std::string& word) {
  if (word == "smooth") return Motion::smooth;
  if (word == "linear") return Motion::linear;
  if (word == "keyframes_only") return Motion::keyframes_only;
  return fail(ErrorCode::invalid_argument,
              fmt::format("'motion' must be smooth, linear or keyframes_only, found '{}'", word));
}

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(motion, motion_from(args.at("motion").get<std::string>()));
  TrackProperties properties = track->properties;
  properties.motion = motion;
  PatchBuilder patch(context.document);
  patch.set_properties(track->id, std::move(properties));
  return std::move(patch).take();
}

}  // namespace

Command command_track_set_motion() {
  return {"track.set_motion",
          "Interpolate",
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"motion", ArgumentType::text, true, "smooth, linear or keyframes_only"}},
          R"({"track": 1, "motion": "linear"})",
          plan};
}

}  // namespace sweepmark
