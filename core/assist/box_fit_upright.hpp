// From a rectangle on the ground to a box: its height, its heading, what supports it.
#pragma once

#include "core/assist/box_fit.hpp"
#include "core/assist/box_fit_score.hpp"

namespace sweepmark {

// Numbers of the points that stand within the rectangle widened by `margin` metres on every side. Ascending.
std::vector<std::uint32_t> standing_within(const std::vector<StandingPoint>& standing,
                                           const FittedRectangle& rectangle, double margin);

// The box on a rectangle: bottom on the local ground, top at the points' (their 99th percentile) where that
// is at least 70 % of the usual height; heading, support and confidence as BoxFit says.
BoxFit box_on(const FittedRectangle& rectangle, const Surroundings& around, const FitRequest& request);

}  // namespace sweepmark
