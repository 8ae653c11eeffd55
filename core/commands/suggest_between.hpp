// What lies between a track's keyframes, proposed anew; as suggest.hpp has it for whole tracks.
#pragma once

#include <span>

#include "core/commands/suggest.hpp"

namespace sweepmark {

// track.propose: the object followed anew from the keyframes that stand at `times` (ascending) to the nearest
// that stand before the first and after the last of them, or where there is none, until it is lost. What lies
// beyond those stays as it is. Errors: not_found where no keyframe stands at any of `times` and where nothing
// was found, cancelled, `invalid_argument` where the object stands still.
Result<CommandCall> suggest_gaps_beside(const SuggestContext& context, TrackId track,
                                        std::span<const TimestampNs> times, const Progress& progress);

// track.propose: a box for every sweep between the first and the last keyframe that stands, held to the
// points of the sweeps where these speak (refit.hpp). Errors: not_found where fewer than two keyframes stand,
// cancelled.
Result<CommandCall> suggest_refit(const SuggestContext& context, TrackId track, const Progress& progress);

}  // namespace sweepmark
