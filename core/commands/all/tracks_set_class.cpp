#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"
#include "core/commands/tracks_argument.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(tracks, commands::tracks_from(context, args));
  SWEEPMARK_TRY(class_id, commands::class_from(context, args));
  PatchBuilder patch(context.document);
  for (const Track* track : tracks) {
    TrackProperties properties = track->properties;
    properties.class_id = class_id;
    patch.set_properties(track->id, std::move(properties));
  }
  return std::move(patch).take();
}

}  // namespace

Command command_tracks_set_class() {
  return {"tracks.set_class",
          "Change class of objects",
          {{"tracks", ArgumentType::array, true, "numbers of the objects"},
           {"class", ArgumentType::text_or_integer, true, "name or id of the class"}},
          R"({"tracks": [1], "class": "Van"})",
          plan};
}

}  // namespace sweepmark
