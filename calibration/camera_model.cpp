#include "calibration/camera_model.hpp"

#include <fmt/format.h>

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "calibration/lens_functions.hpp"
#include "core/base/units.hpp"

namespace sweepmark {

namespace {

using Coefficients = std::array<double, 8>;

// The first angle at which `sound` fails, or `cap`: steps of a twentieth of a degree, then bisection.
template <class Sound>
double first_failing(double cap, Sound sound) {
  constexpr double step = radians_from_degrees(0.05);
  double low = 0;
  for (double high = step;; high += step) {
    high = std::min(high, cap);
    if (!sound(high)) {
      for (int i = 0; i < 50; ++i) {
        const double middle = 0.5 * (low + high);
        (sound(middle) ? low : high) = middle;
      }
      return low;
    }
    if (high >= cap) return cap;
    low = high;
  }
}

// The image of a ring of rays stays a ring: the distorted radius grows, and with tangential distortion the
// map keeps its orientation in every direction.
bool pinhole_is_sound(const Coefficients& k, double radius) {
  const RadialFactor radial = radial_factor(k, radius * radius);
  if (radial.denominator <= 0 || radial.value + 2 * radius * radius * radial.slope <= 0) return false;
  if (k[2] == 0 && k[3] == 0) return true;
  constexpr int directions = 16;
  for (int i = 0; i < directions; ++i) {
    const double angle = 2 * std::numbers::pi * i / directions;
    const Eigen::Matrix2d jacobian =
        brown_conrady_jacobian(k, radius * Eigen::Vector2d(std::cos(angle), std::sin(angle)));
    if (jacobian.determinant() <= 0 || jacobian.trace() <= 0) return false;
  }
  return true;
}

double pinhole_limit(const Coefficients& k) {
  const double angle =
      first_failing(radians_from_degrees(89), [&k](double a) { return pinhole_is_sound(k, std::tan(a)); });
  return std::tan(angle);
}

// Radius of the image's farthest corner in normalised distorted coordinates; 0 where the image's size is not
// known.
double corner_radius(const CameraIntrinsics& c) {
  if (c.width <= 0 || c.height <= 0) return 0;
  const double x = std::max(c.cx + 0.5, c.width - 0.5 - c.cx) / c.fx,
               y = std::max(c.cy + 0.5, c.height - 0.5 - c.cy) / c.fy;
  return std::hypot(x, y);
}

double fisheye_limit(const Coefficients& k, double corner) {
  const double right_angle = std::numbers::pi / 2;
  const double fold =
      first_failing(std::numbers::pi, [&k](double a) { return kannala_brandt(k, a).slope > 0; });
  if (fold <= right_angle || kannala_brandt(k, right_angle).value >= corner)
    return std::min(fold, right_angle);
  return first_failing(fold, [&](double a) { return kannala_brandt(k, a).value < corner; });
}

// Where a growing function of 0…limit takes the value `target`: Newton's method, held inside a shrinking
// bracket.
template <class Function>
std::optional<double> solved(double target, double limit, Function function) {
  double low = 0, high = limit;
  if (function(high).value < target) return std::nullopt;
  double x = std::min(target, limit);
  for (int i = 0; i < 100; ++i) {
    const RadiusAt at = function(x);
    (at.value < target ? low : high) = x;
    double next = x - (at.value - target) / at.slope;
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    const double moved = std::abs(next - x);
    x = next;
    if (moved <= 1e-15 * (1 + x)) break;
  }
  return x;
}

std::optional<Eigen::Vector2d> undistorted(const Coefficients& k, double limit,
                                           const Eigen::Vector2d& distorted) {
  const double radius = distorted.norm();
  const auto along = solved(radius, limit, [&k](double r) { return brown_conrady_radius(k, r); });
  const bool radial_only = k[2] == 0 && k[3] == 0;
  if (radial_only && !along) return std::nullopt;
  // With tangential distortion the rim is not a circle: a pixel a little past it may still belong to a ray
  // inside.
  const double start = along.value_or(0.95 * limit);
  Eigen::Vector2d p = radius > 0 ? Eigen::Vector2d(distorted * (start / radius)) : Eigen::Vector2d(0, 0);
  if (radial_only) return p;
  for (int i = 0; i < 50; ++i) {
    Eigen::Vector2d move = brown_conrady_jacobian(k, p).inverse() * (distorted - brown_conrady(k, p));
    if (!move.allFinite()) return std::nullopt;
    p += move;
    if (p.norm() > limit) p *= limit / p.norm();
    if (move.norm() <= 1e-14 * (1 + p.norm())) break;
  }
  const double residual = (brown_conrady(k, p) - distorted).norm();
  if (residual > 1e-11 * (1 + radius)) return std::nullopt;
  return p;
}

Result<void> check(const CameraIntrinsics& c) {
  const auto wrong = [](std::string message) {
    return fail(ErrorCode::invalid_argument, "camera intrinsics: " + std::move(message));
  };
  if (!(c.fx > 0 && c.fy > 0 && std::isfinite(c.fx) && std::isfinite(c.fy)))
    return wrong(fmt::format("positive focal lengths were expected, found fx {} and fy {}", c.fx, c.fy));
  if (!std::isfinite(c.cx) || !std::isfinite(c.cy))
    return wrong(fmt::format("a finite principal point was expected, found ({}, {})", c.cx, c.cy));
  if (!std::ranges::all_of(c.distortion, [](double value) { return std::isfinite(value); }))
    return wrong("finite distortion coefficients were expected");
  const std::size_t count = c.distortion.size();
  if (c.model == LensModel::kannala_brandt && count != 4)
    return wrong(fmt::format("4 coefficients of a Kannala–Brandt fisheye were expected, found {}", count));
  if (c.model == LensModel::pinhole && count != 0 && count != 4 && count != 5 && count != 8)
    return wrong(fmt::format("0, 4, 5 or 8 coefficients of a pinhole were expected, found {}", count));
  return {};
}

}  // namespace

Result<CameraModel> CameraModel::from(const CameraIntrinsics& intrinsics) {
  SWEEPMARK_CHECK(check(intrinsics));
  return CameraModel(intrinsics);
}

CameraModel::CameraModel(const CameraIntrinsics& intrinsics) : intrinsics_(intrinsics) {
  std::ranges::copy(intrinsics.distortion, k_.begin());
  max_undistorted_ = intrinsics.model == LensModel::pinhole ? pinhole_limit(k_)
                                                            : fisheye_limit(k_, corner_radius(intrinsics));
}

double CameraModel::max_angle() const {
  return intrinsics_.model == LensModel::pinhole ? std::atan(max_undistorted_) : max_undistorted_;
}

Eigen::Vector2d CameraModel::pixel_of(const Eigen::Vector2d& distorted) const {
  return {intrinsics_.fx * distorted.x() + intrinsics_.cx, intrinsics_.fy * distorted.y() + intrinsics_.cy};
}

std::optional<Eigen::Vector2d> CameraModel::pixel_from(const Point<Camera>& point) const {
  const Eigen::Vector2d across = point.metres.head<2>();
  const double depth = point.z();
  if (intrinsics_.model == LensModel::pinhole) {
    // Written so that what is not a number is refused as well.
    if (!(depth > 0) || !(across.squaredNorm() <= max_undistorted_ * max_undistorted_ * depth * depth))
      return std::nullopt;
    const Eigen::Vector2d undistorted = across / depth;
    return pixel_of(intrinsics_.distortion.empty() ? undistorted : brown_conrady(k_, undistorted));
  }
  const double radius = across.norm(), theta = std::atan2(radius, depth);
  if (!(theta <= max_undistorted_) || !(radius + std::abs(depth) > 0)) return std::nullopt;
  if (radius == 0) return pixel_of({0, 0});
  return pixel_of(across * (kannala_brandt(k_, theta).value / radius));
}

std::optional<Point<Camera>> CameraModel::ray_from(const Eigen::Vector2d& pixel) const {
  const Eigen::Vector2d distorted((pixel.x() - intrinsics_.cx) / intrinsics_.fx,
                                  (pixel.y() - intrinsics_.cy) / intrinsics_.fy);
  if (!distorted.allFinite()) return std::nullopt;
  if (intrinsics_.model == LensModel::pinhole) {
    const auto p = undistorted(k_, max_undistorted_, distorted);
    if (!p) return std::nullopt;
    return Point<Camera>(Eigen::Vector3d(p->x(), p->y(), 1).normalized());
  }
  const double radius = distorted.norm();
  const auto theta =
      solved(radius, max_undistorted_, [this](double angle) { return kannala_brandt(k_, angle); });
  if (!theta) return std::nullopt;
  if (radius == 0) return Point<Camera>(0, 0, 1);
  const Eigen::Vector2d across = distorted * (std::sin(*theta) / radius);
  return Point<Camera>(across.x(), across.y(), std::cos(*theta));
}

bool CameraModel::in_image(const Eigen::Vector2d& pixel) const {
  return pixel.x() >= -0.5 && pixel.y() >= -0.5 && pixel.x() < intrinsics_.width - 0.5 &&
         pixel.y() < intrinsics_.height - 0.5;
}

}  // namespace sweepmark
