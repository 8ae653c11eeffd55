#include "core/geometry/twist.hpp"

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

Twist twist_of(const Eigen::Quaterniond& rotation, const Eigen::Vector3d& translation) {
  const Eigen::AngleAxisd turned(rotation);
  const Eigen::Vector3d turn = turned.angle() * turned.axis();
  return {turn, translation_from_shift(turn).inverse() * translation};
}

Eigen::Quaterniond rotation_of(const Twist& twist) {
  const double angle = twist.turn.norm();
  if (!(angle > 0)) return Eigen::Quaterniond::Identity();
  return Eigen::Quaterniond(Eigen::AngleAxisd(angle, twist.turn / angle));
}

Eigen::Vector3d translation_of(const Twist& twist) {
  return translation_from_shift(twist.turn) * twist.shift;
}

}  // namespace sweepmark
