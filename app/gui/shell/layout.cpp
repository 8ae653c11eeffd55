#include "app/gui/shell/layout.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark::gui {
namespace {

constexpr float gap_px = 4;  // between neighbours: where splitters are gripped
constexpr float tools_px = 46;

// Keeps at least `low` for this side and `rest` for the other; where there is no room for both, both give way
// alike.
float bounded(float wanted, float whole, float low, float rest) {
  if (low + rest > whole) {
    const float shrink = whole / (low + rest);
    low *= shrink;
    rest *= shrink;
  }
  return std::round(std::clamp(wanted, low, std::max(low, whole - rest)));
}

struct Sizes {
  float gap, tools, left, right, bottom, sides, right_top, body_height, main_width;
};

Sizes sizes_of(const Area& all, float scale, const ViewState& view) {
  Sizes s{};
  s.gap = std::round(gap_px * scale);
  s.tools = std::round(tools_px * scale);
  const float main_min = 340 * scale;
  s.right = bounded(view.right * all.width, all.width - s.tools, 230 * scale, main_min + 190 * scale);
  s.left = bounded(view.left * all.width, all.width - s.tools - s.right - 2 * s.gap, 190 * scale, main_min);
  s.bottom = bounded(view.bottom * all.height, all.height - s.gap, 92 * scale, 320 * scale);
  s.body_height = all.height - s.bottom - s.gap;
  s.main_width = all.width - s.tools - s.left - s.right - 2 * s.gap;
  s.sides = bounded(view.sides * s.body_height, s.body_height - s.gap, 110 * scale, 180 * scale);
  s.right_top = bounded(view.right_top * s.body_height, s.body_height - s.gap, 140 * scale, 160 * scale);
  return s;
}

void place_side_views(Layout& layout, const Area& row, float gap) {
  const float each = std::floor((row.width - 2 * gap) / 3);
  const auto at = [&](Slot slot, float x, float width) {
    layout.slots[static_cast<std::size_t>(slot)] = {x, row.y, width, row.height};
  };
  at(Slot::side_top, row.x, each);
  at(Slot::side_side, row.x + each + gap, each);
  at(Slot::side_rear, row.x + 2 * (each + gap), row.width - 2 * (each + gap));
}

}  // namespace

std::string_view name_of(Slot slot) {
  constexpr std::array<std::string_view, 9> names = {"tool_strip", "left",         "main_view",
                                                     "side_top",   "side_side",    "side_rear",
                                                     "right_top",  "right_bottom", "timeline"};
  return names[static_cast<std::size_t>(slot)];
}

Layout arrange(const Area& all, float scale, const ViewState& view) {
  const Sizes s = sizes_of(all, scale, view);
  Layout layout;
  const auto put = [&](Slot slot, Area area) { layout.slots[static_cast<std::size_t>(slot)] = area; };
  const float left_x = all.x + s.tools, main_x = left_x + s.left + s.gap,
              right_x = main_x + s.main_width + s.gap;
  const float main_height = s.body_height - s.sides - s.gap, sides_y = all.y + main_height + s.gap;
  const float timeline_y = all.y + s.body_height + s.gap;
  put(Slot::tool_strip, {all.x, all.y, s.tools, s.body_height});
  put(Slot::left, {left_x, all.y, s.left, s.body_height});
  put(Slot::main_view, {main_x, all.y, s.main_width, main_height});
  place_side_views(layout, {main_x, sides_y, s.main_width, s.sides}, s.gap);
  put(Slot::right_top, {right_x, all.y, s.right, s.right_top});
  put(Slot::right_bottom,
      {right_x, all.y + s.right_top + s.gap, s.right, s.body_height - s.right_top - s.gap});
  put(Slot::timeline, {all.x, timeline_y, all.width, s.bottom});
  layout.splitters = {{{Splitter::left, {main_x - s.gap, all.y, s.gap, s.body_height}, true},
                       {Splitter::right, {right_x - s.gap, all.y, s.gap, s.body_height}, true},
                       {Splitter::bottom, {all.x, timeline_y - s.gap, all.width, s.gap}, false},
                       {Splitter::sides, {main_x, sides_y - s.gap, s.main_width, s.gap}, false},
                       {Splitter::right_top, {right_x, all.y + s.right_top, s.right, s.gap}, false}}};
  return layout;
}

void give_sides_to_main(Layout& layout) {
  Area& main = layout.slots[static_cast<std::size_t>(Slot::main_view)];
  const Area& sides = layout[Slot::side_top];
  main.height = sides.y + sides.height - main.y;
}

void move_splitter(ViewState& view, Splitter which, float pixels, const Area& all, float scale) {
  // From the sizes that are shown, so that a splitter at its limit answers at once when it is dragged back.
  const Sizes s = sizes_of(all, scale, view);
  switch (which) {
    case Splitter::left:
      view.left = (s.left + pixels) / all.width;
      break;
    case Splitter::right:
      view.right = (s.right - pixels) / all.width;
      break;
    case Splitter::bottom:
      view.bottom = (s.bottom - pixels) / all.height;
      break;
    case Splitter::sides:
      view.sides = (s.sides - pixels) / s.body_height;
      break;
    case Splitter::right_top:
      view.right_top = (s.right_top + pixels) / s.body_height;
      break;
  }
  for (float* share : {&view.left, &view.right, &view.bottom, &view.sides, &view.right_top})
    *share = std::clamp(*share, 0.02f, 0.98f);
}

}  // namespace sweepmark::gui
