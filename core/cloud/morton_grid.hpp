// Cells of one size over a cloud, numbered along a curve that keeps neighbours together.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/cloud/point_cloud.hpp"

namespace sweepmark {

// The bits of the three cell numbers are interleaved, the highest first (Morton, A computer oriented geodetic
// data base, IBM 1966). A flat or long cloud has axes with fewer bits, which then drop out of the
// interleaving, so that the 32 bits of a code are spent on cells that exist.
class MortonGrid {
 public:
  // Over nearly all of the cloud: a few points far off, which would make all cells large, fall into the cells
  // of the border.
  static MortonGrid over(const PointCloud& cloud);
  // Metres about the cloud's origin.
  MortonGrid(const Eigen::Vector3d& low, const Eigen::Vector3d& high);

  unsigned bits() const { return bits_; }  // codes are less than 2^bits; at most 32
  std::uint32_t code(float x, float y, float z) const { return spread(0, x) | spread(1, y) | spread(2, z); }

 private:
  std::uint32_t spread(std::size_t axis, float value) const {
    // In this order what is no number becomes 0.
    const float cell = std::min(std::max(0.0f, (value - low_[axis]) * cells_a_metre_), last_cell_[axis]);
    return spread_[axis][static_cast<std::uint32_t>(cell)];
  }

  std::array<float, 3> low_{}, last_cell_{};
  float cells_a_metre_ = 0.0f;
  unsigned bits_ = 0;
  std::array<std::vector<std::uint32_t>, 3> spread_;  // by cell number: its bits at their places in the code
};

}  // namespace sweepmark
