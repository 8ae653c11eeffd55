// What the algorithms propose, as commands. Each works on a snapshot, on any thread, and changes nothing: the
// session plans what comes back against the document it then has.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "core/assist/box_fit.hpp"
#include "core/assist/propagate.hpp"
#include "core/base/progress.hpp"
#include "core/labels/document.hpp"

namespace sweepmark {

struct CommandCall {
  std::string name;
  nlohmann::json args;
};

// What there is to work on; all of it outlives the call.
struct SuggestContext {
  const Document& document;
  const Drive& drive;
  const SweepSource& sweeps;
};

// A box of the class fitted to the object to which point `point` of the cloud of sweep `sweep` belongs.
// Errors: not_found where there is no such sweep, point or class; what reading the sweep gives.
Result<BoxFit> fit_box(const SuggestContext& context, std::size_t sweep, std::uint32_t point,
                       ClassId class_id);

// box.create: that box.
Result<CommandCall> suggest_box(const SuggestContext& context, std::size_t sweep, std::uint32_t point,
                                ClassId class_id);

// track.propose: the object followed from the keyframes that a person placed or a file brought, to both sides
// until it is lost and through the gaps between. Errors: not_found where the track has no such keyframe,
// cancelled; `invalid_argument` where it stands still.
Result<CommandCall> suggest_following(const SuggestContext& context, TrackId track, const Progress& progress);

// track.hold_still: one box in the world for the object, fitted to the points of all sweeps in which it is
// seen, from the first of these to the last.
Result<CommandCall> suggest_standing(const SuggestContext& context, TrackId track, const Progress& progress);

}  // namespace sweepmark
