#include "core/assist/odometry_motion.hpp"

#include <cmath>

namespace sweepmark {

double angle_of(const EgoMotion& motion) {
  return Eigen::AngleAxisd(motion.rotation()).angle();
}

void GuessError::add(const EgoMotion& guess_from_found) {
  constexpr double typical_distance_m = 20.0, share_of_latest = 0.3;
  const double error = guess_from_found.translation().norm() +
                       2 * typical_distance_m * std::sin(0.5 * angle_of(guess_from_found));
  mean_square_ += share_of_latest * (error * error - mean_square_);
}

double GuessError::reach() const {
  return 3.0 * std::sqrt(mean_square_);
}

}  // namespace sweepmark
