// From a cloud's own float32 coordinates to pixels. Composed in double precision, origins included, and only
// then rounded: what is left for float32 is the cloud about the eye, so coordinates of any size do not
// jitter.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cmath>

#include "core/cloud/point_cloud.hpp"
#include "render/view_camera.hpp"

namespace sweepmark {

// A plane (a, b, c, d) of which a·x + b·y + c·z + d is taken, x y z about the cloud's origin.
using PlaneRow = std::array<float, 4>;

// A point lies `depth` metres ahead of the eye and at pixel (u, v), or (u, v)/depth in perspective.
struct CloudProjection {
  PlaneRow u, v, depth;
  bool perspective = true;
  float near = 0.0f, far = 0.0f;  // metres
};

// A camera's share in it, worked out once for all clouds of a picture. `shift` is added to both pixel
// coordinates.
class ViewProjection {
 public:
  ViewProjection(const ViewCamera& camera, Viewport viewport, double shift);
  CloudProjection of(const Eigen::Vector3d& cloud_origin, const Eigen::Matrix4d& world_from_cloud) const;

 private:
  bool perspective_;
  Eigen::Vector3d eye_, right_, up_, forward_;
  double pixels_per_metre_;  // in perspective at a metre's depth
  double middle_u_, middle_v_;
  float near_, far_;
};
CloudProjection cloud_projection(const Eigen::Vector3d& cloud_origin, const Eigen::Matrix4d& world_from_cloud,
                                 const ViewCamera& camera, Viewport viewport, double shift);

// The row whose value is a point's height, world z in metres.
PlaneRow height_row(const Eigen::Vector3d& cloud_origin, const Eigen::Matrix4d& world_from_cloud);

// A box as the points of a cloud meet it: inside where |row| <= half for each axis.
struct CloudBox {
  std::array<PlaneRow, 3> local;
  std::array<float, 3> half;
};
CloudBox cloud_box(const Eigen::Vector3d& cloud_origin, const Eigen::Matrix4d& world_from_cloud,
                   const Box3<World>& box);

// Always in this order of operations, so that every backend finds the same bits.
inline float value_at(const PlaneRow& row, float x, float y, float z) {
  return row[0] * x + row[1] * y + row[2] * z + row[3];
}

inline bool contains(const CloudBox& box, float x, float y, float z) {
  return std::abs(value_at(box.local[0], x, y, z)) <= box.half[0] &&
         std::abs(value_at(box.local[1], x, y, z)) <= box.half[1] &&
         std::abs(value_at(box.local[2], x, y, z)) <= box.half[2];
}

}  // namespace sweepmark
