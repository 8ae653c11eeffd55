#include "app/gui/batch_page.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark::gui {

namespace {

// Pixels a metre takes where a grid has this many columns; 0 where cells are too small to show anything.
double scale_with(int columns, const Area& area, std::size_t count, const CellContent& content, float caption,
                  float gap) {
  const int rows = (static_cast<int>(count) + columns - 1) / columns;
  const double width = (area.width - static_cast<double>(gap) * (columns - 1)) / columns;
  const double height = (area.height - static_cast<double>(gap) * (rows - 1)) / rows - caption;
  return std::max(0.0, std::min(width / content.across, height / content.down));
}

}  // namespace

std::optional<std::size_t> BatchPage::place_of(std::size_t sweep) const {
  const auto found = std::ranges::lower_bound(sweeps, sweep);
  if (found == sweeps.end() || *found != sweep) return std::nullopt;
  return static_cast<std::size_t>(found - sweeps.begin());
}

BatchPage page_from(std::size_t first, std::size_t count) {
  BatchPage page;
  for (std::size_t i = 0; i < count; ++i) page.sweeps.push_back(first + i);
  return page;
}

BatchPage page_at(std::size_t cursor, std::size_t sweeps) {
  if (sweeps == 0) return {};
  const std::size_t at = std::min(cursor, sweeps - 1), first = at / batch_page_size * batch_page_size;
  return page_from(first, std::min(batch_page_size, sweeps - first));
}

BatchGrid grid_for(const Area& area, std::size_t count, const CellContent& content, float caption,
                   float gap) {
  BatchGrid grid;
  if (count == 0) return grid;
  double best = -1;
  for (int columns = static_cast<int>(count); columns >= 1; --columns)
    if (const double scale = scale_with(columns, area, count, content, caption, gap); scale >= best) {
      best = scale;
      grid.columns = columns;
    }
  grid.rows = (static_cast<int>(count) + grid.columns - 1) / grid.columns;
  const auto columns = static_cast<float>(grid.columns), rows = static_cast<float>(grid.rows);
  const float width = std::max(1.0f, std::floor((area.width - gap * (columns - 1)) / columns));
  const float height = std::max(1.0f, std::floor((area.height - gap * (rows - 1)) / rows));
  for (std::size_t i = 0; i < count; ++i) {
    const auto column = static_cast<float>(i % static_cast<std::size_t>(grid.columns));
    const auto row = static_cast<float>(i / static_cast<std::size_t>(grid.columns));
    grid.cells.push_back({area.x + column * (width + gap), area.y + row * (height + gap), width, height});
  }
  return grid;
}

std::optional<std::size_t> cell_at(const BatchGrid& grid, float x, float y) {
  for (std::size_t i = 0; i < grid.cells.size(); ++i) {
    const Area& cell = grid.cells[i];
    if (x >= cell.x && y >= cell.y && x < cell.x + cell.width && y < cell.y + cell.height) return i;
  }
  return std::nullopt;
}

std::set<std::size_t> marked_between(std::set<std::size_t> before, const BatchPage& page, std::size_t from,
                                     std::size_t to) {
  for (const std::size_t sweep : page.sweeps)
    if (sweep >= std::min(from, to) && sweep <= std::max(from, to)) before.insert(sweep);
  return before;
}

}  // namespace sweepmark::gui
