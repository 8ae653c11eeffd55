#include "core/commands/proposals.hpp"

#include <algorithm>

#include "core/commands/arguments.hpp"

namespace sweepmark {

nlohmann::json proposals_to(std::span<const Proposal> proposals) {
  nlohmann::json list = nlohmann::json::array();
  for (const Proposal& proposal : proposals)
    list.push_back({{"time_ns", proposal.time.ns},
                    {"box", commands::box_to(proposal.box)},
                    {"confidence", std::clamp(proposal.confidence, 0.0, 1.0)}});
  return list;
}

}  // namespace sweepmark
