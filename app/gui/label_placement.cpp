#include "app/gui/label_placement.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace sweepmark::gui {

namespace {

bool overlap(const Area& a, const Area& b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

bool within(const Area& a, const Area& bounds) {
  return a.x >= bounds.x && a.y >= bounds.y && a.x + a.width <= bounds.x + bounds.width &&
         a.y + a.height <= bounds.y + bounds.height;
}

}  // namespace

std::vector<PlacedLabel> place_labels(std::span<const LabelWish> wishes, const Area& bounds, std::span<const Area> taken) {
  constexpr std::array<float, 4> shifts = {0.0f, -1.05f, 1.05f, -2.1f};  // in heights of the label
  std::vector<std::size_t> order(wishes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater(), [&](std::size_t i) { return wishes[i].importance; });
  std::vector<Area> used(taken.begin(), taken.end());
  std::vector<PlacedLabel> placed(wishes.size());
  for (const std::size_t i : order)
    for (const float shift : shifts) {
      Area area = wishes[i].area;
      area.y += shift * area.height;
      if (!within(area, bounds) || std::ranges::any_of(used, [&](const Area& other) { return overlap(area, other); })) continue;
      used.push_back(area);
      placed[i] = {true, area};
      break;
    }
  return placed;
}

}  // namespace sweepmark::gui
