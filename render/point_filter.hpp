// Which points of a scene are drawn. Changing it uploads nothing and loads nothing.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "core/geometry/box3.hpp"
#include "core/geometry/frames.hpp"

namespace sweepmark {

// From low to high, both included.
struct ValueBand {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool operator==(const ValueBand&) const = default;
};

enum class PointsShown { all, annotated, unannotated };  // annotated: of a class other than 0

// A point is drawn where every part lets it through.
struct PointFilter {
  std::optional<ValueBand> height;            // world z, metres
  std::optional<ValueBand> range;             // metres from the sensor, see ScenePoints::ranges
  std::optional<Box3<World>> clip;            // only what lies inside, the border included
  std::vector<std::uint16_t> hidden_classes;  // class ids
  PointsShown shown = PointsShown::all;

  bool lets_all_through() const;
};
bool operator==(const PointFilter& a, const PointFilter& b);

}  // namespace sweepmark
