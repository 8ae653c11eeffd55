// What speaks for and against a rectangle on the ground being an object's outline.
#pragma once

#include <Eigen/Core>

#include "core/assist/box_fit_prior.hpp"
#include "core/assist/box_fit_view.hpp"

namespace sweepmark {

struct FittedRectangle {
  double yaw = 0;  // of the length, modulo half a turn; radians
  Eigen::Vector2d centre = Eigen::Vector2d::Zero();
  double length = 0, width = 0;
  bool length_seen = false, width_seen = false;
  double size_cost = 0;  // of its size against the prior and of ends that are said to be out of sight
  double cost = 0;       // with what the view says; lower is better

  Eigen::Vector2d along() const { return {std::cos(yaw), std::sin(yaw)}; }
  Eigen::Vector2d across() const { return {-std::sin(yaw), std::cos(yaw)}; }
};

// Directions in which the rectangle stands, by what was seen in them.
struct Evidence {
  std::size_t on_sides = 0;  // the first point of its body lies on a side that faces the sensor
  std::size_t within = 0;    // … further inside
  std::size_t above = 0;     // only points above the body: a roof, a windscreen
  std::size_t hidden = 0;    // nothing of it was seen, for something stands close before it
  std::size_t unseen = 0;    // nothing of it was seen: no ray came near
  std::size_t through = 0;   // rays pass through it
  std::size_t beside = 0;    // something stands close outside it
  double off_sides = 0;      // sum of the squared distances of the first points, each limited, over 2σ²

  std::size_t directions() const { return on_sides + within + above + hidden + unseen + through; }
};

Evidence evidence_for(const FittedRectangle& rectangle, const DirectionalView& view);
double cost_of(const Evidence& evidence);

}  // namespace sweepmark
