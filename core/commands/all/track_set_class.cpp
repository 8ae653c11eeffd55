#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  SWEEPMARK_TRY(class_id, commands::class_from(context, args));
  TrackProperties properties = track->properties;
  properties.class_id = class_id;
  PatchBuilder patch(context.document);
  patch.set_properties(track->id, std::move(properties));
  return std::move(patch).take();
}

}  // namespace

Command command_track_set_class() {
  return {"track.set_class",
          "Change class",
          {{"track", ArgumentType::integer, true, "number of the object"},
           {"class", ArgumentType::text_or_integer, true, "name or id of the class"}},
          R"({"track": 1, "class": "Van"})",
          plan};
}

}  // namespace sweepmark
