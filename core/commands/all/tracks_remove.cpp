#include "core/commands/registry.hpp"
#include "core/commands/tracks_argument.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(tracks, commands::tracks_from(context, args));
  PatchBuilder patch(context.document);
  for (const Track* track : tracks) patch.remove_track(track->id);
  return std::move(patch).take();
}

}  // namespace

Command command_tracks_remove() {
  return {"tracks.remove",
          "Delete objects",
          {{"tracks", ArgumentType::array, true, "numbers of the objects"}},
          R"({"tracks": [1]})",
          plan};
}

}  // namespace sweepmark
