// How long and how wide: what was seen of a side, measured or completed.
#pragma once

#include <Eigen/Core>

#include "core/assist/box_fit_extent.hpp"
#include "core/assist/box_fit_view.hpp"

namespace sweepmark {

enum class Near { low, high, none };  // which end of an axis faces the sensor

// A direction over the ground, what is filled along it, and where along it the sensor is.
struct Axis {
  Eigen::Vector2d direction;
  Extent extent;
  double sensor = 0;

  Near near() const {
    return sensor < extent.low ? Near::low : sensor > extent.high ? Near::high : Near::none;
  }
  double outside() const { return std::max({0.0, extent.low - sensor, sensor - extent.high}); }
};

// Whether the side that lies along `axis` was seen to end: the view past its far end is free.
bool ends_in_sight(const Axis& axis, const Axis& other, const DirectionalView& view);

// Where a side is seen at a grazing angle its points lie far apart, and so may its end be from the last of
// them: by how many metres.
double between_points(const Axis& axis, const Axis& other);

struct Sized {
  double size = 0;
  bool seen = false;
  double cost = 0;
};

// What was seen from end to end, with what the prior knows. `within`: how exactly such a size is measured;
// `gap`: between_points. Metres.
Sized measured(double extent, double mean, double spread, double within, double gap, bool in_sight);

// What is longer than the part that was seen: the mean of those of the class that are so.
Sized completed(double extent, double mean, double spread, bool in_sight);

// From the end that faces the sensor, or about the middle.
Extent placed(const Axis& axis, double size);

}  // namespace sweepmark
