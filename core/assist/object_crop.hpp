// The points of a sweep about a box, as the box sees them.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark {

// Everything in metres in the frame of the box that was asked for.
struct ObjectCrop {
  std::vector<Eigen::Vector3d> points;
  std::vector<std::uint32_t> rows;                   // of the cloud, ascending, one a point
  Eigen::Vector3d sensor = Eigen::Vector3d::Zero();  // where the rays come from
};

// Points inside `box` grown by `margin` to every side. Reads x, y and z of the cloud once.
ObjectCrop crop_about(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const Box3<Ego>& box,
                      const Eigen::Vector3d& margin);

// A sweep takes its time, and what moves meanwhile is smeared; where a sweep begins and ends both parts of an
// object lie a whole turn's way apart. Takes every point to the mean moment of those in `box_size` grown by
// thirty centimetres to each side, for what moves at `metres_per_second` in the box's frame. Does nothing
// where the cloud, from which the crop was made, has no "time" channel.
void undo_motion(ObjectCrop& crop, const PointCloud& cloud, const Eigen::Vector3d& box_size,
                 const Eigen::Vector3d& metres_per_second);

// The same to the moment of the sweep itself, which is its timestamp's; for what also turns about the box's
// upright.
void undo_motion_since_sweep(ObjectCrop& crop, const PointCloud& cloud,
                             const Eigen::Vector3d& metres_per_second, double radians_per_second);

struct GroundHeight {
  double z = 0;          // in the box's frame
  double deviation = 0;  // metres; larger where few points tell
};

// The ground about a box: the median of what lies within 15 cm of the low end (10th percentile) of the points
// no higher than half a metre above its bottom. Empty where fewer than eight points tell.
std::optional<GroundHeight> ground_in(const ObjectCrop& crop, const Eigen::Vector3d& size);

// What is lower than this above the ground may be ground. Metres.
inline constexpr double ground_clearance = 0.2;

// The crop without what may be ground. Where the ground is not known it is taken to be the box's bottom.
ObjectCrop above_ground(const ObjectCrop& crop, const Eigen::Vector3d& size,
                        const std::optional<GroundHeight>& ground);

}  // namespace sweepmark
