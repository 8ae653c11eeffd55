// Where labels beside things go so that none covers another.
#pragma once

#include <span>
#include <vector>

#include "app/gui/input/places.hpp"

namespace sweepmark::gui {

struct LabelWish {
  Area area;            // where it would best be
  double importance = 0;  // the greater goes first
};

// For each wish, whether it is shown, and where: in its own place, or pushed up by up to two of its heights where that is
// taken. Labels that find no room within `bounds` beside the more important ones, or lie outside, are left out.
struct PlacedLabel {
  bool shown = false;
  Area area;
};
std::vector<PlacedLabel> place_labels(std::span<const LabelWish> wishes, const Area& bounds, std::span<const Area> taken = {});

}  // namespace sweepmark::gui
