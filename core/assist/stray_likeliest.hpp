// What an object strays between two keyframes, when it is not known beforehand how unsteady it is.
#pragma once

#include "core/assist/stray.hpp"

namespace sweepmark {

// What is tried, as shares of what was thought beforehand, each twice the one before.
struct StrayTrials {
  double steadiest = 1.0 / 2048, unsteadiest = 4.0;  // of the noise's power
  double best_placed = 0.1, worst_placed = 1.0;      // of the deviation with which keyframes were placed
};

// `stretch` begins and ends with a keyframe's moment. The shares under which what was seen is likeliest (the
// filter's innovations, Schweppe 1965) are kept: where all sightings agree with the curve it is taken to be
// right, where they leave it together they are believed.
std::vector<StrayBelief> likeliest_stray(std::span<const StrayMoment> stretch, const StrayHabits& habits,
                                         const StrayTrials& trials);

}  // namespace sweepmark
