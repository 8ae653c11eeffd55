#include "render/pixel_mask.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace sweepmark {
namespace {

constexpr Viewport small{10, 5};

std::string picture(const PixelMask& mask) {
  std::string text;
  for (int y = 0; y < mask.viewport().height; ++y) {
    for (int x = 0; x < mask.viewport().width; ++x) text += mask.at(x, y) ? '#' : '.';
    text += '\n';
  }
  return text;
}

TEST(PixelMask, RectangleTakesPixelsWhoseCentresItHolds) {
  EXPECT_EQ(picture(PixelMask::rectangle(small, {6.4, 3.6}, {2.6, 1.0})),
            "..........\n"
            "...###....\n"
            "...###....\n"
            "...###....\n"
            "..........\n");
}

TEST(PixelMask, DiscIsRound) {
  EXPECT_EQ(picture(PixelMask::disc(small, {4.5, 2.5}, 2.3)),
            "...###....\n"
            "..#####...\n"
            "..#####...\n"
            "..#####...\n"
            "...###....\n");
}

TEST(PixelMask, PolygonCrossingItselfIsEvenOdd) {
  // Twice round the same square: what is inside twice is outside.
  const std::vector<Eigen::Vector2d> twice = {{1, 1}, {5, 1}, {5, 4}, {1, 4}, {1, 1}, {5, 1}, {5, 4}, {1, 4}};
  EXPECT_TRUE(PixelMask::polygon(small, twice).empty());
  const std::vector<Eigen::Vector2d> once = {{1, 1}, {5, 1}, {5, 4}, {1, 4}};
  EXPECT_EQ(picture(PixelMask::polygon(small, once)), picture(PixelMask::rectangle(small, {1, 1}, {5, 4})));
}

TEST(PixelMask, LinesOfFewCornersChooseNothing) {
  const std::vector<Eigen::Vector2d> line = {{1, 1}, {8, 4}};
  EXPECT_TRUE(PixelMask::polygon(small, line).empty());
}

TEST(PixelMask, ShapesOutsideAndEndlessOnesAreHeldToTheViewport) {
  EXPECT_TRUE(PixelMask::disc(small, {-50, -50}, 10).empty());
  const PixelMask all = PixelMask::rectangle(small, {-1e30, -1e30}, {1e30, 1e30});
  EXPECT_EQ(all.left(), 0);
  EXPECT_EQ(all.right(), small.width);
  EXPECT_EQ(all.bottom(), small.height);
  EXPECT_TRUE(all.at(9, 4));
}

TEST(PixelMask, AddJoins) {
  PixelMask mask = PixelMask::rectangle(small, {0, 0}, {2, 2});
  mask.add(PixelMask(small));
  mask.add(PixelMask::rectangle(small, {8, 3}, {10, 5}));
  EXPECT_TRUE(mask.at(0, 0) && mask.at(9, 4));
  EXPECT_FALSE(mask.at(5, 2));
  EXPECT_EQ(mask.left(), 0);
  EXPECT_EQ(mask.right(), 10);
  EXPECT_EQ(mask.bottom(), 5);
}

// A plain reference: a pixel's centre is inside where a ray to the right crosses the line an odd number of
// times.
bool inside(const std::vector<Eigen::Vector2d>& corners, double x, double y) {
  bool odd = false;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const auto &a = corners[i], &b = corners[(i + 1) % corners.size()];
    if ((a.y() <= y) != (b.y() <= y) && x < a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x()))
      odd = !odd;
  }
  return odd;
}

RC_GTEST_PROP(PixelMask, PolygonsAgreeWithAPlainTest, ()) {
  const Viewport viewport{70, 40};
  std::vector<Eigen::Vector2d> corners;
  const int count = *rc::gen::inRange(3, 12);
  for (int i = 0; i < count; ++i)
    corners.emplace_back(*rc::gen::inRange(-3000, 10000) / 100.0 + 0.003,
                         *rc::gen::inRange(-2000, 6000) / 100.0 + 0.003);
  const PixelMask mask = PixelMask::polygon(viewport, corners);
  for (int y = 0; y < viewport.height; ++y)
    for (int x = 0; x < viewport.width; ++x) {
      RC_ASSERT(mask.at(x, y) == inside(corners, x + 0.5, y + 0.5));
      RC_ASSERT(!mask.at(x, y) ||
                (x >= mask.left() && x < mask.right() && y >= mask.top() && y < mask.bottom()));
    }
}

}  // namespace
}  // namespace sweepmark
