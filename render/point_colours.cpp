#include "render/point_colours.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sweepmark {

namespace {

std::uint8_t dimmed(std::uint8_t channel, float share) {
  return static_cast<std::uint8_t>(static_cast<float>(channel) * share + 0.5f);
}

template <class Value>
std::span<const Value> span_of(const std::shared_ptr<const std::vector<Value>>& values) {
  return values ? std::span<const Value>(*values) : std::span<const Value>();
}

std::vector<Rgba> instances_of(const PointStyle& style) {
  if (style.colouring != PointColouring::instance) return {};
  const InstanceColours colours = instance_colours(style.background);
  return {colours.begin(), colours.end()};
}

}  // namespace

TableScale table_scale(const PointStyle& style) {
  const double span = style.high - style.low;
  // Without a span every value above `low` takes the last colour.
  return {static_cast<float>(style.low), static_cast<float>(span > 0.0 ? 256.0 / span : 1e30)};
}

ColourSource colour_source(const ScenePoints& points, PointColouring colouring) {
  const bool has_values = points.values && points.values->size() >= points.cloud->size();
  switch (colouring) {
    case PointColouring::height:
      return ColourSource::height;
    case PointColouring::range:
      return has_values ? ColourSource::values : ColourSource::distance;
    case PointColouring::label_age:
      return has_values ? ColourSource::values : ColourSource::flat;
    case PointColouring::label:
      return ColourSource::label;
    case PointColouring::instance:
      return points.labels ? ColourSource::instance : ColourSource::flat;
    case PointColouring::camera:
      return points.painted ? ColourSource::painted : ColourSource::flat;
    case PointColouring::time:
      if (has_values) return ColourSource::values;
      [[fallthrough]];
    case PointColouring::intensity:
    case PointColouring::ring:
      return points.cloud->channel(channel_of(colouring)) ? ColourSource::channel : ColourSource::flat;
    case PointColouring::flat:
      break;
  }
  return ColourSource::flat;
}

ColourStyle::ColourStyle(const PointStyle& style)
    : colouring(style.colouring),
      table(colour_table(style.map)),
      scale(table_scale(style)),
      label_colours(style.label_colours),
      instances(instances_of(style)),
      focus(style.focus),
      outside_focus(static_cast<float>(std::clamp(style.outside_focus, 0.0, 1.0))),
      flat(style.flat) {}

PointColours::PointColours(const ScenePoints& points, const ColourStyle& style)
    : style_(&style), cloud_(points.cloud.get()), source_(colour_source(points, style.colouring)) {
  if (source_ == ColourSource::height) height_ = height_row(cloud_->origin, points.world_from_cloud);
  upright_ = source_ == ColourSource::height && height_[0] == 0.0f && height_[1] == 0.0f;
  if (source_ == ColourSource::channel) channel_ = ChannelView(cloud_->channel(channel_of(style.colouring)));
  if (source_ == ColourSource::values) values_ = span_of(points.values);
  if (source_ == ColourSource::label || source_ == ColourSource::instance) labels_ = span_of(points.labels);
  if (source_ == ColourSource::painted) painted_ = span_of(points.painted);
  for (const Box3<World>& box : style.focus)
    focus_.push_back(cloud_box(cloud_->origin, points.world_from_cloud, box));
}

std::uint32_t PointColours::operator()(std::uint32_t point) const {
  const Rgba full = full_colour(point);
  if (focus_.empty() || in_focus(point)) return full.packed();
  const float share = style_->outside_focus;
  return Rgba{dimmed(full.r, share), dimmed(full.g, share), dimmed(full.b, share), full.a}.packed();
}

void PointColours::expect(std::uint32_t point) const {
  const bool by_place =
      source_ == ColourSource::height || source_ == ColourSource::distance || !focus_.empty();
  if (by_place) __builtin_prefetch(cloud_->z.data() + point);
  if (by_place && !(upright_ && focus_.empty())) {
    __builtin_prefetch(cloud_->x.data() + point);
    __builtin_prefetch(cloud_->y.data() + point);
  }
  if (!channel_.empty()) channel_.expect(point);
  if (!values_.empty()) __builtin_prefetch(values_.data() + point);
  if (!labels_.empty()) __builtin_prefetch(labels_.data() + point);
  if (!painted_.empty()) __builtin_prefetch(painted_.data() + point);
}

float PointColours::value(std::uint32_t point) const {
  if (source_ == ColourSource::channel) return channel_[point];
  if (source_ == ColourSource::values) return values_[point];
  if (upright_) return height_[2] * cloud_->z[point] + height_[3];
  const float x = cloud_->x[point], y = cloud_->y[point], z = cloud_->z[point];
  if (source_ == ColourSource::distance) return std::sqrt(x * x + y * y + z * z);
  return value_at(height_, x, y, z);
}

Rgba PointColours::full_colour(std::uint32_t point) const {
  if (source_ == ColourSource::flat) return style_->flat;
  if (source_ == ColourSource::painted) {
    const std::uint32_t packed = point < painted_.size() ? painted_[point] : 0;
    return packed >> 24 ? std::bit_cast<Rgba>(packed | 0xff000000u) : style_->flat;
  }
  const PointLabel label = point < labels_.size() ? labels_[point] : 0;
  if (source_ == ColourSource::label)
    return class_of(label) < style_->label_colours.size() ? style_->label_colours[class_of(label)]
                                                          : style_->flat;
  if (source_ == ColourSource::instance)
    return instance_of(label) ? style_->instances[instance_colour_index(label)] : style_->flat;
  const float entry = (value(point) - style_->scale.low) * style_->scale.entries_per_unit;
  if (std::isnan(entry)) return style_->flat;
  return style_->table[entry > 0.0f ? static_cast<std::size_t>(std::min(entry, 255.0f)) : 0];
}

bool PointColours::in_focus(std::uint32_t point) const {
  const float x = cloud_->x[point], y = cloud_->y[point], z = cloud_->z[point];
  return std::ranges::any_of(focus_, [=](const CloudBox& box) { return contains(box, x, y, z); });
}

}  // namespace sweepmark
