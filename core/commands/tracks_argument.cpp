#include "core/commands/tracks_argument.hpp"

#include <map>

#include "core/commands/arguments.hpp"

namespace sweepmark::commands {

Result<std::vector<const Track*>> tracks_from(const PlanContext& context, const nlohmann::json& args) {
  std::map<TrackId, const Track*> named;
  for (const auto& number : args.at("tracks")) {
    SWEEPMARK_TRY(track, track_from(context, {{"track", number}}));
    named.emplace(track->id, track);
  }
  std::vector<const Track*> tracks;
  for (const auto& [id, track] : named) tracks.push_back(track);
  return tracks;
}

}  // namespace sweepmark::commands
