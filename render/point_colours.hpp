// The colour of a point, found when it is known to be seen: a change of style re-uploads and recomputes
// nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/channel_view.hpp"
#include "render/cloud_projection.hpp"
#include "render/instance_colours.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

// How values become table entries: entry = (value − low) · entries_per_unit, kept within 0 … 255.
struct TableScale {
  float low, entries_per_unit;
};
TableScale table_scale(const PointStyle& style);

// What a cloud's points are coloured by, where it lacks what the style asks for: an array of the caller's, a
// channel, coordinates, labels, or nothing.
enum class ColourSource { height, distance, channel, values, label, instance, painted, flat };
ColourSource colour_source(const ScenePoints& points, PointColouring colouring);

// What the clouds of one draw have in common. Borrows the style's spans.
struct ColourStyle {
  explicit ColourStyle(const PointStyle& style);

  PointColouring colouring;
  std::span<const Rgba, 256> table;
  TableScale scale;
  std::span<const Rgba> label_colours;
  std::vector<Rgba> instances;  // empty unless it is coloured by them
  std::span<const Box3<World>> focus;
  float outside_focus;
  Rgba flat;
};

// Of one cloud in a scene. Borrows the cloud, its arrays and the style: for the time of one draw.
class PointColours {
 public:
  PointColours() = default;
  PointColours(const ScenePoints& points, const ColourStyle& style);

  // As four bytes r, g, b, a in memory.
  std::uint32_t operator()(std::uint32_t point) const;
  // Asks for the memory that the colour of a point will need.
  void expect(std::uint32_t point) const;

 private:
  float value(std::uint32_t point) const;
  Rgba full_colour(std::uint32_t point) const;
  bool in_focus(std::uint32_t point) const;

  const ColourStyle* style_ = nullptr;
  const PointCloud* cloud_ = nullptr;
  ColourSource source_ = ColourSource::flat;
  ChannelView channel_;
  std::span<const float> values_;
  std::span<const PointLabel> labels_;
  std::span<const std::uint32_t> painted_;
  PlaneRow height_{};
  bool upright_ = false;  // the height depends on z alone: then x and y need not be fetched from memory
  std::vector<CloudBox> focus_;
};

}  // namespace sweepmark
