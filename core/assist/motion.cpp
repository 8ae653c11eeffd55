#include "core/assist/motion.hpp"

#include <Eigen/LU>
#include <cmath>

#include "core/assist/constant_velocity.hpp"

namespace sweepmark {

namespace {

using State = Eigen::Matrix<double, 6, 1>;  // place above velocity
using Covariance = Eigen::Matrix<double, 6, 6>;

constexpr double seen_within = 0.05;  // standard deviation of a placed box, m
constexpr double acceleration_noise =
    1.0;                         // power, m²/s³: a road user's speed changes by about 1 m/s in a second
constexpr double unknown = 1e6;  // variance before anything was seen
// Standard deviation of the speed across the heading of what has wheels: so much at any speed, and so many
// radians of the heading.
constexpr double slip = 1.0, heading_error = 0.05;

struct Estimate {
  State mean = State::Zero();
  Covariance covariance = unknown * Covariance::Identity();
};

Estimate predicted(const Estimate& estimate, double s) {
  const Covariance step = constant_velocity_step<3>(s);
  Covariance covariance = step * estimate.covariance * step.transpose();
  covariance.topLeftCorner<3, 3>().diagonal().array() += acceleration_noise * s * s * s / 3;
  covariance.topRightCorner<3, 3>().diagonal().array() += acceleration_noise * s * s / 2;
  covariance.bottomLeftCorner<3, 3>().diagonal().array() += acceleration_noise * s * s / 2;
  covariance.bottomRightCorner<3, 3>().diagonal().array() += acceleration_noise * s;
  return {step * estimate.mean, covariance};
}

// By one number, `seen` = direction · state, with its variance.
void correct(Estimate& estimate, const State& direction, double seen, double variance) {
  const State gain =
      estimate.covariance * direction / (direction.dot(estimate.covariance * direction) + variance);
  estimate.mean += gain * (seen - direction.dot(estimate.mean));
  estimate.covariance -= gain * (direction.transpose() * estimate.covariance).eval();
}

void see_place(Estimate& estimate, const Eigen::Vector3d& place) {
  for (int axis = 0; axis < 3; ++axis)
    correct(estimate, State::Unit(axis), place[axis], seen_within * seen_within);
}

void see_no_slip(Estimate& estimate, double heading, double speed) {
  State across = State::Zero();
  across[3] = -std::sin(heading);
  across[4] = std::cos(heading);
  const double deviation = slip + heading_error * speed;
  correct(estimate, across, 0.0, deviation * deviation);
}

// Between the waypoints before and after i.
double speed_about(std::span<const Waypoint> waypoints, std::size_t i) {
  const Waypoint& before = waypoints[i > 0 ? i - 1 : 0];
  const Waypoint& after = waypoints[std::min(i + 1, waypoints.size() - 1)];
  return (after.place - before.place).norm() / (after.seconds - before.seconds);
}

}  // namespace

std::vector<Eigen::Vector3d> smoothed_velocities(std::span<const Waypoint> waypoints, bool on_wheels) {
  if (waypoints.size() < 2) return std::vector<Eigen::Vector3d>(waypoints.size(), Eigen::Vector3d::Zero());
  Estimate now;
  now.mean.head<3>() = waypoints.front().place;
  std::vector<Estimate> before, after;  // each sighting was taken in
  for (std::size_t i = 0; i < waypoints.size(); ++i) {
    if (i > 0) now = predicted(now, waypoints[i].seconds - waypoints[i - 1].seconds);
    before.push_back(now);
    see_place(now, waypoints[i].place);
    if (on_wheels) see_no_slip(now, waypoints[i].heading, speed_about(waypoints, i));
    after.push_back(now);
  }
  std::vector<Eigen::Vector3d> velocities(waypoints.size());
  State later = after.back().mean;
  velocities.back() = later.tail<3>();
  for (std::size_t i = waypoints.size() - 1; i-- > 0;) {
    const Covariance step = constant_velocity_step<3>(waypoints[i + 1].seconds - waypoints[i].seconds);
    const Covariance back = after[i].covariance * step.transpose() * before[i + 1].covariance.inverse();
    later = after[i].mean + back * (later - before[i + 1].mean);
    velocities[i] = later.tail<3>();
  }
  return velocities;
}

std::vector<double> monotone_turn_rates(std::span<const Waypoint> waypoints) {
  const std::size_t count = waypoints.size();
  if (count < 2) return std::vector<double>(count, 0.0);
  const auto seconds = [&](std::size_t i) { return waypoints[i + 1].seconds - waypoints[i].seconds; };
  const auto rate = [&](std::size_t i) {
    return (waypoints[i + 1].heading - waypoints[i].heading) / seconds(i);
  };
  std::vector<double> rates(count, 0.0);
  rates.front() = rate(0);
  rates.back() = rate(count - 2);
  for (std::size_t i = 1; i + 1 < count; ++i) {
    const double in = rate(i - 1), out = rate(i);
    if (in * out <= 0) continue;
    const double weight_in = 2 * seconds(i) + seconds(i - 1), weight_out = seconds(i) + 2 * seconds(i - 1);
    rates[i] = (weight_in + weight_out) / (weight_in / in + weight_out / out);
  }
  return rates;
}

}  // namespace sweepmark
