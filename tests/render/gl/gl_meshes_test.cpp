#include <cstdlib>

#include "render/opengl/backends.hpp"
#include "tests/render/gl/gl_test.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

class GlMeshesTest : public test::GlTest {};

constexpr Viewport viewport{400, 260};

// A roof over the middle of the sweep and a floor that reaches behind the eye.
std::vector<SceneMesh> surfaces() {
  auto mesh = std::make_shared<TriangleMesh>();
  mesh->positions = {{-3, -3, 1}, {3, -3, 1}, {0, 3, 3}, {-300, -300, -2}, {300, -300, -2}, {0, 300, -2}};
  mesh->triangles = {{0, 1, 2}, {3, 4, 5}};
  mesh->colours = {{200, 80, 40, 255}, {40, 90, 60, 255}};
  SceneMesh placed;
  placed.mesh = mesh;
  placed.world_from_mesh(0, 3) = 6.0;
  return {placed};
}

bool alike(std::uint32_t a, std::uint32_t b, int levels) {
  for (int shift = 0; shift < 32; shift += 8)
    if (std::abs(static_cast<int>(a >> shift & 255u) - static_cast<int>(b >> shift & 255u)) > levels)
      return false;
  return true;
}

// Of pixels that differ by more than so many of 255 levels.
double share_differing(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b, int levels) {
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differing += !alike(a[i], b[i], levels);
  return static_cast<double>(differing) / static_cast<double>(a.size());
}

TEST_F(GlMeshesTest, SamePictureAsTheSoftwareBackend) {
  const std::vector<ScenePoints> scene = {{test::random_sweep(40'000, 1)}};
  const std::vector<SceneMesh> meshes = surfaces();
  const auto software = make_software_backend(), opengl = make_opengl_backend();
  ASSERT_TRUE(opengl);
  for (const bool orthographic : {false, true})
    for (const double eye_dome : {0.0, 1.0}) {
      SCOPED_TRACE(testing::Message() << "orthographic " << orthographic << " eye dome " << eye_dome);
      ViewCamera camera;
      camera.pitch = -0.4;
      camera.orthographic = orthographic;
      PointStyle style;
      style.eye_dome = eye_dome;
      software->draw(scene, style, camera, viewport, {.meshes = meshes});
      opengl->draw(scene, style, camera, viewport, {.meshes = meshes});
      const auto expected = software->read_back();
      EXPECT_LE(share_differing(expected, opengl->read_back(), eye_dome > 0.0 ? 2 : 0), 0.003);
      software->draw(scene, style, camera, viewport);
      EXPECT_GT(share_differing(expected, software->read_back(), 2), 0.2) << "the surfaces are to be seen";
    }
}

TEST_F(GlMeshesTest, SurfacesAreNotPicked) {
  const std::vector<ScenePoints> scene = {{test::random_sweep(40'000, 1)}};
  const std::vector<SceneMesh> meshes = surfaces();
  const auto software = make_software_backend(), opengl = make_opengl_backend();
  ASSERT_TRUE(opengl);
  ViewCamera camera;
  camera.pitch = -0.4;
  software->draw(scene, {}, camera, viewport, {.meshes = meshes});
  opengl->draw(scene, {}, camera, viewport, {.meshes = meshes});
  const auto expected = software->ids_in(0, 0, viewport.width, viewport.height),
             found = opengl->ids_in(0, 0, viewport.width, viewport.height);
  std::size_t differing = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) differing += expected[i] != found[i];
  EXPECT_LE(differing, expected.size() / 500);
}

}  // namespace
}  // namespace sweepmark
