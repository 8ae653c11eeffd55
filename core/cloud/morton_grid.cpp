#include "core/cloud/morton_grid.hpp"

#include <bit>
#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

constexpr unsigned code_bits = 32, axis_bits = 16;
constexpr std::size_t sampled_points = 4096;

using AxisBits = std::array<unsigned, 3>;

AxisBits bits_needed(const Eigen::Vector3d& extent, double edge) {
  AxisBits bits{};
  for (int axis = 0; axis < 3; ++axis)
    bits[axis] = static_cast<unsigned>(std::bit_width(
        static_cast<std::uint64_t>(std::ceil(extent[axis] / edge)) - (extent[axis] > 0 ? 1 : 0)));
  return bits;
}

// What a middle 99 % of the axis spans, and as much again to either side, but no more than there is.
std::pair<double, double> wide_range(const std::vector<float>& values) {
  std::vector<float> sample;
  const std::size_t step = std::max<std::size_t>(1, values.size() / sampled_points);
  for (std::size_t i = 0; i < values.size(); i += step) sample.push_back(values[i]);
  std::ranges::sort(sample);
  const std::size_t aside = sample.size() / 200;
  const double low = sample[aside], high = sample[sample.size() - 1 - aside];
  const auto all = Eigen::Map<const Eigen::ArrayXf>(values.data(), static_cast<Eigen::Index>(values.size()));
  return {std::max<double>(low - (high - low), all.minCoeff()),
          std::min<double>(high + (high - low), all.maxCoeff())};
}

}  // namespace

MortonGrid MortonGrid::over(const PointCloud& cloud) {
  if (cloud.size() == 0) return {Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero()};
  Eigen::Vector3d low, high;
  std::tie(low.x(), high.x()) = wide_range(cloud.x);
  std::tie(low.y(), high.y()) = wide_range(cloud.y);
  std::tie(low.z(), high.z()) = wide_range(cloud.z);
  return {low, high};
}

MortonGrid::MortonGrid(const Eigen::Vector3d& low, const Eigen::Vector3d& high) {
  const Eigen::Vector3d extent = (high - low).cwiseMax(0.0);
  AxisBits bits{};
  double edge = 0.0;
  for (unsigned level = axis_bits + 1; level-- > 0;) {
    edge = std::ldexp(extent.maxCoeff(), -static_cast<int>(level));
    if (!(edge > std::numeric_limits<float>::min())) continue;  // cells a metre must be a float
    bits = bits_needed(extent, edge);
    bits_ = bits[0] + bits[1] + bits[2];
    if (bits_ <= code_bits) break;
  }
  if (edge > std::numeric_limits<float>::min()) cells_a_metre_ = static_cast<float>(1.0 / edge);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    low_[axis] = static_cast<float>(low[static_cast<int>(axis)]);
    last_cell_[axis] = static_cast<float>((1u << bits[axis]) - 1);
    spread_[axis].assign(std::size_t{1} << bits[axis], 0);
  }
  unsigned place = 0;
  for (unsigned level = 0; level < axis_bits; ++level)
    for (const std::size_t axis : {2u, 1u, 0u}) {
      if (level >= bits[axis]) continue;
      for (std::uint32_t cell = 0; cell < spread_[axis].size(); ++cell)
        spread_[axis][cell] |= (cell >> level & 1u) << place;
      ++place;
    }
}

}  // namespace sweepmark
