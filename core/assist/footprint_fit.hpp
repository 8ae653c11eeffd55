// A box for an object somebody drew a rectangle round, seen from above.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>

#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark {

// A rectangle on the ground: `centre` in metres of the ego frame, `length` along `yaw`, `width` across it.
struct Footprint {
  Eigen::Vector2d centre = Eigen::Vector2d::Zero();
  double yaw = 0.0;  // radians
  double length = 0.0, width = 0.0;
};

// Height of the ground about a place, in the ego frame: the low end (5th percentile) of the points within `radius` metres of
// it, refined to the median of what lies within 15 cm of that end, so that single reflections from below do not count.
// Empty where fewer than eight points lie there.
std::optional<double> ground_height_near(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                                         const Eigen::Vector2d& place, double radius);

struct FootprintFit {
  Box3<Ego> box;
  std::size_t points = 0;  // above the ground inside the rectangle: what the box was fitted to
};

// An upright box round the points inside `drawn` that stand above the local ground.
//
// Heading: the angle whose two axes run closest along the points' outline, which is the nearest point of each direction from
// the sensor: what was seen through windows lies behind it (closeness criterion of the L-shape fit, Zhang et al.,
// "Efficient L-shape fitting for vehicle detection using laser scanners", IV 2017); the longer side of what was seen becomes
// the length, and of the two directions along it the one nearer to the vehicle's own is taken. Sides that were seen for less
// than three quarters of `usual_size` are taken to be seen in part: they grow to the usual size away from the sensor.
// The bottom is the local ground, the top the highest point. With fewer than eight points the box is of the usual size,
// centred in the rectangle along its longer side. `ground_guess` is the ground where no points tell (ego frame, metres).
FootprintFit fit_in_footprint(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const Footprint& drawn,
                              const Eigen::Vector3d& usual_size, double ground_guess);

}  // namespace sweepmark
