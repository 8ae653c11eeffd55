// Several objects in the arguments of a command.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "core/session/command.hpp"

namespace sweepmark::commands {

// The tracks that the array "tracks" names, each once, by number; an error where one is not there.
Result<std::vector<const Track*>> tracks_from(const PlanContext& context, const nlohmann::json& args);

}  // namespace sweepmark::commands
