#include "app/gui/batch_page.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "app/gui/batch_cells.hpp"

namespace sweepmark::gui {
namespace {

TEST(BatchPage, HasTheCursorAndBeginsAtAMultipleOfItsSize) {
  EXPECT_EQ(page_at(0, 154), page_from(0, 20));
  EXPECT_EQ(page_at(19, 154), page_from(0, 20));
  EXPECT_EQ(page_at(20, 154), page_from(20, 20));
  EXPECT_EQ(page_at(153, 154), page_from(140, 14));
  EXPECT_EQ(page_at(3, 7), page_from(0, 7));
  EXPECT_EQ(page_at(900, 7), page_from(0, 7));
  EXPECT_EQ(page_at(0, 0), page_from(0, 0));
}

RC_GTEST_PROP(BatchPage, PagesTileTheDrive, (std::uint16_t total)) {
  const std::size_t sweeps = total % 500;
  std::size_t next = 0;
  while (next < sweeps) {
    const BatchPage page = page_at(next, sweeps);
    RC_ASSERT(!page.sweeps.empty());
    for (const std::size_t sweep : page.sweeps) {
      RC_ASSERT(sweep == next++);
      RC_ASSERT(page_at(sweep, sweeps) == page);
    }
  }
  RC_ASSERT(next == sweeps);
}

RC_GTEST_PROP(BatchGrid, CellsLieInTheAreaAndNeverOverlap, ()) {
  const Area area{
      static_cast<float>(*rc::gen::inRange(0, 500)), static_cast<float>(*rc::gen::inRange(0, 500)),
      static_cast<float>(*rc::gen::inRange(400, 3000)), static_cast<float>(*rc::gen::inRange(300, 2000))};
  const auto count = static_cast<std::size_t>(*rc::gen::inRange(1, 21));
  const CellContent content{*rc::gen::inRange(1, 200) * 0.1, *rc::gen::inRange(1, 200) * 0.1};
  const BatchGrid grid = grid_for(area, count, content, 20, 3);
  RC_ASSERT(grid.cells.size() == count);
  RC_ASSERT(static_cast<std::size_t>(grid.columns * grid.rows) >= count);
  for (std::size_t i = 0; i < count; ++i) {
    const Area& a = grid.cells[i];
    RC_ASSERT(a.x >= area.x && a.y >= area.y);
    RC_ASSERT(a.x + a.width <= area.x + area.width + 0.5f);
    RC_ASSERT(a.y + a.height <= area.y + area.height + 0.5f);
    RC_ASSERT(a.width == std::floor(a.width) && a.height == std::floor(a.height));
    // The middle of a cell is that cell's and no other's.
    RC_ASSERT(cell_at(grid, a.x + a.width / 2, a.y + a.height / 2) == i);
    if (i > 0) RC_ASSERT(a.y > grid.cells[i - 1].y || a.x >= grid.cells[i - 1].x + a.width);
  }
}

RC_GTEST_PROP(BatchGrid, NoOtherNumberOfColumnsShowsMore, ()) {
  const Area area{0, 0, static_cast<float>(*rc::gen::inRange(400, 3000)),
                  static_cast<float>(*rc::gen::inRange(300, 2000))};
  const CellContent content{*rc::gen::inRange(1, 100) * 0.1, *rc::gen::inRange(1, 100) * 0.1};
  const float caption = 20;
  const auto scale = [&](int columns) {
    const int rows = (20 + columns - 1) / columns;
    return std::min(area.width / columns / content.across, (area.height / rows - caption) / content.down);
  };
  const BatchGrid grid = grid_for(area, 20, content, caption, 0);
  for (int columns = 1; columns <= 20; ++columns) RC_ASSERT(scale(grid.columns) >= scale(columns) - 1e-6);
}

TEST(BatchGrid, IsWideForWideContentsAndTallForTallOnes) {
  const Area area{0, 0, 1000, 800};
  EXPECT_LT(grid_for(area, 20, {8, 3}, 20, 2).columns, grid_for(area, 20, {3, 8}, 20, 2).columns);
  EXPECT_TRUE(grid_for(area, 0, {1, 1}, 20, 2).cells.empty());
}

TEST(BatchGrid, TakesTheWidestCellsWhereNarrowOnesShowNoMore) {
  // In three rows seven or eight columns do: the height of a row is what counts.
  const BatchGrid grid = grid_for({0, 0, 2000, 800}, 20, {1, 1}, 20, 0);
  EXPECT_EQ(grid.columns, 7);
  EXPECT_EQ(grid.rows, 3);
}

TEST(BatchGrid, BetweenCellsThereIsNone) {
  const BatchGrid grid = grid_for({0, 0, 1000, 800}, 20, {1, 1}, 20, 4);
  EXPECT_FALSE(cell_at(grid, grid.cells[0].width + 1, 5));
  EXPECT_FALSE(cell_at(grid, -1, 5));
  EXPECT_EQ(cell_at(grid, 0, 0), 0u);
}

TEST(BatchMarks, ADragMarksAllBetweenInEitherDirectionAndKeepsTheOthers) {
  const BatchPage page = page_at(0, 154);
  EXPECT_EQ(marked_between({1}, page, 4, 6), (std::set<std::size_t>{1, 4, 5, 6}));
  EXPECT_EQ(marked_between({1}, page, 6, 4), (std::set<std::size_t>{1, 4, 5, 6}));
  EXPECT_EQ(marked_between({}, page, 3, 3), (std::set<std::size_t>{3}));
}

TEST(BatchMarks, OnAPageWithGapsAreOfThatPageOnly) {
  const BatchPage page{{3, 10, 20, 31}};
  EXPECT_EQ(marked_between({}, page, 31, 10), (std::set<std::size_t>{10, 20, 31}));
  EXPECT_EQ(page.place_of(20), 2u);
  EXPECT_FALSE(page.place_of(4) || page.place_of(32) || page.place_of(0));
}

RC_GTEST_PROP(BatchMarks, RunsCoverTheMarksAndNothingElse, (std::set<std::uint8_t> sweeps)) {
  const std::set<std::size_t> marked(sweeps.begin(), sweeps.end());
  std::set<std::size_t> covered;
  std::optional<std::size_t> last;
  for (const auto& [first, end] : runs_of(marked)) {
    RC_ASSERT(first <= end);
    if (last) RC_ASSERT(first > *last + 1);  // neighbours would be one run
    for (std::size_t sweep = first; sweep <= end; ++sweep) covered.insert(sweep);
    last = end;
  }
  RC_ASSERT(covered == marked);
}

}  // namespace
}  // namespace sweepmark::gui
