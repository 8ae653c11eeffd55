#include "core/assist/box_fit_prior.hpp"

#include <algorithm>

namespace sweepmark {

namespace {

constexpr double correlation = 0.6;   // of length and width within a class
constexpr double long_vehicle = 6.0;  // metres

}  // namespace

double SizePrior::length_given_width(double width) const {
  const double off = std::clamp((width - mean.y()) / spread.y(), -2.0, 2.0);
  return mean.x() + correlation * spread.x() * off;
}

double SizePrior::width_given_length(double length) const {
  const double off = std::clamp((length - mean.x()) / spread.x(), -2.0, 2.0);
  return mean.y() + correlation * spread.y() * off;
}

SizePrior size_prior(const ClassDefinition& definition) {
  const Eigen::Vector3d& usual = definition.usual_size;
  Eigen::Vector3d spread = usual.cwiseProduct(Eigen::Vector3d(0.28, 0.22, 0.08));
  if (definition.rigid) {
    const double length_share = usual.x() > long_vehicle ? 0.28 : 0.12;
    spread = {length_share * usual.x(), std::max(0.12, 0.07 * usual.y()), 0.09 * usual.z()};
  }
  constexpr double least = 0.01;  // metres: no two of a class are quite alike
  for (int axis = 0; axis < 3; ++axis)
    if (definition.size_spread[axis] > 0) spread[axis] = std::max(least, definition.size_spread[axis]);
  return {usual, spread, definition.rigid};
}

}  // namespace sweepmark
