#include "render/picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>

#include "tests/render/scenes.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark {
namespace {

constexpr Viewport small{12, 8};
constexpr Rgba black{0, 0, 0, 255}, white{255, 255, 255, 255};

std::vector<std::uint32_t> lines_on_black(const std::vector<ScreenLine>& lines, Viewport viewport = small) {
  std::vector<std::uint32_t> rgba(static_cast<std::size_t>(viewport.width * viewport.height), black.packed());
  draw_lines(lines, viewport, rgba);
  return rgba;
}

int red_at(const std::vector<std::uint32_t>& rgba, int x, int y) {
  return static_cast<int>(rgba[static_cast<std::size_t>(y * small.width + x)] & 0xffu);
}

// Brightness of the whole picture, in white pixels.
double ink_of(const std::vector<std::uint32_t>& rgba) {
  double sum = 0.0;
  for (const std::uint32_t pixel : rgba) sum += (pixel & 0xffu) / 255.0;
  return sum;
}

TEST(DrawLines, LineAlongPixelMiddlesIsCrisp) {
  const auto rgba = lines_on_black({{{2.5f, 3.5f}, {8.5f, 3.5f}, white, 1.0f}});
  for (int x = 3; x <= 7; ++x) {
    EXPECT_EQ(red_at(rgba, x, 3), 255) << x;
    EXPECT_EQ(red_at(rgba, x, 2), 0) << x;
    EXPECT_EQ(red_at(rgba, x, 4), 0) << x;
  }
  EXPECT_EQ(red_at(rgba, 0, 3), 0);
  EXPECT_EQ(red_at(rgba, 11, 3), 0);
}

TEST(DrawLines, LineBetweenTwoRowsIsSharedByThem) {
  const auto rgba = lines_on_black({{{-5.0f, 4.0f}, {20.0f, 4.0f}, white, 1.0f}});
  for (int x = 0; x < 12; ++x) {
    EXPECT_NEAR(red_at(rgba, x, 3), 128, 1);
    EXPECT_NEAR(red_at(rgba, x, 4), 128, 1);
  }
}

TEST(DrawLines, InkIsLengthTimesWidthAtAnyAngle) {
  const Viewport viewport{200, 200};
  double worst = 0.0, sum = 0.0;
  int lines = 0;
  for (int degrees = 0; degrees < 360; degrees += 7)
    for (const float width : {1.0f, 2.5f}) {
      const float angle = static_cast<float>(degrees) * 0.0174533f;
      const Eigen::Vector2f middle(100.0f, 100.0f), along(60.0f * std::cos(angle), 60.0f * std::sin(angle));
      const double expected = 120.0 * width + 0.25 * 3.14159 * width * width;
      const double ratio =
          ink_of(lines_on_black({{middle - along, middle + along, white, width}}, viewport)) / expected;
      worst = std::max(worst, std::abs(ratio - 1.0));
      sum += ratio;
      ++lines;
    }
  EXPECT_LT(worst, 0.13);  // a thin line along the pixels' corners meets the smooth edge at few places
  EXPECT_NEAR(sum / lines, 1.0, 0.01);
}

TEST(DrawLines, TransparentInkIsBlended) {
  const auto rgba = lines_on_black({{{-5.0f, 3.5f}, {20.0f, 3.5f}, {200, 100, 0, 128}, 1.0f}});
  EXPECT_EQ(rgba[3 * 12 + 5], (Rgba{100, 50, 0, 255}.packed()));
}

TEST(DrawLines, WhatIsOutsideOrNotFiniteDrawsNothing) {
  const float nan = std::numeric_limits<float>::quiet_NaN(),
              infinite = std::numeric_limits<float>::infinity();
  const auto rgba = lines_on_black({{{-50, -50}, {-10, 300}, white, 2.0f},
                                    {{nan, 1}, {5, 5}, white, 2.0f},
                                    {{1, 1}, {infinite, 5}, white, 2.0f},
                                    {{5, -20}, {30, -20}, white, 3.0f}});
  EXPECT_THAT(rgba, testing::Each(black.packed()));
}

TEST(DrawLines, ALineOfMillionsOfPixelsIsCutFirst) {
  const auto rgba = lines_on_black({{{-4e8f, 3.5f}, {4e8f, 3.5f}, white, 1.0f}});
  for (int x = 0; x < 12; ++x) EXPECT_EQ(red_at(rgba, x, 3), 255);
}

TEST(DrawPicture, HasPointsBackgroundAndLinesOverThem) {
  const auto cloud = test::cloud_of({test::under_pixel(2, 1, 0, small), test::under_pixel(6, 3, 0, small)});
  PointStyle style;
  style.colouring = PointColouring::flat;
  style.size_px = 1;
  style.flat = Rgba{10, 20, 30, 255};
  const std::vector<ScreenLine> lines = {{{-5.0f, 3.5f}, {20.0f, 3.5f}, white, 1.0f}};
  const Image image = draw_picture({{{cloud, Eigen::Matrix4d::Identity(), nullptr}}}, {}, style, lines,
                                   test::metre_per_pixel_from_above(small), small);
  ASSERT_EQ(image.width, 12);
  ASSERT_EQ(image.height, 8);
  ASSERT_EQ(image.rgba.size(), 4u * 12 * 8);
  const auto pixel = [&image](int x, int y) {
    const auto at = static_cast<std::size_t>(4 * (y * 12 + x));
    return Rgba{image.rgba[at], image.rgba[at + 1], image.rgba[at + 2], image.rgba[at + 3]};
  };
  EXPECT_EQ(pixel(2, 1), style.flat);
  EXPECT_EQ(pixel(6, 3), white);
  EXPECT_EQ(pixel(0, 0), style.background);
}

TEST(DrawPicture, RealSweepFillsThePictureWithGroundAndRings) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0000/000000.bin");
  std::ifstream file(test::real_data("kitti_tracking/training/velodyne/0000/000000.bin"), std::ios::binary);
  auto cloud = std::make_shared<PointCloud>();
  for (std::array<float, 4> row; file.read(reinterpret_cast<char*>(row.data()), sizeof row);) {
    cloud->x.push_back(row[0]);
    cloud->y.push_back(row[1]);
    cloud->z.push_back(row[2]);
  }
  ASSERT_GT(cloud->size(), 100'000u);
  const Viewport viewport{640, 360};
  const ViewCamera camera = preset_view({}, ViewPreset::top, Point<World>(0, 0, -1.7), 0.0);
  const auto backend = make_software_backend();
  backend->draw({{{cloud, Eigen::Matrix4d::Identity(), nullptr}}}, {}, camera, viewport);
  std::size_t wrong = 0, drawn = 0;
  const auto ids = backend->ids_in(0, 0, viewport.width, viewport.height);
  for (int y = 0; y < viewport.height; ++y)
    for (int x = 0; x < viewport.width; ++x) {
      const auto& id = ids[static_cast<std::size_t>(y * viewport.width + x)];
      if (!id) continue;
      ++drawn;
      // Whatever point a pixel shows, camera geometry puts it there: within the two pixels of its square.
      const auto expected = camera.pixel_from(Point<World>(cloud->position(id->point)), viewport);
      wrong += !expected || (*expected - Eigen::Vector2d(x + 0.5, y + 0.5)).cwiseAbs().maxCoeff() > 1.01;
    }
  EXPECT_GT(drawn, 20'000u);
  EXPECT_EQ(wrong, 0u);
}

}  // namespace
}  // namespace sweepmark
