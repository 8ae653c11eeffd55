#include "render/view_camera.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace sweepmark {

namespace {

constexpr double quarter_turn = std::numbers::pi / 2.0;

// Metres from the middle of the picture to its upper border, at the target.
double half_height_at_target(const ViewCamera& camera) {
  return camera.distance * std::tan(0.5 * camera.vertical_fov);
}

double aspect(Viewport viewport) {
  return static_cast<double>(viewport.width) / viewport.height;
}

// Yaw and pitch of a preset, for an object that heads along `heading`.
std::array<double, 2> preset_angles(ViewPreset preset, double heading) {
  switch (preset) {
    case ViewPreset::top:
      return {heading, -quarter_turn};
    case ViewPreset::front:
      return {heading + std::numbers::pi, 0.0};
    case ViewPreset::rear:
      return {heading, 0.0};
    case ViewPreset::left:
      return {heading - quarter_turn, 0.0};
    case ViewPreset::right:
      return {heading + quarter_turn, 0.0};
    case ViewPreset::oblique:
      break;
  }
  return {heading, -0.6};
}

// Half of what a box spans along an axis through its centre.
double half_extent(const Box3<World>& box, const Eigen::Vector3d& axis) {
  const Eigen::Vector3d local = box.pose.rotation().conjugate() * axis;
  return 0.5 * local.cwiseAbs().dot(box.size);
}

}  // namespace

Eigen::Vector3d ViewCamera::forward() const {
  return {std::cos(pitch) * std::cos(yaw), std::cos(pitch) * std::sin(yaw), std::sin(pitch)};
}

Eigen::Vector3d ViewCamera::right() const {
  return {std::sin(yaw), -std::cos(yaw), 0.0};
}

Eigen::Vector3d ViewCamera::up() const {
  return {-std::sin(pitch) * std::cos(yaw), -std::sin(pitch) * std::sin(yaw), std::cos(pitch)};
}

Point<World> ViewCamera::eye() const {
  return Point<World>(target.metres - distance * forward());
}

DepthRange depth_range(const ViewCamera& camera) {
  const double near = (camera.orthographic ? 1e-4 : 5e-3) * camera.distance;
  return {near, std::max(2'000.0 * camera.distance, 5'000.0)};
}

Eigen::Matrix4d ViewCamera::view_from_world() const {
  Eigen::Matrix4d view = Eigen::Matrix4d::Identity();
  view.row(0).head<3>() = right();
  view.row(1).head<3>() = up();
  view.row(2).head<3>() = -forward();
  view.topRightCorner<3, 1>() = -(view.topLeftCorner<3, 3>() * eye().metres);
  return view;
}

Eigen::Matrix4d ViewCamera::clip_from_view(Viewport viewport) const {
  const auto [near, far] = depth_range(*this);
  Eigen::Matrix4d clip = Eigen::Matrix4d::Zero();
  if (orthographic) {
    const double half_height = half_height_at_target(*this);
    clip(0, 0) = 1.0 / (half_height * aspect(viewport));
    clip(1, 1) = 1.0 / half_height;
    clip(2, 2) = -2.0 / (far - near);
    clip(2, 3) = -(far + near) / (far - near);
    clip(3, 3) = 1.0;
  } else {
    const double scale = 1.0 / std::tan(0.5 * vertical_fov);
    clip(0, 0) = scale / aspect(viewport);
    clip(1, 1) = scale;
    clip(2, 2) = -(far + near) / (far - near);
    clip(2, 3) = -2.0 * far * near / (far - near);
    clip(3, 2) = -1.0;
  }
  return clip;
}

std::optional<Eigen::Vector2d> ViewCamera::pixel_from(const Point<World>& point, Viewport viewport) const {
  const Eigen::Vector3d from_eye = point.metres - eye().metres;
  const double depth = from_eye.dot(forward());
  if (!(depth > 0.0)) return std::nullopt;
  // Pixels a metre spans at that depth: pixels are square, so one number serves both axes.
  const double pixels_per_metre = (orthographic ? 1.0 : distance / depth) / metres_per_pixel(viewport);
  return Eigen::Vector2d(0.5 * viewport.width + from_eye.dot(right()) * pixels_per_metre,
                         0.5 * viewport.height - from_eye.dot(up()) * pixels_per_metre);
}

ViewRay ViewCamera::ray_through(const Eigen::Vector2d& pixel, Viewport viewport) const {
  const double scale = metres_per_pixel(viewport);
  const Eigen::Vector3d aside = (pixel.x() - 0.5 * viewport.width) * scale * right() +
                                (0.5 * viewport.height - pixel.y()) * scale * up();
  if (orthographic) return {Point<World>(eye().metres + aside), forward()};
  return {eye(), (distance * forward() + aside).normalized()};
}

double ViewCamera::metres_per_pixel(Viewport viewport) const {
  return 2.0 * half_height_at_target(*this) / viewport.height;
}

std::optional<Point<World>> meet_horizontal_plane(const ViewRay& ray, double height) {
  const double above = height - ray.origin.z();
  if (above == 0.0) return ray.origin;
  const double along = above / ray.direction.z();
  if (!std::isfinite(along) || along < 0.0) return std::nullopt;
  return Point<World>(ray.origin.metres + along * ray.direction);
}

ViewCamera orbited(ViewCamera camera, double yaw_radians, double pitch_radians) {
  camera.yaw = wrapped_angle(camera.yaw + yaw_radians);
  camera.pitch = std::clamp(camera.pitch + pitch_radians, -quarter_turn, quarter_turn);
  return camera;
}

ViewCamera panned(ViewCamera camera, const Eigen::Vector2d& pixels, Viewport viewport) {
  const double scale = camera.metres_per_pixel(viewport);
  camera.target.metres += scale * (pixels.y() * camera.up() - pixels.x() * camera.right());
  return camera;
}

ViewCamera zoomed(ViewCamera camera, double factor, const Point<World>& anchor) {
  // Eye and target shrink towards the anchor together, so every direction from the eye to the anchor is kept.
  camera.target.metres = anchor.metres + factor * (camera.target.metres - anchor.metres);
  camera.distance *= factor;
  return camera;
}

ViewCamera flown(ViewCamera camera, double forward, double right, double up) {
  camera.target.metres += forward * camera.forward() + right * camera.right() + up * camera.up();
  return camera;
}

ViewCamera preset_view(ViewCamera camera, ViewPreset preset, const Point<World>& target, double heading) {
  const auto [yaw, pitch] = preset_angles(preset, heading);
  camera.target = target;
  camera.yaw = wrapped_angle(yaw);
  camera.pitch = pitch;
  return camera;
}

ViewCamera box_side_view(const Box3<World>& box, BoxSide side, Viewport viewport, double margin) {
  const ViewPreset preset = side == BoxSide::top    ? ViewPreset::top
                            : side == BoxSide::side ? ViewPreset::right
                                                    : ViewPreset::rear;
  ViewCamera camera = preset_view({}, preset, box.centre(), box.yaw());
  camera.orthographic = true;
  const double around = 1.0 + 2.0 * margin;
  const double half_height =
      around * std::max(half_extent(box, camera.up()), half_extent(box, camera.right()) / aspect(viewport));
  // The eye stands close, so that a tree's crown over the box or a car beside it is behind the eye and hides
  // nothing; the field of view then follows from the height that is to be seen.
  camera.distance = half_extent(box, camera.forward()) + margin * box.size.maxCoeff() + 0.1;
  camera.vertical_fov = 2.0 * std::atan(half_height / camera.distance);
  return camera;
}

}  // namespace sweepmark
