// A street of flat surfaces, seen anew at every sweep: other points of it each time, with a centimetre of
// noise.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "core/drive/drive.hpp"

namespace sweepmark::test {

// A rectangle: a corner and its two edges.
struct Surface {
  Eigen::Vector3d corner, along, across;
};

// Ground and house fronts that step forward and back, so that every direction is held.
inline std::vector<Surface> street() {
  std::vector<Surface> surfaces = {{{-40, -14, 0}, {140, 0, 0}, {0, 28, 0}}};
  for (int house = 0; house < 20; ++house) {
    const double x = -40 + 7.0 * house, depth = 9.0 + (house * 7 % 5);
    for (const double side : {-1.0, 1.0}) {
      const double y = side * (depth + (side > 0 ? 0.5 : 0.0));
      surfaces.push_back({{x, y, 0}, {7, 0, 0}, {0, 0, 6}});
      surfaces.push_back({{x, side * 8.5, 0}, {0, side * 5.5, 0}, {0, 0, 6}});
    }
  }
  return surfaces;
}

inline std::vector<Surface> plain() {
  return {{{-60, -60, 0}, {160, 0, 0}, {0, 120, 0}}};
}

// In sensor frames: `sensor_from_world` gives, for the share 0…1 of the sweep that has gone by, where the
// sensor is. Points farther than 40 m are not seen.
inline PointCloud seen(const std::vector<Surface>& surfaces, std::uint32_t seed, std::size_t points,
                       const std::function<Pose<Sensor, World>(double share)>& sensor_from_world) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> uniform(0.0, 1.0);
  std::normal_distribution<double> noise(0.0, 0.01);
  std::vector<double> areas;
  for (const Surface& surface : surfaces) areas.push_back(surface.along.cross(surface.across).norm());
  std::discrete_distribution<std::size_t> choose(areas.begin(), areas.end());
  PointCloud cloud;
  std::vector<float> times;
  while (cloud.size() < points) {
    const Surface& surface = surfaces[choose(random)];
    const Eigen::Vector3d place = surface.corner + uniform(random) * surface.along +
                                  uniform(random) * surface.across +
                                  noise(random) * surface.along.cross(surface.across).normalized();
    const double share = uniform(random);
    const Eigen::Vector3d point = (sensor_from_world(share) * Point<World>(place)).metres;
    if (point.norm() > 40.0) continue;
    cloud.x.push_back(static_cast<float>(point.x()));
    cloud.y.push_back(static_cast<float>(point.y()));
    cloud.z.push_back(static_cast<float>(point.z()));
    times.push_back(static_cast<float>(0.1 * (share - 0.5)));
  }
  cloud.channels.push_back({"time", std::move(times)});
  return cloud;
}

inline PointCloud seen_from(const std::vector<Surface>& surfaces, std::uint32_t seed, std::size_t points,
                            const Pose<World, Sensor>& world_from_sensor) {
  const Pose<Sensor, World> still = world_from_sensor.inverse();
  return seen(surfaces, seed, points, [&still](double) { return still; });
}

}  // namespace sweepmark::test
