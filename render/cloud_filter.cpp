#include "render/cloud_filter.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

std::optional<FloatBand> rounded(const std::optional<ValueBand>& band) {
  if (!band) return std::nullopt;
  return FloatBand{static_cast<float>(band->low), static_cast<float>(band->high)};
}

// Without branches, so that compilers make wide instructions of it.
template <class Value>
void keep_within(const FloatBand& band, std::size_t begin, std::span<std::uint8_t> passes,
                 const Value& value) {
  for (std::size_t i = 0; i < passes.size(); ++i) {
    const float v = value(begin + i);
    passes[i] &= static_cast<std::uint8_t>((v >= band.low) & (v <= band.high));
  }
}

}  // namespace

std::vector<std::uint8_t> class_flags(const std::vector<std::uint16_t>& classes) {
  std::vector<std::uint8_t> flags;
  if (!classes.empty()) flags.resize(std::size_t{*std::ranges::max_element(classes)} + 1, 0);
  for (const std::uint16_t id : classes) flags[id] = 1;
  return flags;
}

CloudFilter::CloudFilter(const ScenePoints& points, const PointFilter& filter)
    : height(rounded(filter.height)),
      range(rounded(filter.range)),
      height_row(sweepmark::height_row(points.cloud->origin, points.world_from_cloud)),
      hidden(class_flags(filter.hidden_classes)),
      shown(filter.shown) {
  if (filter.clip) clip = cloud_box(points.cloud->origin, points.world_from_cloud, *filter.clip);
}

void CloudFilter::test(const ScenePoints& points, std::size_t begin, std::span<std::uint8_t> passes) const {
  const float *x = points.cloud->x.data(), *y = points.cloud->y.data(), *z = points.cloud->z.data();
  std::ranges::fill(passes, std::uint8_t{1});
  if (height)
    keep_within(*height, begin, passes,
                [&](std::size_t i) { return value_at(height_row, x[i], y[i], z[i]); });
  if (range && points.ranges && points.ranges->size() >= points.cloud->size())
    keep_within(*range, begin, passes, [&](std::size_t i) { return (*points.ranges)[i]; });
  else if (range)
    keep_within(*range, begin, passes,
                [&](std::size_t i) { return std::sqrt(x[i] * x[i] + y[i] * y[i] + z[i] * z[i]); });
  if (clip)
    for (std::size_t axis = 0; axis < 3; ++axis)
      keep_within({-clip->half[axis], clip->half[axis]}, begin, passes,
                  [&](std::size_t i) { return value_at(clip->local[axis], x[i], y[i], z[i]); });
  if (!by_label()) return;
  for (std::size_t i = 0; i < passes.size(); ++i) {
    const bool has_label = points.labels && begin + i < points.labels->size();
    const std::uint16_t class_id = has_label ? class_of((*points.labels)[begin + i]) : 0;
    const bool is_hidden = class_id < hidden.size() && hidden[class_id];
    const bool is_wanted = shown == PointsShown::all || (shown == PointsShown::annotated) == (class_id != 0);
    passes[i] &= static_cast<std::uint8_t>(!is_hidden && is_wanted);
  }
}

}  // namespace sweepmark
