// The eye of a 3D view: a value, moved by pure functions.
#pragma once

#include <Eigen/Core>
#include <optional>

#include "core/geometry/box3.hpp"
#include "core/geometry/frames.hpp"

namespace sweepmark {

struct Viewport {
  int width = 1, height = 1;  // pixels
};

struct ViewRay {
  Point<World> origin;
  Eigen::Vector3d direction;  // unit
};

// Orbits about a target. z is up. Clip space is OpenGL's: x right, y up, z −1 near … 1 far.
struct ViewCamera {
  Point<World> target;
  double yaw = 0.0;        // radians; 0 looks along +x
  double pitch = -0.6;     // radians; −π/2 looks straight down
  double distance = 40.0;  // metres from the eye to the target; > 0
  bool orthographic =
      false;  // then `distance` sets the height of what is seen as well, so that toggling keeps the scale
  double vertical_fov = 0.87;  // radians

  Point<World> eye() const;
  Eigen::Vector3d forward() const;
  Eigen::Vector3d right() const;
  Eigen::Vector3d up() const;

  // Near and far follow from the distance so that depth keeps its precision at every scale.
  Eigen::Matrix4d view_from_world() const;
  Eigen::Matrix4d clip_from_view(Viewport viewport) const;
  Eigen::Matrix4d clip_from_world(Viewport viewport) const {
    return clip_from_view(viewport) * view_from_world();
  }

  // Pixel (0, 0) is the upper left corner. Empty behind the eye.
  std::optional<Eigen::Vector2d> pixel_from(const Point<World>& point, Viewport viewport) const;
  ViewRay ray_through(const Eigen::Vector2d& pixel, Viewport viewport) const;
  // Metres one pixel spans at the target.
  double metres_per_pixel(Viewport viewport) const;
};

// Metres along the view direction between which things are drawn. Both follow from the camera's distance
// alone.
struct DepthRange {
  double near, far;  // 0 < near < far
};
DepthRange depth_range(const ViewCamera& camera);

// Where a ray meets the plane z = height; empty where it never does ahead of its origin.
std::optional<Point<World>> meet_horizontal_plane(const ViewRay& ray, double height);

ViewCamera orbited(ViewCamera camera, double yaw_radians, double pitch_radians);  // pitch is kept within ±π/2
// Moves so that what is under the cursor follows it by `pixels` (at the target's depth).
ViewCamera panned(ViewCamera camera, const Eigen::Vector2d& pixels, Viewport viewport);
// factor < 1 comes nearer. What is at `anchor` stays where it is on the screen.
ViewCamera zoomed(ViewCamera camera, double factor, const Point<World>& anchor);
// Moves eye and target along the camera's own axes; metres.
ViewCamera flown(ViewCamera camera, double forward, double right, double up);

enum class ViewPreset { top, front, rear, left, right, oblique };
// Looks at `target` from a preset direction relative to `heading` (radians); distance is kept. `front` stands
// ahead of the target and looks back at its front, `left` and `right` stand on that side of it, `rear` looks
// along the heading, `top` has the heading up on the screen, `oblique` looks along the heading from behind
// and above.
ViewCamera preset_view(ViewCamera camera, ViewPreset preset, const Point<World>& target, double heading);
// An orthographic view of one side of a box that fills the viewport, with `margin` times the box's size on
// each side of it. top: the heading points up. side: the box's right side, heading to the right. rear: along
// the heading, the box's left is on the left. What stands more than `margin` times the largest size before
// the box is behind the eye and not seen.
enum class BoxSide { top, side, rear };
ViewCamera box_side_view(const Box3<World>& box, BoxSide side, Viewport viewport, double margin);

}  // namespace sweepmark
