#include "core/assist/box_fit_score.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

constexpr double side_noise = 0.10;   // metres; how far a vehicle's side departs from a plane
constexpr double limit = 4.0;         // of the cost of one direction: further off it is something else
constexpr double margin = 0.15;       // metres; what lies so close outside still belongs to the object
constexpr double moat = 0.5;          // metres round an object in which others are rare
constexpr double shortest_way = 0.3;  // metres through the rectangle below which a ray tells nothing

struct Chord {
  double enter = 0, leave = 0;
};

Chord chord_through(const Eigen::Vector2d& origin, const Eigen::Vector2d& ray, const Eigen::Vector2d& half) {
  Chord chord{0, std::numeric_limits<double>::max()};
  for (int axis = 0; axis < 2; ++axis) {
    if (std::abs(ray[axis]) < 1e-9) {
      if (std::abs(origin[axis]) > half[axis]) return {0, -1};
      continue;
    }
    const double t0 = (-half[axis] - origin[axis]) / ray[axis], t1 = (half[axis] - origin[axis]) / ray[axis];
    chord.enter = std::max(chord.enter, std::min(t0, t1));
    chord.leave = std::min(chord.leave, std::max(t0, t1));
  }
  return chord;
}

// Distance of a place from the nearest side that faces the sensor.
double off_facing_sides(const Eigen::Vector2d& local, const Eigen::Vector2d& sensor,
                        const Eigen::Vector2d& half) {
  double off = std::numeric_limits<double>::max();
  for (int axis = 0; axis < 2; ++axis) {
    if (sensor[axis] > half[axis]) off = std::min(off, std::abs(local[axis] - half[axis]));
    if (sensor[axis] < -half[axis]) off = std::min(off, std::abs(local[axis] + half[axis]));
  }
  return off;
}

bool stopped_before(const DirectionalView& view, const DirectionalView::Direction& direction, double range) {
  const auto seen = view.sightings(direction);
  return !seen.empty() && seen.front().range < range;
}

// Those between the outermost corners of the widened rectangle; all where it is round the sensor.
std::span<const DirectionalView::Direction> directions_towards(const FittedRectangle& rectangle,
                                                               const Eigen::Vector2d& half,
                                                               const DirectionalView& view) {
  const Eigen::Vector2d to_centre = rectangle.centre - view.sensor();
  const auto count = static_cast<long>(view.directions().size());
  if (to_centre.norm() <= half.norm()) return view.directions();
  long first = count - 1, last = 0;
  for (const double a : {-half.x(), half.x()})
    for (const double b : {-half.y(), half.y()}) {
      const long number = view.number_of(rectangle.centre + a * rectangle.along() + b * rectangle.across());
      first = std::min(first, number);
      last = std::max(last, number);
    }
  first = std::max(0L, first);
  last = std::min(count - 1, last);
  if (first > last) return {};
  return std::span(view.directions())
      .subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first + 1));
}

}  // namespace

Evidence evidence_for(const FittedRectangle& rectangle, const DirectionalView& view) {
  Evidence evidence;
  Eigen::Matrix2d local_from_ego;
  local_from_ego << rectangle.along().transpose(), rectangle.across().transpose();
  const Eigen::Vector2d half(0.5 * rectangle.length, 0.5 * rectangle.width);
  const Eigen::Vector2d sensor = local_from_ego * (view.sensor() - rectangle.centre);
  for (const DirectionalView::Direction& direction :
       directions_towards(rectangle, half.array() + moat, view)) {
    const Eigen::Vector2d ray = local_from_ego * direction.ray;
    const Chord wide = chord_through(sensor, ray, half.array() + moat);
    if (wide.leave <= wide.enter) continue;
    bool found = false, above = false, beside = false;
    for (const DirectionalView::Sighting& s : view.sightings(direction)) {
      if (s.range < wide.enter - 0.1) continue;
      if (s.range > wide.leave + 0.1) break;
      const Eigen::Vector2d local = local_from_ego * (s.place - rectangle.centre);
      const double beyond = (local.cwiseAbs() - half).maxCoeff();
      if (beyond > moat) continue;
      if (beyond > margin) {
        beside = true;
        continue;
      }
      if (found) continue;
      if (!s.body) {
        above = true;
        continue;
      }
      found = true;
      const double off = off_facing_sides(local, sensor, half);
      evidence.off_sides += std::min(limit, off * off / (2 * side_noise * side_noise));
      ++(off < 3 * side_noise ? evidence.on_sides : evidence.within);
    }
    if (beside) ++evidence.beside;
    if (found) continue;
    if (above) {
      ++evidence.above;
      continue;
    }
    const Chord chord = chord_through(sensor, ray, half);
    if (chord.leave - chord.enter < shortest_way) continue;
    if (direction.farthest > chord.leave + 0.1)
      ++evidence.through;
    else
      ++(stopped_before(view, direction, chord.enter) ? evidence.hidden : evidence.unseen);
  }
  return evidence;
}

double cost_of(const Evidence& evidence) {
  constexpr double weight = 30;  // so many directions count as independent
  constexpr double cost_above = 0.4, cost_hidden = 1.0, cost_unseen = 0.25, cost_through = 2.0,
                   cost_beside = 1.0;
  const std::size_t directions = evidence.directions();
  if (evidence.on_sides + evidence.within + evidence.above == 0) return 1e6;
  const double sum = evidence.off_sides + cost_above * static_cast<double>(evidence.above) +
                     cost_hidden * static_cast<double>(evidence.hidden) +
                     cost_unseen * static_cast<double>(evidence.unseen) +
                     cost_through * static_cast<double>(evidence.through) +
                     cost_beside * static_cast<double>(evidence.beside);
  return weight * sum / static_cast<double>(directions);
}

}  // namespace sweepmark
