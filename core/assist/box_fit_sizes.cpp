#include "core/assist/box_fit_sizes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace sweepmark {

namespace {

constexpr double grazing = 0.07;  // sine of the angle below which a side cannot be measured

// Mean of a normal distribution cut off below `least`.
double truncated_mean(double mean, double spread, double least) {
  const double z = (least - mean) / spread;
  if (z < -4) return mean;
  if (z > 3) return least + 0.25 * spread;
  const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi);
  return mean + spread * density / (0.5 * std::erfc(z / std::numbers::sqrt2));
}

}  // namespace

bool ends_in_sight(const Axis& axis, const Axis& other, const DirectionalView& view) {
  if (other.near() == Near::none) return false;
  if (other.outside() < grazing * std::max(1.0, std::hypot(other.outside(), axis.outside()))) return false;
  const double side = other.near() == Near::low ? other.extent.low : other.extent.high;
  const auto free_at = [&](double end) {
    return view.free_past(end * axis.direction + side * other.direction, 0.4);
  };
  const bool low_end = axis.near() == Near::low || free_at(axis.extent.low - 0.3);
  const bool high_end = axis.near() == Near::high || free_at(axis.extent.high + 0.3);
  return low_end && high_end;
}

double between_points(const Axis& axis, const Axis& other) {
  constexpr double ray_step = 0.0035, most = 3.0;  // radians; metres
  if (other.outside() <= 0) return most;
  const double range2 = other.outside() * other.outside() + axis.outside() * axis.outside();
  return std::min(most, range2 * ray_step / other.outside());
}

Sized measured(double extent, double mean, double spread, double within, double gap, bool in_sight) {
  constexpr double cost_of_unseen_end = 1.0;
  const double seen = extent + 0.5 * gap;
  const double noise = within * within + gap * gap / 3, varies = spread * spread;
  const double z2 = (seen - mean) * (seen - mean) / (varies + noise);
  return {std::max(extent, (seen * varies + mean * noise) / (varies + noise)), true,
          0.5 * std::min(z2, 60.0) + (in_sight ? 0.0 : cost_of_unseen_end)};
}

Sized completed(double extent, double mean, double spread, bool in_sight) {
  constexpr double cost_of_hidden_end = 0.3, cost_of_missed_end = 3.0;
  const double size = truncated_mean(mean, spread, extent);
  const double z = (size - mean) / spread;
  return {size, false, 0.5 * z * z + (in_sight ? cost_of_missed_end : cost_of_hidden_end)};
}

Extent placed(const Axis& axis, double size) {
  if (axis.near() == Near::low) return {axis.extent.low, axis.extent.low + size};
  if (axis.near() == Near::high) return {axis.extent.high - size, axis.extent.high};
  const double middle = 0.5 * (axis.extent.low + axis.extent.high);
  return {middle - 0.5 * size, middle + 0.5 * size};
}

}  // namespace sweepmark
