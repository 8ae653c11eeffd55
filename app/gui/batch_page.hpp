// Which sweeps a page of the batch view shows, and where on it each stands. Pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "app/gui/input/places.hpp"

namespace sweepmark::gui {

inline constexpr std::size_t batch_page_size = 20;

struct BatchPage {
  std::vector<std::size_t> sweeps;  // ascending
  // Of a sweep on it, by number; empty where it is not there.
  std::optional<std::size_t> place_of(std::size_t sweep) const;
  bool operator==(const BatchPage&) const = default;
};

// Sweeps first … first + count − 1.
BatchPage page_from(std::size_t first, std::size_t count);

// The page that has the cursor, in time order. Pages begin at whole multiples of their size, so that cells
// keep their places while the cursor walks; the last one may be short.
BatchPage page_at(std::size_t cursor, std::size_t sweeps);

// What every cell is to show, metres: across and down the screen.
struct CellContent {
  double across = 1, down = 1;
};

struct BatchGrid {
  int columns = 1, rows = 1;
  std::vector<Area> cells;  // in reading order, `count` of them; whole pixels
};

// The grid that shows the contents of `count` cells at the largest common scale, with `caption` pixels taken
// off the height of each cell and `gap` pixels between them; of equally good ones the one with the
// widest cells.
BatchGrid grid_for(const Area& area, std::size_t count, const CellContent& content, float caption, float gap);

// The cell at a place, by its number in the grid.
std::optional<std::size_t> cell_at(const BatchGrid& grid, float x, float y);

// The marks after a drag from one sweep to another, in either direction: those before and all of the page
// that lie between.
std::set<std::size_t> marked_between(std::set<std::size_t> before, const BatchPage& page, std::size_t from,
                                     std::size_t to);

}  // namespace sweepmark::gui
