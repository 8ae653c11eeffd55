// A box for an object somebody drew a rectangle round, seen from above.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>

#include "core/assist/box_fit.hpp"

namespace sweepmark {

// Height of the ground about a place, in the ego frame: the low end (5th percentile) of the points within
// `radius` metres of it, refined to the median of what lies within 15 cm of that end, so that single
// reflections from below do not count. Empty where fewer than eight points lie there.
std::optional<double> ground_height_near(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                                         const Eigen::Vector2d& place, double radius);

struct FootprintFit {
  Box3<Ego> box;
  std::size_t points = 0;  // above the ground inside the box: what it was fitted to
};

// An upright box round what stands inside `drawn`: fit_in_rectangle of core/assist/box_fit with a prior about
// `usual_size`. `ground_guess` is the ground where no points tell (ego frame, metres).
FootprintFit fit_in_footprint(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                              const Footprint& drawn, const Eigen::Vector3d& usual_size, double ground_guess);

}  // namespace sweepmark
