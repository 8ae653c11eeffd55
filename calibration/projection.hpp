// A sweep and boxes as a camera sees them. What the window draws over images comes from here.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

#include "calibration/camera_model.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark {

struct ProjectedPoint {
  std::uint32_t index;  // in the cloud
  float u, v;           // pixel
  float depth;          // metres along the optical axis (pinhole) or along the ray (fisheye)
  bool visible;         // not hidden from the camera by nearer points
};

struct VisibilityOptions {
  double map_scale = 0.25;  // pixels of the min-depth map an image pixel
  double angular_resolution =
      0.0035;  // radians between neighbouring lidar points; sets how far round a point is looked
  double tolerance_m = 0.1;       // a point is hidden where something is nearer by more than this …
  double tolerance_share = 0.03;  // … and by more than this share of its depth
};

// Points in the image, in cloud order. Hidden ones are marked by a coarse map of least depths (as in
// z-buffering on a quarter grid): lidar and camera look from different places, so some points the lidar saw
// are hidden from the camera. A point is hidden where nearer ones lie on all four sides of it, or much nearer
// ones on two opposite sides: a surface seen at a grazing angle, such as the road, has nearer points on one
// side only and does not hide itself.
std::vector<ProjectedPoint> project_cloud(const PointCloud& cloud,
                                          const Pose<Camera, Sensor>& camera_from_cloud,
                                          const CameraModel& model, const VisibilityOptions& options = {});

// One stroke of a box edge in the image: consecutive pixels of a polyline that follows the distortion.
struct ProjectedEdge {
  unsigned edge;  // number in box_edges
  bool hidden;    // on the far side of the box
  std::vector<Eigen::Vector2d> pixels;
};

// Edges are cut a tenth of the image's size outside its border and at the limit of the lens, so none wraps
// through the camera. From inside a box all its edges are in sight.
std::vector<ProjectedEdge> project_box(const Box3<Camera>& box, const CameraModel& model);

// The rectangle round the visible part of a box, cut to the image; empty where none of it is in view.
struct PixelRectangle {
  double left, top, right, bottom;
};
std::optional<PixelRectangle> box_bounds(const Box3<Camera>& box, const CameraModel& model);

}  // namespace sweepmark
