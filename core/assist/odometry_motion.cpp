#include "core/assist/odometry_motion.hpp"

#include <Eigen/LU>
#include <cmath>

namespace sweepmark {

namespace {

// V(θ) of the source: takes the shift of a twist to the translation of its motion.
Eigen::Matrix3d translation_from_shift(const Eigen::Vector3d& turn) {
  const double angle = turn.norm();
  Eigen::Matrix3d k;
  k << 0, -turn.z(), turn.y(), turn.z(), 0, -turn.x(), -turn.y(), turn.x(), 0;
  if (angle < 1e-4) return Eigen::Matrix3d::Identity() + k / 2 + k * k / 6;
  return Eigen::Matrix3d::Identity() + (1 - std::cos(angle)) / (angle * angle) * k +
         (angle - std::sin(angle)) / (angle * angle * angle) * k * k;
}

}  // namespace

EgoMotion scaled(const EgoMotion& motion, double share) {
  const Eigen::AngleAxisd rotation(motion.rotation());
  const Eigen::Vector3d turn = rotation.angle() * rotation.axis();
  const Eigen::Vector3d shift = translation_from_shift(turn).inverse() * motion.translation();
  return {Eigen::Quaterniond(Eigen::AngleAxisd(share * rotation.angle(), rotation.axis())),
          translation_from_shift(share * turn) * (share * shift)};
}

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
