#include "core/formats/float_rows.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

constexpr std::size_t narrowest = 3, widest = 7;
constexpr std::size_t most_looked_at = 20'000;
constexpr double nearly_as_well = 1.15;

bool plausible(float value) {
  const float magnitude = std::abs(value);
  return magnitude == 0.0f || (magnitude > 1e-6f && magnitude < 1e5f);
}

double log_scaled(float value) {
  return std::copysign(std::log1p(std::abs(static_cast<double>(value))), value);
}

double mean_difference(std::span<const float> values, std::size_t lag) {
  double sum = 0.0;
  std::size_t count = 0;
  for (std::size_t i = 0; i + lag < values.size(); ++i) {
    if (!std::isfinite(values[i]) || !std::isfinite(values[i + lag])) continue;
    sum += std::abs(log_scaled(values[i + lag]) - log_scaled(values[i]));
    ++count;
  }
  return count ? sum / static_cast<double>(count) : std::numeric_limits<double>::infinity();
}

}  // namespace

bool plausible_measurements(std::span<const float> values) {
  std::size_t good = 0, numbers = 0;
  for (const float value : values) {
    if (std::isnan(value)) continue;  // recorders mark missing returns with it
    ++numbers;
    good += plausible(value);
  }
  return numbers > 0 && good * 10 >= numbers * 9;
}

std::optional<std::size_t> likely_row_width(std::span<const float> values) {
  const std::span<const float> sample = values.first(std::min(values.size(), most_looked_at));
  double difference[widest + 1];
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t width = narrowest; width <= widest; ++width) {
    const bool divides = values.size() % width == 0;
    difference[width] = divides ? mean_difference(sample, width) : std::numeric_limits<double>::infinity();
    least = std::min(least, difference[width]);
  }
  // Too few rows to compare: the common width wins where it fits.
  if (std::isinf(least))
    for (const std::size_t width : {4, 5, 3, 6, 7})
      if (!values.empty() && values.size() % static_cast<std::size_t>(width) == 0) return width;
  if (std::isinf(least)) return std::nullopt;
  for (std::size_t width = narrowest; width <= widest; ++width)
    if (difference[width] <= least * nearly_as_well) return width;
  return std::nullopt;
}

}  // namespace sweepmark
