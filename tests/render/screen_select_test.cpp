#include "render/screen_select.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "render/select_kernels.hpp"
#include "tests/render/chunked_clouds.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

using test::placed;

constexpr Viewport viewport{320, 200};

ViewCamera oblique(double metres) {
  ViewCamera camera;
  camera.pitch = -0.7;
  camera.distance = metres;
  return camera;
}

PixelMask lasso() {
  return PixelMask::polygon(
      viewport, std::vector<Eigen::Vector2d>{{40, 30}, {200, 20}, {280, 150}, {150, 90}, {60, 180}});
}

// In double precision, one point at a time; points within a hundredth of a pixel of the mask's edge are left
// open.
void expect_as_by_plain_projection(const PointCloud& cloud, const ViewCamera& camera, const PixelMask& mask,
                                   const std::vector<SelectedPoints>& selected) {
  ASSERT_EQ(selected.size(), 1u);
  std::size_t checked = 0, chosen = 0;
  for (std::uint32_t i = 0; i < cloud.size(); ++i) {
    const auto pixel = camera.pixel_from(Point<World>(cloud.position(i)), viewport);
    const auto in_mask = [&](double du, double dv) {
      const int x = static_cast<int>(std::floor(pixel->x() + du)),
                y = static_cast<int>(std::floor(pixel->y() + dv));
      return x >= 0 && y >= 0 && x < viewport.width && y < viewport.height && mask.at(x, y);
    };
    if (pixel &&
        (in_mask(-0.01, -0.01) != in_mask(0.01, 0.01) || in_mask(-0.01, 0.01) != in_mask(0.01, -0.01)))
      continue;
    const bool expected = pixel && in_mask(0, 0);
    EXPECT_EQ(selected[0].has(i), expected) << "point " << i;
    ++checked;
    chosen += expected;
  }
  EXPECT_GT(checked, cloud.size() * 9 / 10);
  EXPECT_GT(chosen, 100u);
}

TEST(ScreenSelect, AgreesWithPlainProjection) {
  ThreadTeam team(2);
  const auto cloud = test::random_sweep(20'003, 4);
  const std::vector<ScenePoints> scene = {placed(cloud)};
  for (const bool orthographic : {false, true}) {
    ViewCamera camera = oblique(60);
    camera.orthographic = orthographic;
    expect_as_by_plain_projection(*cloud, camera, lasso(), points_under(scene, camera, lasso(), team));
  }
}

TEST(ScreenSelect, ChunksOutOfTheMaskChangeNothing) {
  ThreadTeam team(2);
  const auto chunked = test::chunked_floor(1'000, 90, 5);
  auto plain = std::make_shared<PointCloud>(*chunked);
  plain->chunks.clear();
  const PixelMask brush = PixelMask::disc(viewport, {100, 120}, 14);
  const auto with = points_under(std::vector{placed(chunked)}, oblique(60), brush, team);
  const auto without = points_under(std::vector{placed(plain)}, oblique(60), brush, team);
  ASSERT_EQ(with.size(), 1u);
  ASSERT_EQ(without.size(), 1u);
  EXPECT_EQ(with[0].bits, without[0].bits);
  EXPECT_GT(with[0].count, 20u);
}

TEST(ScreenSelect, KernelsGiveTheSameBits) {
  const SelectKernels* avx2 = avx2_select_kernels();
  if (!avx2) GTEST_SKIP() << "no AVX2 here";
  const auto cloud = test::random_sweep(10'007, 6);
  const CloudProjection projection =
      cloud_projection(cloud->origin, Eigen::Matrix4d::Identity(), oblique(40), viewport, 0.0);
  const auto bits_by = [&](const SelectKernels& kernels) {
    std::vector<std::uint64_t> bits((cloud->size() + 63) / 64);
    kernels.select({cloud->x.data(), cloud->y.data(), cloud->z.data(), 0, cloud->size(), bits.data()},
                   projection, lasso());
    return bits;
  };
  EXPECT_EQ(bits_by(*avx2), bits_by(scalar_select_kernels()));
}

TEST(ScreenSelect, PointsComeInOrderAndCounted) {
  ThreadTeam team(1);
  const auto selected = points_under(std::vector{placed(test::random_sweep(5'000, 7))}, oblique(60),
                                     PixelMask::rectangle(viewport, {0, 0}, {320, 200}), team);
  ASSERT_EQ(selected.size(), 1u);
  const std::vector<std::uint32_t> points = selected[0].points();
  EXPECT_EQ(points.size(), selected[0].count);
  EXPECT_TRUE(std::ranges::is_sorted(points));
}

TEST(ScreenSelect, OnlyWhatIsSeenIsVisible) {
  ThreadTeam team(1);
  const Viewport small{10, 6};
  const ViewCamera camera = test::metre_per_pixel_from_above(small);
  const auto cloud = test::cloud_of({test::under_pixel(3, 2, 1, small), test::under_pixel(3, 2, 5, small),
                                     test::under_pixel(8, 4, 0, small)});
  const std::vector<ScenePoints> scene = {placed(cloud)};
  const auto backend = make_software_backend(1);
  PointStyle style;
  style.size_px = 1;
  backend->draw(scene, style, camera, small);
  const PixelMask mask = PixelMask::rectangle(small, {2, 1}, {5, 4});
  const auto visible = visible_points_under(*backend, scene, mask);
  ASSERT_EQ(visible.size(), 1u);
  EXPECT_EQ(visible[0].points(), std::vector<std::uint32_t>{1});
  const auto all = points_under(scene, camera, mask, team);
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].points(), (std::vector<std::uint32_t>{0, 1}));
}

TEST(ScreenSelect, NothingUnderAnEmptyMask) {
  ThreadTeam team(1);
  const std::vector<ScenePoints> scene = {placed(test::random_sweep(100, 8))};
  EXPECT_TRUE(points_under(scene, oblique(60), PixelMask(viewport), team).empty());
  const auto backend = make_software_backend(1);
  backend->draw(scene, {}, oblique(60), viewport);
  EXPECT_TRUE(visible_points_under(*backend, scene, PixelMask(viewport)).empty());
}

}  // namespace
}  // namespace sweepmark
