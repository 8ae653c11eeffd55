#include "app/gui/camera_colours.hpp"

#include <gtest/gtest.h>

namespace sweepmark::gui {
namespace {

ReducedImage image_of(std::uint8_t red, int width = 10, int height = 10) {
  ReducedImage image{{width, height, {}}, 10, 10};
  for (int i = 0; i < width * height; ++i)
    for (const std::uint8_t channel : {red, static_cast<std::uint8_t>(i), std::uint8_t{0}, std::uint8_t{255}})
      image.pixels.rgba.push_back(channel);
  return image;
}

std::uint32_t packed(std::uint32_t red, std::uint32_t green) {
  return red | green << 8 | 0xff000000u;
}

TEST(CameraColours, TakeThePixelAPointIsSeenAt) {
  const ImageProjection seen({{1, 3, 2, 5, true}});
  const ReducedImage image = image_of(7);
  const std::vector<SeenBy> cameras = {{seen, image}};
  EXPECT_EQ(camera_colours(3, cameras), (std::vector<std::uint32_t>{0, packed(7, 23), 0}));
}

TEST(CameraColours, TheCameraInWhoseMiddleAPointLiesTellsItsColour) {
  const ImageProjection aside({{0, 9, 4.5, 5, true}, {1, 4.5, 4.5, 5, true}}),
      middle({{0, 5, 4.5, 5, true}, {1, 0, 0, 5, true}});
  const ReducedImage first = image_of(1), second = image_of(2);
  const std::vector<SeenBy> cameras = {{aside, first}, {middle, second}};
  const auto colours = camera_colours(2, cameras);
  EXPECT_EQ(colours[0] & 0xff, 2u);
  EXPECT_EQ(colours[1] & 0xff, 1u);
}

TEST(CameraColours, WhatIsHiddenFromACameraHasNoColourOfIt) {
  const ImageProjection hidden({{0, 4.5, 4.5, 5, false}}), aside({{0, 9, 9, 5, true}});
  const ReducedImage first = image_of(1), second = image_of(2);
  const std::vector<SeenBy> cameras = {{hidden, first}, {aside, second}};
  EXPECT_EQ(camera_colours(1, cameras)[0] & 0xff, 2u);
  EXPECT_EQ(camera_colours(1, std::span(cameras).first(1))[0], 0u);
}

TEST(CameraColours, AReducedImageIsReadWhereTheWholeOneWouldBe) {
  const ImageProjection seen({{0, 9, 9, 5, true}, {1, 0, 0, 5, true}});
  const ReducedImage half = image_of(1, 5, 5);
  const std::vector<SeenBy> cameras = {{seen, half}};
  const auto colours = camera_colours(2, cameras);
  EXPECT_EQ(colours[0], packed(1, 24));
  EXPECT_EQ(colours[1], packed(1, 0));
}

}  // namespace
}  // namespace sweepmark::gui
