// What the sensor saw in each direction of an object, seen from above.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "core/assist/cluster.hpp"

namespace sweepmark {

// The surroundings by direction: what stands there, nearest first, and how far the rays went.
class DirectionalView {
 public:
  // `body_top`: rays that cross the object's distance between 0.3 m and this height above the ground cannot
  // have passed through a body that stands there.
  DirectionalView(const Surroundings& surroundings, double body_top);

  struct Sighting {
    Eigen::Vector2d place;
    float range = 0;
    bool body = false;  // not higher than body_top: no roof or windscreen
  };
  struct Direction {
    Eigen::Vector2d ray;  // of unit length
    float farthest = 0;   // metres the farthest ray at the height of a body went; 0: none in this direction
    std::uint32_t first = 0, last = 0;  // its sightings
  };
  const Eigen::Vector2d& sensor() const { return sensor_; }
  const std::vector<Direction>& directions() const { return directions_; }
  std::span<const Sighting> sightings(const Direction& d) const {
    return std::span(sightings_).subspan(d.first, d.last - d.first);
  }
  // Whether rays went past `place` by more than `margin` metres in its direction or one beside it.
  bool free_past(const Eigen::Vector2d& place, double margin) const;
  // The number of the direction of `place`; may lie outside what there is.
  long number_of(const Eigen::Vector2d& place) const;

 private:
  Eigen::Vector2d sensor_;
  double middle_ = 0;
  std::vector<Direction> directions_;
  std::vector<Sighting> sightings_;
};

// One point a filled cell of `cell_size` metres (their mean), so that what is near the sensor counts no more
// than what is far from it.
std::vector<Eigen::Vector2d> filled_cells(const std::vector<StandingPoint>& standing,
                                          std::span<const std::uint32_t> members, double cell_size = 0.1);

}  // namespace sweepmark
