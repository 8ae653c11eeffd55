// Motions of the vehicle, and how well the last one foretold the next.
#pragma once

#include "core/geometry/pose.hpp"
#include "core/geometry/twist.hpp"

namespace sweepmark {

using EgoMotion = Pose<Ego, Ego>;  // takes coordinates of the later moment to the earlier

double angle_of(const EgoMotion& motion);  // radians, 0…π

// After the adaptive threshold of KISS-ICP (Vizzo et al. 2023, equations 4 and 5), forgetting what is long
// past.
class GuessError {
 public:
  // What lay between the guessed pose and the one found.
  void add(const EgoMotion& guess_from_found);
  // Nothing is known of the motion any more.
  void forget() { mean_square_ = at_first * at_first; }
  // Metres within which the next sweep's points are to be looked for.
  double reach() const;

 private:
  static constexpr double at_first = 1.0;
  double mean_square_ = at_first * at_first;
};

}  // namespace sweepmark
