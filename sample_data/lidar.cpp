#include "sample_data/lidar.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "core/base/units.hpp"

namespace sweepmark::sample {
namespace {

// Elevation in degrees along the stack of lasers: a third of them on the outer quarters of the field of view.
struct Knot {
  double share, degrees;
};
constexpr std::array<Knot, 4> fan = {{{0.0, -25.0}, {0.17, -14.0}, {0.84, 2.5}, {1.0, 15.0}}};

double elevation_at(double share) {
  std::size_t i = 0;
  while (i + 2 < fan.size() && share > fan[i + 1].share) ++i;
  const double u = (share - fan[i].share) / (fan[i + 1].share - fan[i].share);
  return radians_from_degrees(fan[i].degrees + u * (fan[i + 1].degrees - fan[i].degrees));
}

}  // namespace

double LidarModel::azimuth_of(int column) const {
  return std::numbers::pi * (1.0 - 2.0 * (column + 0.5) / columns);
}

LidarModel make_lidar(int rings) {
  LidarModel lidar;
  for (int ring = 0; ring < rings; ++ring)
    lidar.elevations.push_back(elevation_at(static_cast<double>(ring) / (rings - 1)));
  // Mounted a little askew, as sensors are.
  const Eigen::Quaterniond tilt = Eigen::AngleAxisd(radians_from_degrees(-0.4), Eigen::Vector3d::UnitZ()) *
                                  Eigen::AngleAxisd(radians_from_degrees(0.7), Eigen::Vector3d::UnitY()) *
                                  Eigen::AngleAxisd(radians_from_degrees(0.3), Eigen::Vector3d::UnitX());
  lidar.ego_from_sensor = Pose<Ego, Sensor>(tilt, {1.05, 0.0, 1.88});
  return lidar;
}

std::optional<Return> observe(const LidarModel& lidar, Surface surface, double distance, double incidence,
                              Random& random) {
  const Optics optics = optics_of(surface);
  // Half of the fall-off with the square of the distance is made good by the sensor's gain.
  const double fall_off = 1.0 / (1.0 + std::pow(distance / 60.0, 2));
  const double echo = optics.reflectivity * (1.0 - optics.diffuse + optics.diffuse * incidence) * fall_off;
  const double noise = random.normal(), depth = -std::log(1.0 - random.uniform()), sparkle = random.normal();
  const bool lost = random.chance(optics.loss) || !random.chance(1.0 - std::exp(-echo / 0.004));
  if (lost) return std::nullopt;
  const double range = distance + std::min(depth * optics.depth_m, 4.0 * optics.depth_m) +
                       noise * (lidar.noise + lidar.noise_per_metre * distance);
  if (range < lidar.nearest || range > lidar.farthest) return std::nullopt;
  const double intensity = 255.0 * std::min(1.6 * echo, 1.0) * (1.0 + 0.06 * sparkle);
  return Return{range, static_cast<std::uint8_t>(std::clamp(std::lround(intensity), 1l, 255l))};
}

}  // namespace sweepmark::sample
