// Boxes that algorithms propose, on their way into the labels.
#pragma once

#include <nlohmann/json.hpp>
#include <span>

#include "core/assist/propagate.hpp"

namespace sweepmark {

// The "keyframes" of the command track.propose.
nlohmann::json proposals_to(std::span<const Proposal> proposals);

}  // namespace sweepmark
