// Surfaces among points.
#include <gtest/gtest.h>

#include "render/software_backend.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

constexpr Viewport small{10, 6};
constexpr Rgba ground{1, 2, 3, 255}, ink{200, 100, 50, 255}, paint{40, 80, 160, 255};

// A level square of the world from pixel (left, top) to (right, bottom), under metre_per_pixel_from_above.
SceneMesh level_square(int left, int top, int right, int bottom, float z) {
  const auto corner = [&](int column, int row) -> Eigen::Vector3f {
    return {0.5f * small.height - static_cast<float>(row), 0.5f * small.width - static_cast<float>(column),
            z};
  };
  auto mesh = std::make_shared<TriangleMesh>();
  mesh->positions = {corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)};
  mesh->triangles = {{0, 1, 2}, {0, 2, 3}};
  SceneMesh scene_mesh;
  scene_mesh.mesh = mesh;
  scene_mesh.colour = paint;
  return scene_mesh;
}

std::string picture_of(PointBackend& backend) {
  std::string text;
  const std::vector<std::uint32_t> pixels = backend.read_back();
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    text += pixels[i] == ground.packed()  ? '.'
            : pixels[i] == ink.packed()   ? 'o'
            : pixels[i] == paint.packed() ? '#'
                                          : '?';
    if ((i + 1) % static_cast<std::size_t>(small.width) == 0) text += '\n';
  }
  return text;
}

PointStyle flat() {
  PointStyle style;
  style.colouring = PointColouring::flat;
  style.size_px = 1;
  style.flat = ink;
  style.background = ground;
  return style;
}

TEST(MeshPicture, FillsWholePixelsOnceAndHidesWhatIsBelow) {
  ScenePoints points;
  points.cloud = test::cloud_of({test::under_pixel(3, 2, 1, small), test::under_pixel(4, 2, 9, small),
                                 test::under_pixel(8, 2, 1, small)});
  const std::vector<ScenePoints> scene = {points};
  const std::vector<SceneMesh> meshes = {level_square(2, 1, 7, 4, 5.0f)};
  const auto backend = make_software_backend(1);
  backend->draw(scene, flat(), test::metre_per_pixel_from_above(small), small, {.meshes = meshes});
  EXPECT_EQ(picture_of(*backend),
            "..........\n"
            "..#####...\n"
            "..##o##.o.\n"
            "..#####...\n"
            "..........\n"
            "..........\n");
  EXPECT_FALSE(backend->pick(3, 2, 0)) << "the surface hides it";
  EXPECT_TRUE(backend->pick(4, 2, 0));
  EXPECT_FALSE(backend->ids_in(3, 2, 1, 1)[0]);
}

TEST(MeshPicture, AreGoneWithTheNextPicture) {
  const std::vector<ScenePoints> scene = {{test::cloud_of({test::under_pixel(3, 2, 1, small)})}};
  const std::vector<SceneMesh> meshes = {level_square(2, 1, 7, 4, 5.0f)};
  const auto backend = make_software_backend(1);
  const ViewCamera camera = test::metre_per_pixel_from_above(small);
  backend->draw(scene, flat(), camera, small, {.meshes = meshes});
  backend->draw(scene, flat(), camera, small);
  EXPECT_TRUE(backend->pick(3, 2, 0));
}

// What crosses the near plane is cut there, not thrown away and not turned inside out.
TEST(MeshPicture, ASurfaceThatReachesBehindTheEyeIsCut) {
  ViewCamera camera;
  camera.pitch = -0.3;
  camera.distance = 10.0;
  auto mesh = std::make_shared<TriangleMesh>();
  mesh->positions = {{-200, -200, 0}, {200, -200, 0}, {200, 200, 0}, {-200, 200, 0}};
  mesh->triangles = {{0, 1, 2}, {0, 2, 3}};
  SceneMesh floor;
  floor.mesh = mesh;
  const std::vector<SceneMesh> meshes = {floor};
  MeshPicture picture;
  const Viewport viewport{64, 64};
  picture.draw(meshes, camera, viewport);
  // The ray through each pixel meets the floor exactly where it looks down.
  for (int y = 0; y < viewport.height; ++y)
    for (int x = 0; x < viewport.width; ++x) {
      const auto met = meet_horizontal_plane(camera.ray_through({x + 0.5, y + 0.5}, viewport), 0.0);
      const bool expected = met && met->metres.head<2>().cwiseAbs().maxCoeff() < 199.0;
      if (!expected) continue;
      ASSERT_TRUE(picture.hides(x, y, no_point)) << x << " " << y;
      const double depth = (met->metres - camera.eye().metres).dot(camera.forward());
      EXPECT_NEAR(picture.depth_at(x, y), depth, 1e-3 * depth);
    }
  EXPECT_FALSE(picture.hides(32, 0, no_point)) << "above the horizon";
}

TEST(MeshPicture, TurnedAwayIsDarker) {
  const SceneMesh facing = level_square(0, 0, 2, 2, 0.0f);
  const Rgba straight = lit_colour(facing, 0, {0, 0, -1}), grazing = lit_colour(facing, 0, {1, 0, 0});
  EXPECT_EQ(straight, paint);
  EXPECT_LT(grazing.b, straight.b);
  EXPECT_GT(grazing.b, 0);
}

}  // namespace
}  // namespace sweepmark
