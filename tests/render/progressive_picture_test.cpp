#include "render/progressive_picture.hpp"

#include <gtest/gtest.h>

#include "tests/render/chunked_clouds.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

using test::placed;

constexpr Viewport viewport{160, 100};

ViewCamera above() {
  ViewCamera camera;
  camera.pitch = -1.2;
  camera.distance = 110;
  return camera;
}

std::vector<std::uint32_t> all_at_once(std::span<const ScenePoints> scene, const PointStyle& style) {
  const auto backend = make_software_backend(1);
  backend->draw(scene, style, above(), viewport);
  return backend->read_back();
}

constexpr double no_time = 1e-9;  // a slice is as small as slices get

int complete(ProgressivePicture& picture, std::span<const ScenePoints> scene, const PointStyle& style) {
  int frames = 0;
  do picture.draw(scene, style, above(), viewport);
  while (++frames < 100 && !picture.complete());
  return frames;
}

TEST(ProgressivePicture, EndsAsThePictureDrawnAtOnce) {
  const std::vector<ScenePoints> scene = {placed(test::random_sweep(3'000, 1)),
                                          placed(test::chunked_floor(13'000, 60, 2))};
  ProgressivePicture picture(make_software_backend(1), no_time);
  EXPECT_GT(complete(picture, scene, {}), 2);
  EXPECT_EQ(picture.backend().read_back(), all_at_once(scene, {}));
}

TEST(ProgressivePicture, CloudsThatComeLaterJoinIt) {
  std::vector<ScenePoints> scene = {placed(test::chunked_floor(8'000, 60, 2))};
  ProgressivePicture picture(make_software_backend(1), no_time);
  picture.draw(scene, {}, above(), viewport);
  const std::size_t before = picture.plan().handed_out();
  scene.push_back(placed(test::chunked_floor(4'000, 60, 3)));
  picture.draw(scene, {}, above(), viewport);
  EXPECT_GT(picture.plan().handed_out(), before);  // it went on, it did not begin again
  complete(picture, scene, {});
  EXPECT_EQ(picture.backend().read_back(), all_at_once(scene, {}));
}

TEST(ProgressivePicture, ANewColouringKeepsThePointsDrawnSoFar) {
  const std::vector<ScenePoints> scene = {placed(test::chunked_floor(8'000, 60, 2))};
  ProgressivePicture picture(make_software_backend(1), no_time);
  complete(picture, scene, {});
  PointStyle other;
  other.map = ColourMap::viridis;
  other.high = 0.3;
  picture.draw(scene, other, above(), viewport);
  EXPECT_TRUE(picture.complete());
  EXPECT_EQ(picture.backend().read_back(), all_at_once(scene, other));
}

TEST(ProgressivePicture, AMovedCameraBeginsAgain) {
  const std::vector<ScenePoints> scene = {placed(test::chunked_floor(8'000, 60, 2))};
  ProgressivePicture picture(make_software_backend(1), no_time);
  complete(picture, scene, {});
  ViewCamera moved = above();
  moved.yaw = 0.1;
  picture.draw(scene, {}, moved, viewport);
  EXPECT_FALSE(picture.complete());
}

TEST(ProgressivePicture, AMeshIsInItFromTheFirstCallAndAMovedOneBeginsAgain) {
  const std::vector<ScenePoints> scene = {placed(test::chunked_floor(13'000, 60, 2))};
  auto mesh = std::make_shared<TriangleMesh>();
  mesh->positions = {{-20, -20, 2}, {20, -20, 2}, {0, 20, 2}};
  mesh->triangles = {{0, 1, 2}};
  std::vector<SceneMesh> meshes(1);
  meshes[0].mesh = mesh;
  const auto with_meshes = [&] {
    const auto backend = make_software_backend(1);
    backend->draw(scene, {}, above(), viewport, {.meshes = meshes});
    return backend->read_back();
  };
  const auto draw_to_the_end = [&](ProgressivePicture& picture) {
    do picture.draw(scene, {}, above(), viewport, meshes);
    while (!picture.complete());
  };
  ProgressivePicture picture(make_software_backend(1), no_time);
  draw_to_the_end(picture);
  EXPECT_EQ(picture.backend().read_back(), with_meshes());
  EXPECT_NE(with_meshes(), all_at_once(scene, {}));
  meshes[0].world_from_mesh(0, 3) = 10;
  picture.draw(scene, {}, above(), viewport, meshes);
  EXPECT_FALSE(picture.complete());
  draw_to_the_end(picture);
  EXPECT_EQ(picture.backend().read_back(), with_meshes());
  PointStyle other;
  other.map = ColourMap::viridis;
  picture.draw(scene, other, above(), viewport, meshes);
  EXPECT_TRUE(picture.complete());
  EXPECT_NE(picture.backend().read_back(), all_at_once(scene, other));
}

TEST(ProgressivePicture, LabelsThatAFilterGoesByBeginAgain) {
  std::vector<ScenePoints> scene = {placed(test::chunked_floor(8'000, 60, 2))};
  PointStyle style;
  style.filter.shown = PointsShown::unannotated;
  ProgressivePicture picture(make_software_backend(1), no_time);
  complete(picture, scene, style);
  std::vector<PointLabel> labels(scene[0].cloud->size(), 0);
  for (std::size_t i = 0; i < labels.size(); i += 2) labels[i] = 5;
  scene[0].labels = std::make_shared<const std::vector<PointLabel>>(labels);
  complete(picture, scene, style);
  EXPECT_EQ(picture.backend().read_back(), all_at_once(scene, style));
}

}  // namespace
}  // namespace sweepmark
