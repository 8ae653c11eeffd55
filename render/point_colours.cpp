#include "render/point_colours.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

// Without what it would be coloured by, a cloud is drawn flat.
PointColouring possible(PointColouring wanted, std::span<const float> values) {
  const bool by_value = !channel_of(wanted).empty() || wanted == PointColouring::label_age;
  return by_value && values.empty() ? PointColouring::flat : wanted;
}

std::uint8_t dimmed(std::uint8_t channel, float share) {
  return static_cast<std::uint8_t>(static_cast<float>(channel) * share + 0.5f);
}

bool contains(const CloudBox& box, float x, float y, float z) {
  return std::abs(value_at(box.local[0], x, y, z)) <= box.half[0] &&
         std::abs(value_at(box.local[1], x, y, z)) <= box.half[1] &&
         std::abs(value_at(box.local[2], x, y, z)) <= box.half[2];
}

}  // namespace

TableScale table_scale(const PointStyle& style) {
  const double span = style.high - style.low;
  // Without a span every value above `low` takes the last colour.
  return {static_cast<float>(style.low), static_cast<float>(span > 0.0 ? 256.0 / span : 1e30)};
}

PointColours::PointColours(const ScenePoints& points, const PointStyle& style, CloudChannels& channels)
    : cloud_(points.cloud.get()),
      values_(channels.values(points.cloud, channel_of(style.colouring))),
      label_colours_(style.label_colours),
      table_(colour_table(style.map)),
      colouring_(possible(style.colouring, values_)),
      height_(height_row(points.cloud->origin, points.world_from_cloud)),
      scale_(table_scale(style)),
      flat_(style.flat),
      outside_focus_(static_cast<float>(std::clamp(style.outside_focus, 0.0, 1.0))) {
  if (points.labels) labels_ = *points.labels;
  for (const Box3<World>& box : style.focus)
    focus_.push_back(cloud_box(points.cloud->origin, points.world_from_cloud, box));
}

std::uint32_t PointColours::operator()(std::uint32_t point) const {
  const Rgba full = full_colour(point);
  if (focus_.empty() || in_focus(point)) return full.packed();
  return Rgba{dimmed(full.r, outside_focus_), dimmed(full.g, outside_focus_), dimmed(full.b, outside_focus_),
              full.a}
      .packed();
}

void PointColours::expect(std::uint32_t point) const {
  const bool by_place =
      colouring_ == PointColouring::height || colouring_ == PointColouring::range || !focus_.empty();
  if (by_place) {
    __builtin_prefetch(cloud_->x.data() + point);
    __builtin_prefetch(cloud_->y.data() + point);
    __builtin_prefetch(cloud_->z.data() + point);
  }
  if (!values_.empty()) __builtin_prefetch(values_.data() + point);
  if (!labels_.empty()) __builtin_prefetch(labels_.data() + point);
}

float PointColours::value(std::uint32_t point) const {
  if (!values_.empty()) return values_[point];
  const float x = cloud_->x[point], y = cloud_->y[point], z = cloud_->z[point];
  if (colouring_ == PointColouring::range) return std::sqrt(x * x + y * y + z * z);
  return value_at(height_, x, y, z);
}

Rgba PointColours::full_colour(std::uint32_t point) const {
  if (colouring_ == PointColouring::flat) return flat_;
  if (colouring_ == PointColouring::label) {
    const std::size_t class_id = point < labels_.size() ? class_of(labels_[point]) : 0;
    return class_id < label_colours_.size() ? label_colours_[class_id] : flat_;
  }
  const float entry = (value(point) - scale_.low) * scale_.entries_per_unit;
  if (!(entry > 0.0f)) return table_[0];  // a NaN in a channel takes the first colour
  return table_[static_cast<std::size_t>(std::min(entry, 255.0f))];
}

bool PointColours::in_focus(std::uint32_t point) const {
  const float x = cloud_->x[point], y = cloud_->y[point], z = cloud_->z[point];
  return std::ranges::any_of(focus_, [=](const CloudBox& box) { return contains(box, x, y, z); });
}

}  // namespace sweepmark
