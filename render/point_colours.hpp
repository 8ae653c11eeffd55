// The colour of a point, found when it is known to be seen: a change of style re-uploads and recomputes
// nothing else.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/cloud_channels.hpp"
#include "render/cloud_projection.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

// How values become table entries: entry = (value − low) · entries_per_unit, kept within 0 … 255.
struct TableScale {
  float low, entries_per_unit;
};
TableScale table_scale(const PointStyle& style);

// Of one cloud in a scene. Borrows the cloud, its labels and the style's spans: for the time of one draw.
class PointColours {
 public:
  PointColours(const ScenePoints& points, const PointStyle& style, CloudChannels& channels);

  // As four bytes r, g, b, a in memory.
  std::uint32_t operator()(std::uint32_t point) const;
  // Asks for the memory that the colour of a point will need.
  void expect(std::uint32_t point) const;

 private:
  float value(std::uint32_t point) const;
  Rgba full_colour(std::uint32_t point) const;
  bool in_focus(std::uint32_t point) const;

  const PointCloud* cloud_;
  std::span<const PointLabel> labels_;
  std::span<const float> values_;
  std::span<const Rgba> label_colours_;
  std::span<const Rgba, 256> table_;
  PointColouring colouring_;
  PlaneRow height_;
  TableScale scale_;
  Rgba flat_;
  std::vector<CloudBox> focus_;
  float outside_focus_;
};

}  // namespace sweepmark
