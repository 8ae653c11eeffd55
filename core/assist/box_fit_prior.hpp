// What is known of an object's size before it is looked at.
#pragma once

#include <Eigen/Core>

#include "core/labels/taxonomy.hpp"

namespace sweepmark {

// Length, width, height; metres.
struct SizePrior {
  Eigen::Vector3d mean = Eigen::Vector3d(4, 2, 1.6);
  Eigen::Vector3d spread = Eigen::Vector3d(0.5, 0.15, 0.15);  // standard deviations
  bool rigid = true;                                          // false: its shape changes, its limbs stick out

  // The largest object that is still one of the class.
  Eigen::Vector3d largest() const { return mean + 3.0 * spread; }
  Eigen::Vector3d smallest() const { return (mean - 3.0 * spread).cwiseMax(0.45 * mean); }
  // Whether one side of the footprint is so much longer that it gives the heading.
  bool elongated() const { return mean.x() >= 1.3 * mean.y(); }

  // Narrow enough that a lidar sees a figure and no sides: a person, a bicycle, a motorcycle.
  bool slim() const { return mean.y() <= 1.0 && mean.x() <= 3.0; }

  // What remains to be known of the length once the width is known, and the other way round: long vehicles
  // are wide ones.
  double length_given_width(double width) const;
  double width_given_length(double length) const;
};

// A class's usual size with its spread, or along an axis for which it states none, a spread as public road
// data have it (KITTI's training boxes): of rigid classes 12 % in length (28 % where the usual length is more
// than 6 m: trucks, buses), at least 0.12 m or 7 % in width, 9 % in height; of those that change shape
// (pedestrians) 28 %, 22 % and 8 %.
SizePrior size_prior(const ClassDefinition& definition);

}  // namespace sweepmark
