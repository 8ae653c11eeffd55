#include "app/gui/image_resample.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace sweepmark::gui {
namespace {

constexpr std::uint32_t around = 0xff112233;

std::uint32_t grey(int value) {
  const auto v = static_cast<std::uint32_t>(value);
  return v | v << 8 | v << 16 | 0xff000000u;
}

// Columns of 0, 10, 20 …; rows add 1 each.
ReducedImage ramp(int width, int height) {
  ReducedImage image{{width, height, {}}, width, height};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const auto value = static_cast<std::uint8_t>(10 * x + y);
      for (const std::uint8_t channel : {value, value, value, std::uint8_t{255}})
        image.pixels.rgba.push_back(channel);
    }
  return image;
}

std::vector<std::uint32_t> shown(const ReducedImage& image, const ImageWindow& window, int width, int height,
                                 std::uint32_t over = 0) {
  std::vector<std::uint32_t> canvas(static_cast<std::size_t>(width * height), over);
  put_image_under(canvas, width, height, image, window, around);
  return canvas;
}

TEST(ImageResample, PixelForPixelItIsTheImage) {
  const ReducedImage image = ramp(4, 3);
  const auto canvas = shown(image, {-0.5, -0.5, 1}, 4, 3);
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 4; ++x) EXPECT_EQ(canvas[static_cast<std::size_t>(4 * y + x)], grey(10 * x + y));
}

TEST(ImageResample, OutsideTheImageIsTheBackground) {
  const auto canvas = shown(ramp(2, 2), {-2.5, -0.5, 1}, 5, 2);
  EXPECT_EQ(canvas[0], around);
  EXPECT_EQ(canvas[1], around);
  EXPECT_EQ(canvas[2], grey(0));
  EXPECT_EQ(canvas[3], grey(10));
  EXPECT_EQ(canvas[4], around);
}

TEST(ImageResample, SmallerPixelsAreAveraged) {
  const auto canvas = shown(ramp(4, 4), {-0.5, -0.5, 0.5}, 2, 2);
  EXPECT_EQ(canvas[0], grey((0 + 10 + 1 + 11) / 4));
  EXPECT_EQ(canvas[3], grey((22 + 32 + 23 + 33) / 4));
}

TEST(ImageResample, LargerPixelsAreInterpolated) {
  const auto canvas = shown(ramp(3, 1), {-0.5, -0.5, 2}, 6, 2);
  // Middles of the canvas's pixels lie at −0.25, 0.25, 0.75, … of the image's.
  EXPECT_EQ(canvas[0], grey(0));
  EXPECT_EQ(canvas[1], grey(2));
  EXPECT_EQ(canvas[2], grey(7));
  EXPECT_EQ(canvas[3], grey(12));
}

TEST(ImageResample, AReducedImageLiesWhereTheWholeOneWould) {
  const ReducedImage whole = ramp(8, 8);
  ReducedImage half{{4, 4, {}}, 8, 8};
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 4; ++x) {
      const auto value =
          static_cast<std::uint8_t>(10 * (2 * x) + 5 + 2 * y);  // the mean of four, rounded down
      half.pixels.rgba.insert(half.pixels.rgba.end(), {value, value, value, 255});
    }
  EXPECT_EQ(shown(half, {-0.5, -0.5, 0.5}, 4, 4), shown(whole, {-0.5, -0.5, 0.5}, 4, 4));
}

TEST(ImageResample, WhatWasPaintedBeforeStaysAboveByItsOpacity) {
  const ReducedImage image = ramp(1, 1);
  EXPECT_EQ(shown(image, {-0.5, -0.5, 1}, 1, 1, grey(200))[0], grey(200));
  EXPECT_EQ(shown(image, {-0.5, -0.5, 1}, 1, 1, 200u | 200u << 8 | 200u << 16 | 128u << 24)[0], grey(100));
}

}  // namespace
}  // namespace sweepmark::gui
