// A filter as the points of one cloud meet it: composed in double precision, then plain float arithmetic that
// both backends do alike.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "render/cloud_projection.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

// A 1 for each of the classes, by id, as long as the highest needs.
std::vector<std::uint8_t> class_flags(const std::vector<std::uint16_t>& classes);

struct FloatBand {
  float low, high;
};

// Borrows the cloud's arrays.
struct CloudFilter {
  CloudFilter(const ScenePoints& points, const PointFilter& filter);

  std::optional<FloatBand> height, range;
  PlaneRow height_row{};
  std::optional<CloudBox> clip;
  std::vector<std::uint8_t> hidden;  // by class id; 1: hidden. Classes past the end are shown
  PointsShown shown = PointsShown::all;

  bool by_label() const { return !hidden.empty() || shown != PointsShown::all; }

  // Sets passes[i] of point begin + i to 1 or 0.
  void test(const ScenePoints& points, std::size_t begin, std::span<std::uint8_t> passes) const;
};

}  // namespace sweepmark
