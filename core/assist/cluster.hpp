// What stands about a place: the points near it, the ground under them, and which of them belong together.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "core/assist/ground.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/geometry/pose.hpp"

namespace sweepmark {

// A point that stands above the ground.
struct StandingPoint {
  Eigen::Vector3d place;    // ego frame, metres
  double above_ground = 0;  // metres
  std::uint32_t index = 0;  // in the cloud
};

// A ray from the sensor that came as far as `range` from it, seen from above.
struct Ray {
  double azimuth = 0;  // radians in the ego frame
  double range = 0;    // metres over the ground
  double rise = 0;     // metres up a metre over the ground
};

struct Surroundings {
  Eigen::Vector3d sensor = Eigen::Vector3d::Zero();  // ego frame
  Eigen::Vector2d centre = Eigen::Vector2d::Zero();
  LocalGround ground = LocalGround(0.0);
  bool ground_seen = false;
  std::vector<StandingPoint> standing;  // within the radius, by index
  std::vector<Ray> rays;                // of every return in their direction from their distance on
};

// Of the points within `radius` of `centre`: those that stand more than 0.2 m above the local ground and not
// higher than `highest` above it; the ground is taken from a few metres more. `ground_guess` counts where no
// points tell.
Surroundings surroundings_of(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                             const Eigen::Vector2d& centre, double radius, double highest,
                             double ground_guess);

// Numbers (in `standing`) of the points that hang together with the one numbered `seed`, seen from above, by
// steps of no more than `step` metres, within `reach` of it. Ascending.
std::vector<std::uint32_t> grown_from(const std::vector<StandingPoint>& standing, std::uint32_t seed,
                                      double step, double reach);

}  // namespace sweepmark
