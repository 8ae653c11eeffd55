#include "core/commands/arguments.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark {

namespace {

Result<Patch> plan(const PlanContext& context, const nlohmann::json& args) {
  SWEEPMARK_TRY(track, commands::track_from(context, args));
  PatchBuilder patch(context.document);
  patch.remove_track(track->id);
  return std::move(patch).take();
}

}  // namespace

Command command_track_remove() {
  return {"track.remove",
          "Delete object",
          {{"track", ArgumentType::integer, true, "number of the object"}},
          R"({"track": 1})",
          plan};
}

}  // namespace sweepmark
