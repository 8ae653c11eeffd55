#include "sample_data/motion.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark::sample {
namespace {

constexpr double step = 0.02;  // metres between samples: a chord leaves a bend of 8 m radius by 6 micrometres

Eigen::Vector2d direction(double heading) {
  return {std::cos(heading), std::sin(heading)};
}

// ∫ of the parabola 6u(1−u): from 0 to 1 with flat ends.
double smooth_step(double u) {
  return u * u * (3.0 - 2.0 * u);
}

}  // namespace

Path::Path(PlanarState start, std::vector<Stretch> stretches)
    : start_(start), stretches_(std::move(stretches)) {
  for (const Stretch& stretch : stretches_) length_ += stretch.length;
  const auto count = static_cast<std::size_t>(std::ceil(length_ / step)) + 1;
  Eigen::Vector2d position = start_.position;
  samples_.reserve(count + 1);
  samples_.push_back(position);
  for (std::size_t i = 0; i < count; ++i) {
    // Midpoint rule: exact to the third order in the step.
    position += step * direction(heading_at((static_cast<double>(i) + 0.5) * step));
    samples_.push_back(position);
  }
}

double Path::heading_at(double arc_length) const {
  double heading = start_.heading;
  for (const Stretch& stretch : stretches_) {
    if (arc_length <= 0.0) break;
    heading += stretch.turn * smooth_step(std::min(arc_length / stretch.length, 1.0));
    arc_length -= stretch.length;
  }
  return heading;
}

PlanarState Path::at(double arc_length) const {
  const double heading = heading_at(arc_length);
  if (samples_.size() < 2 || arc_length <= 0.0)
    return {start_.position + arc_length * direction(heading), heading};
  if (arc_length >= length_) {
    return {at(std::nextafter(length_, 0.0)).position + (arc_length - length_) * direction(heading), heading};
  }
  const auto index = static_cast<std::size_t>(arc_length / step);
  const double share = arc_length / step - static_cast<double>(index);
  return {samples_[index] + share * (samples_[index + 1] - samples_[index]), heading};
}

Eigen::Vector2d bend_displacement(Stretch bend) {
  return Path(PlanarState{}, {bend}).at(bend.length).position;
}

double SpeedProfile::speed_at(double time) const {
  if (knots_.empty()) return 0.0;
  if (time <= knots_.front().time) return knots_.front().speed;
  for (std::size_t i = 0; i + 1 < knots_.size(); ++i) {
    const SpeedKnot &a = knots_[i], &b = knots_[i + 1];
    if (time < b.time)
      return a.speed + (b.speed - a.speed) * smooth_step((time - a.time) / (b.time - a.time));
  }
  return knots_.back().speed;
}

double SpeedProfile::distance_at(double time) const {
  if (knots_.empty()) return 0.0;
  if (time <= knots_.front().time) return (time - knots_.front().time) * knots_.front().speed;
  double distance = 0.0;
  for (std::size_t i = 0; i + 1 < knots_.size(); ++i) {
    const SpeedKnot &a = knots_[i], &b = knots_[i + 1];
    const double duration = b.time - a.time;
    const double u = std::min((time - a.time) / duration, 1.0);
    distance += duration * (a.speed * u + (b.speed - a.speed) * (u * u * u - 0.5 * u * u * u * u));
    if (time < b.time) return distance;
  }
  return distance + (time - knots_.back().time) * knots_.back().speed;
}

Motion standing(const PlanarState& where) {
  return {Path(where, {}), SpeedProfile(), 0.0};
}

}  // namespace sweepmark::sample
