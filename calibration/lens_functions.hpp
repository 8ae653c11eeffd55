// The lens equations with their derivatives, in normalised coordinates. Private to calibration.
#pragma once

#include <Eigen/Core>
#include <array>

namespace sweepmark {

// Brown–Conrady with OpenCV's numbering: k = k1 k2 p1 p2 k3 k4 k5 k6. `s` is the squared undistorted radius.
struct RadialFactor {
  double value, slope;  // L(s) and dL/ds, L = (1 + k1 s + k2 s² + k3 s³) / (1 + k4 s + k5 s² + k6 s³)
  double denominator;
};

inline RadialFactor radial_factor(const std::array<double, 8>& k, double s) {
  const double above = 1 + s * (k[0] + s * (k[1] + s * k[4]));
  const double below = 1 + s * (k[5] + s * (k[6] + s * k[7]));
  const double above_slope = k[0] + s * (2 * k[1] + 3 * s * k[4]);
  const double below_slope = k[5] + s * (2 * k[6] + 3 * s * k[7]);
  return {above / below, (above_slope * below - above * below_slope) / (below * below), below};
}

inline Eigen::Vector2d brown_conrady(const std::array<double, 8>& k, const Eigen::Vector2d& p) {
  const double x = p.x(), y = p.y(), s = p.squaredNorm();
  const double above = 1 + s * (k[0] + s * (k[1] + s * k[4]));
  const double below = 1 + s * (k[5] + s * (k[6] + s * k[7]));
  const double radial = above / below;
  return {x * radial + 2 * k[2] * x * y + k[3] * (s + 2 * x * x),
          y * radial + k[2] * (s + 2 * y * y) + 2 * k[3] * x * y};
}

inline Eigen::Matrix2d brown_conrady_jacobian(const std::array<double, 8>& k, const Eigen::Vector2d& p) {
  const double x = p.x(), y = p.y();
  const RadialFactor radial = radial_factor(k, p.squaredNorm());
  const double mixed = 2 * x * y * radial.slope + 2 * k[2] * x + 2 * k[3] * y;
  Eigen::Matrix2d jacobian;
  jacobian << radial.value + 2 * x * x * radial.slope + 2 * k[2] * y + 6 * k[3] * x, mixed, mixed,
      radial.value + 2 * y * y * radial.slope + 6 * k[2] * y + 2 * k[3] * x;
  return jacobian;
}

// Kannala–Brandt: distorted radius by the angle from the optical axis, θ (1 + k1 θ² + k2 θ⁴ + k3 θ⁶ + k4 θ⁸),
// and its slope.
struct RadiusAt {
  double value, slope;
};

inline RadiusAt kannala_brandt(const std::array<double, 8>& k, double theta) {
  const double s = theta * theta;
  return {theta * (1 + s * (k[0] + s * (k[1] + s * (k[2] + s * k[3])))),
          1 + s * (3 * k[0] + s * (5 * k[1] + s * (7 * k[2] + s * 9 * k[3])))};
}

inline RadiusAt brown_conrady_radius(const std::array<double, 8>& k, double radius) {
  const double s = radius * radius;
  const RadialFactor radial = radial_factor(k, s);
  return {radius * radial.value, radial.value + 2 * s * radial.slope};
}

}  // namespace sweepmark
