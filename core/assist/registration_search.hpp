// Finding the motion between sweeps where the guess may be off by metres.
#pragma once

#include <span>

#include "core/assist/registration_align.hpp"
#include "core/assist/registration_support.hpp"

namespace sweepmark {

// Metres along the x axis of the guess: where the source may lie.
struct SearchRange {
  double behind = 0.5, ahead = 4.5;  // of a vehicle from 10 Hz to 10 Hz, up to 160 km/h
};

// A match with less support is looked for further; it is unsure with less than this when the search is over.
inline constexpr double search_below_share = 0.4, unsure_below_share = 0.3;

struct JudgedMatch {
  Alignment alignment;
  Support support;
  bool unsure = false;
};

// Judges `match`, found from `guess` on the finest cubes. Where surfaces across do not bear it out although
// there are such, the source is aligned from starts half a cube apart in the range, and, where none of these
// is borne out either, from starts turned by up to ten degrees, from farther behind and to both sides. The
// best supported is refined with `options`. It is unsure where its support stays low, another start leads to
// a different place with nearly as much, or few surfaces hold it in some direction. The starts, and so the
// time, are bounded by the range.
JudgedMatch judged_or_searched(const SurfelMap& target, std::span<const Surfel> source,
                               const Alignment& match, const Eigen::Isometry3d& guess,
                               const SearchRange& range, const AlignOptions& options);

}  // namespace sweepmark
