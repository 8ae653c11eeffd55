// What a person's drags do to a box, for measuring effort: a hand that knows where it wants to go and does
// not quite get there.
#pragma once

#include <cstdint>

#include "core/geometry/box3.hpp"

namespace sweepmark {

// How far a hand ends from where it meant to. Every gesture has its own error, drawn from its number, so that
// a run repeats itself.
struct HandError {
  double place_m = 0.03;    // standard deviation in each direction
  double turn_rad = 0.017;  // one degree
  std::uint64_t seed = 1;
};

struct Correction {
  Box3<Ego> box;
  std::size_t drags = 0;
  double iou = 0;  // 3D, with the truth
};

// The fewest drags of the window's handles that bring `box` to a 3D IoU of `target` with `truth`: turn the
// heading, move it in the view from above, lift it in the view from the side, pull one or two corners of its
// footprint (length and width), pull top or bottom (height). Of equally many the best; of none that reaches
// the target the best there is. No drag where the box is good already. `gesture` numbers the hand's errors.
Correction corrected_by_hand(const Box3<Ego>& box, const Box3<Ego>& truth, double target,
                             const HandError& error, std::uint64_t gesture);

}  // namespace sweepmark
