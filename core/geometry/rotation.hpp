// Angles and rotations about them.
#pragma once

#include <Eigen/Geometry>

namespace sweepmark {

// Into (−π, π].
double wrapped_angle(double radians);

// The angle about z of the rotated x axis, seen from above; 0 where the x axis stands upright.
double yaw_of(const Eigen::Quaterniond& rotation);

Eigen::Quaterniond rotation_about_z(double radians);

}  // namespace sweepmark
