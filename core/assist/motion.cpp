#include "core/assist/motion.hpp"

#include <Eigen/LU>

namespace sweepmark {

namespace {

using Covariance = Eigen::Matrix2d;         // of place and velocity, the same for all six coordinates
using State = Eigen::Matrix<double, 2, 6>;  // place above velocity

constexpr double seen_within = 0.07;  // standard deviation of a placed box, m (and rad)
constexpr double acceleration_noise =
    1.0;                         // power, m²/s³: a road user's speed changes by about 1 m/s in a second
constexpr double unknown = 1e7;  // variance before anything was seen

struct Estimate {
  State mean;
  Covariance covariance;
};

Covariance step_matrix(double seconds) {
  return Covariance{{1.0, seconds}, {0.0, 1.0}};
}

Estimate predicted(const Estimate& estimate, double seconds) {
  const Covariance step = step_matrix(seconds);
  const double s = seconds;
  const Covariance noise{{s * s * s / 3, s * s / 2}, {s * s / 2, s}};
  return {step * estimate.mean, step * estimate.covariance * step.transpose() + acceleration_noise * noise};
}

Estimate corrected(const Estimate& estimate, const Place& seen) {
  const Eigen::Vector2d gain =
      estimate.covariance.col(0) / (estimate.covariance(0, 0) + seen_within * seen_within);
  return {estimate.mean + gain * (seen.transpose() - estimate.mean.row(0)),
          estimate.covariance - gain * estimate.covariance.row(0)};
}

}  // namespace

std::vector<Place> smoothed_velocities(std::span<const Waypoint> waypoints) {
  if (waypoints.empty()) return {};
  Estimate now{State::Zero(), unknown * Covariance::Identity()};
  now.mean.row(0) = waypoints.front().place.transpose();
  std::vector<Estimate> before, after;  // each sighting was taken in
  for (std::size_t i = 0; i < waypoints.size(); ++i) {
    if (i > 0) now = predicted(now, waypoints[i].seconds - waypoints[i - 1].seconds);
    before.push_back(now);
    now = corrected(now, waypoints[i].place);
    after.push_back(now);
  }
  std::vector<Place> velocities(waypoints.size());
  State later = after.back().mean;
  velocities.back() = later.row(1).transpose();
  for (std::size_t i = waypoints.size() - 1; i-- > 0;) {
    const Covariance step = step_matrix(waypoints[i + 1].seconds - waypoints[i].seconds);
    const Covariance back = after[i].covariance * step.transpose() * before[i + 1].covariance.inverse();
    later = after[i].mean + back * (later - before[i + 1].mean);
    velocities[i] = later.row(1).transpose();
  }
  return velocities;
}

}  // namespace sweepmark
