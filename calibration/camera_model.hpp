// From rays to pixels and back, for the lenses of a rig.
#pragma once

#include <Eigen/Core>
#include <array>
#include <optional>

#include "core/base/result.hpp"
#include "core/drive/rig.hpp"

namespace sweepmark {

// A value; cheap to copy. Pixel (0, 0) is the middle of the upper left pixel; the image spans −0.5 … width −
// 0.5.
//
// Pinhole with Brown–Conrady distortion (Brown 1966; radial k1 k2 k3 and, with 8 coefficients, the rational
// denominator k4 k5 k6; tangential p1 p2), and the equidistant fisheye of Kannala & Brandt (2006, k1…k4);
// both as OpenCV defines them. Rays past the point where the distorted radius stops growing are rejected:
// beyond it the polynomial folds back and points far outside the view would land in the image. Pinholes end
// at 89° in any case; fisheyes at 90°, or where the image's farthest corner lies when that is further out.
class CameraModel {
 public:
  // Fails where the focal length is not positive, a coefficient is not finite, or their number does not fit
  // the model.
  static Result<CameraModel> from(const CameraIntrinsics& intrinsics);

  const CameraIntrinsics& intrinsics() const { return intrinsics_; }

  // The pixel a point is seen at, also outside the image. Empty for points behind the camera, and for rays
  // the lens model does not cover.
  std::optional<Eigen::Vector2d> pixel_from(const Point<Camera>& point) const;
  // The unit ray through a pixel, to 1e-9 by Newton's method. Empty where the model does not reach that
  // pixel.
  std::optional<Point<Camera>> ray_from(const Eigen::Vector2d& pixel) const;
  bool in_image(const Eigen::Vector2d& pixel) const;
  // The largest angle between the optical axis and a ray that the model covers, radians.
  double max_angle() const;

 private:
  explicit CameraModel(const CameraIntrinsics& intrinsics);
  Eigen::Vector2d pixel_of(const Eigen::Vector2d& distorted) const;

  CameraIntrinsics intrinsics_;
  std::array<double, 8> k_{};  // the coefficients, zero where there are fewer
  double max_undistorted_ =
      0;  // largest radius (pinhole: tangent; fisheye: angle) before the distortion folds back
};

}  // namespace sweepmark
