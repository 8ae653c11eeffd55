#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  TrackProperties properties = track->properties;
  properties.name = args.at("name").get<std::string>();
  PatchBuilder patch(context.document);
  patch.set_properties(track->id, std::move(properties));
  return std::move(patch).take();
}

}  // namespace

Command command_track_rename() {
  return {"track.rename",
          "Name object",
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"name", ArgumentType::text, true, "its name for people; empty takes it away"}},
          R"({"track": 1, "name": "the red van"})",
          plan};
}

}  // namespace sweepmark
