#include "core/geometry/rotation.hpp"

#include <Eigen/SVD>
#include <cmath>
#include <numbers>

#include "core/geometry/pose.hpp"

namespace sweepmark {

double wrapped_angle(double radians) {
  const double wrapped = std::remainder(radians, 2.0 * std::numbers::pi);
  return wrapped <= -std::numbers::pi ? std::numbers::pi : wrapped;
}

double yaw_of(const Eigen::Quaterniond& rotation) {
  const Eigen::Vector3d forward = rotation * Eigen::Vector3d::UnitX();
  return std::atan2(forward.y(), forward.x());
}

Eigen::Quaterniond rotation_about_z(double radians) {
  return Eigen::Quaterniond(Eigen::AngleAxisd(radians, Eigen::Vector3d::UnitZ()));
}

Eigen::Quaterniond nearest_rotation(const Eigen::Matrix3d& matrix) {
  const Eigen::JacobiSVD<Eigen::Matrix3d> svd(matrix, Eigen::ComputeFullU | Eigen::ComputeFullV);
  Eigen::Vector3d signs(1.0, 1.0,
                        (svd.matrixU() * svd.matrixV().transpose()).determinant() < 0.0 ? -1.0 : 1.0);
  return Eigen::Quaterniond(Eigen::Matrix3d(svd.matrixU() * signs.asDiagonal() * svd.matrixV().transpose()));
}

}  // namespace sweepmark
