#include <gmock/gmock.h>

#include <limits>

#include "render/opengl/backends.hpp"
#include "render/opengl/opengl_backend.hpp"
#include "tests/render/gl/gl_test.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

using test::cloud_of;
using test::random_sweep;

class OpenGlBackendTest : public test::GlTest {};

constexpr Viewport viewport{400, 260};
// A rasteriser may round a pixel coordinate once more than the processor does: so many pixels in a thousand
// may differ.
constexpr double tolerated_per_mille = 1.0;

std::vector<ScenePoints> two_labelled_sweeps() {
  Eigen::Matrix4d moved = Eigen::Matrix4d::Identity();
  moved.topLeftCorner<3, 3>() = rotation_about_z(0.3).toRotationMatrix();
  moved(0, 3) = 4.0;
  const auto labels = std::make_shared<std::vector<PointLabel>>();
  for (std::uint32_t i = 0; i < 9'000; ++i)
    labels->push_back(packed_label(static_cast<std::uint16_t>(i % 5), 1));
  return {{random_sweep(40'000, 1), Eigen::Matrix4d::Identity(), nullptr},
          {cloud_of({}), Eigen::Matrix4d::Identity(), nullptr},
          {random_sweep(10'000, 2), moved, labels}};
}

ViewCamera over_the_shoulder(bool orthographic) {
  ViewCamera camera;
  camera.target = Point<World>(8.0, 2.0, 0.0);
  camera.yaw = 0.4;
  camera.pitch = -0.35;
  camera.orthographic = orthographic;
  return camera;
}

template <class T>
double differing_per_mille(const std::vector<T>& a, const std::vector<T>& b) {
  EXPECT_EQ(a.size(), b.size());
  std::size_t differing = 0;
  for (std::size_t i = 0; i < a.size(); ++i) differing += a[i] != b[i];
  return 1000.0 * static_cast<double>(differing) / static_cast<double>(a.size());
}

std::size_t drawn_pixels(const std::vector<std::optional<PointId>>& ids) {
  return static_cast<std::size_t>(std::ranges::count_if(ids, [](const auto& id) { return id.has_value(); }));
}

void expect_same_picture(const PointStyle& style, bool orthographic) {
  const std::vector<ScenePoints> scene = two_labelled_sweeps();
  const ViewCamera camera = over_the_shoulder(orthographic);
  const auto software = make_software_backend(), opengl = make_opengl_backend();
  ASSERT_TRUE(opengl);
  software->draw(scene, style, camera, viewport);
  const Drawn drawn = opengl->draw(scene, style, camera, viewport);
  EXPECT_TRUE(glIsTexture(std::get<TextureView>(drawn).gl_name));
  const auto expected = software->ids_in(0, 0, viewport.width, viewport.height);
  EXPECT_GT(drawn_pixels(expected), 5'000u);
  EXPECT_LE(differing_per_mille(expected, opengl->ids_in(0, 0, viewport.width, viewport.height)),
            tolerated_per_mille);
  EXPECT_LE(differing_per_mille(software->read_back(), opengl->read_back()), tolerated_per_mille);
}

TEST_F(OpenGlBackendTest, SamePictureAsTheSoftwareBackendAtEverySize) {
  PointStyle style;
  for (style.size_px = 1; style.size_px <= 8; ++style.size_px)
    for (const bool orthographic : {false, true}) {
      SCOPED_TRACE(testing::Message() << "size " << style.size_px << " orthographic " << orthographic);
      expect_same_picture(style, orthographic);
    }
}

TEST_F(OpenGlBackendTest, SamePictureInEveryColouring) {
  const std::vector<Rgba> classes = {{90, 90, 90, 255}, {255, 0, 0, 255}, {0, 255, 0, 255}};
  for (const auto colouring : {PointColouring::height, PointColouring::intensity, PointColouring::range,
                               PointColouring::ring, PointColouring::label, PointColouring::flat}) {
    SCOPED_TRACE(testing::Message() << "colouring " << static_cast<int>(colouring));
    PointStyle style;
    style.colouring = colouring;
    style.map = ColourMap::viridis;
    style.low = colouring == PointColouring::height ? -2.0 : 0.0;
    style.high = colouring == PointColouring::intensity ? 1.0 : 64.0;
    style.label_colours = classes;
    expect_same_picture(style, false);
  }
}

// Two sweeps with all that a caller may give by point.
std::vector<ScenePoints> rich_sweeps() {
  std::vector<ScenePoints> scene = two_labelled_sweeps();
  for (ScenePoints& points : scene) {
    const std::size_t size = points.cloud->size();
    const auto values = std::make_shared<std::vector<float>>(),
               ranges = std::make_shared<std::vector<float>>();
    const auto painted = std::make_shared<std::vector<std::uint32_t>>();
    for (std::size_t i = 0; i < size; ++i) {
      const auto part = static_cast<float>(i % 100) / 100.0f;
      values->push_back(i % 7 == 0 ? std::numeric_limits<float>::quiet_NaN() : 64.0f * part);
      ranges->push_back(50.0f * part);
      painted->push_back(static_cast<std::uint32_t>(i * 2654435761u) | (i % 3 ? 0xff000000u : 0u));
      if (i % 3 == 0) painted->back() &= 0xffffffu;
    }
    points.values = values;
    points.ranges = ranges;
    points.painted = painted;
  }
  return scene;
}

// The share of pixels in a thousand that differ by more than two levels in a channel: what shading and
// colours that are worked out differently may differ by is one or two.
double unlike_per_mille(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t unlike = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8)
      most = std::max(
          most, std::abs(static_cast<int>(a[i] >> shift & 255) - static_cast<int>(b[i] >> shift & 255)));
    unlike += most > 2;
  }
  return 1000.0 * static_cast<double>(unlike) / static_cast<double>(a.size());
}

// The two backends draw the same picture; returns how many pixels have points.
std::size_t expect_alike(const std::vector<ScenePoints>& scene, const PointStyle& style, bool orthographic) {
  const auto software = make_software_backend(), opengl = make_opengl_backend();
  software->draw(scene, style, over_the_shoulder(orthographic), viewport);
  opengl->draw(scene, style, over_the_shoulder(orthographic), viewport);
  const auto expected = software->ids_in(0, 0, viewport.width, viewport.height);
  EXPECT_LE(differing_per_mille(expected, opengl->ids_in(0, 0, viewport.width, viewport.height)),
            tolerated_per_mille);
  EXPECT_LE(unlike_per_mille(software->read_back(), opengl->read_back()), tolerated_per_mille);
  return drawn_pixels(expected);
}

TEST_F(OpenGlBackendTest, SamePictureOfWhatTheCallerGivesByPoint) {
  for (const auto colouring : {PointColouring::range, PointColouring::time, PointColouring::label_age,
                               PointColouring::instance, PointColouring::camera}) {
    SCOPED_TRACE(testing::Message() << "colouring " << static_cast<int>(colouring));
    PointStyle style;
    style.colouring = colouring;
    style.map = ColourMap::cividis;
    style.low = 0.0;
    style.high = 64.0;
    EXPECT_GT(expect_alike(rich_sweeps(), style, false), 5'000u);
  }
}

TEST_F(OpenGlBackendTest, SamePictureUnderEachPartOfAFilter) {
  const std::size_t all = expect_alike(rich_sweeps(), {}, false);
  std::vector<PointFilter> filters(6);
  filters[0].height = ValueBand{-1.2, 1.0};
  filters[1].range = ValueBand{10.0, std::numeric_limits<double>::infinity()};
  filters[2].clip = upright_box(Point<World>(10, 2, 0), 0.4, Eigen::Vector3d(20, 10, 4));
  filters[3].hidden_classes = {0, 3, 700};
  filters[4].shown = PointsShown::annotated;
  filters[5].shown = PointsShown::unannotated;
  for (std::size_t i = 0; i < filters.size(); ++i)
    for (const bool with_arrays : {false, true}) {
      SCOPED_TRACE(testing::Message() << "filter " << i << " arrays " << with_arrays);
      PointStyle style;
      style.filter = filters[i];
      const std::size_t shown =
          expect_alike(with_arrays ? rich_sweeps() : two_labelled_sweeps(), style, false);
      EXPECT_GT(shown, 100u);
      EXPECT_LT(shown, all);
    }
}

TEST_F(OpenGlBackendTest, SamePictureWithEyeDomeAndSquaresInMetres) {
  for (const bool orthographic : {false, true})
    for (const double size_m : {0.0, 0.1, 0.5})
      for (const double eye_dome : {0.0, 0.3, 1.0}) {
        SCOPED_TRACE(testing::Message()
                     << "size " << size_m << " eye-dome " << eye_dome << ' ' << orthographic);
        PointStyle style;
        style.size_m = size_m;
        style.eye_dome = eye_dome;
        expect_alike(rich_sweeps(), style, orthographic);
      }
}

TEST_F(OpenGlBackendTest, CoordinatesOfAnySizeDoNotJitter) {
  const Eigen::Vector3d far_off(5.0e6, 5.4e6, 300.0);
  std::vector<ScenePoints> scene = {{random_sweep(30'000, 3), Eigen::Matrix4d::Identity()}};
  const auto opengl = make_opengl_backend();
  PointStyle style;
  style.colouring = PointColouring::flat;
  ViewCamera camera = over_the_shoulder(false);
  opengl->draw(scene, style, camera, viewport);
  const auto expected = opengl->ids_in(0, 0, viewport.width, viewport.height);
  const auto there = std::make_shared<PointCloud>(*scene[0].cloud);
  there->origin = far_off;
  scene[0].cloud = there;
  camera.target.metres += far_off;
  opengl->draw(scene, style, camera, viewport);
  const auto found = opengl->ids_in(0, 0, viewport.width, viewport.height);
  std::size_t differing = 0;
  for (std::size_t i = 0; i < found.size(); ++i) differing += found[i] != expected[i];
  RecordProperty("differing_pixels", static_cast<int>(differing));
  EXPECT_LE(differing, 2u);  // as the software backend's
}

TEST_F(OpenGlBackendTest, OnlyWhatChangedOfAnArrayIsSentAgain) {
  const auto made = make_opengl_backend();
  auto& opengl = dynamic_cast<OpenGlBackend&>(*made);
  std::vector<ScenePoints> scene = {{random_sweep(100'000, 3), Eigen::Matrix4d::Identity()}};
  scene[0].labels = std::make_shared<std::vector<PointLabel>>(100'000, packed_label(1, 0));
  PointStyle style;
  const auto sent_by_drawing = [&] {
    const std::size_t before = opengl.uploaded_bytes();
    opengl.draw(scene, style, over_the_shoulder(false), viewport);
    return opengl.uploaded_bytes() - before;
  };
  EXPECT_EQ(sent_by_drawing(), 100'000u * 12);
  style.filter.height = ValueBand{0.0, 1.0};
  style.filter.clip = upright_box(Point<World>(10, 2, 0), 0.4, Eigen::Vector3d(20, 10, 4));
  style.map = ColourMap::magma;
  EXPECT_EQ(sent_by_drawing(), 0u);
  style.filter = {};
  style.colouring = PointColouring::label;
  style.label_colours = {};
  EXPECT_EQ(sent_by_drawing(), 100'000u * 4);
  const auto changed = std::make_shared<std::vector<PointLabel>>(*scene[0].labels);
  (*changed)[50'000] = packed_label(2, 0);
  scene[0].labels = changed;
  EXPECT_LE(sent_by_drawing(), 4'096u * 4);
  style.colouring = PointColouring::instance;
  EXPECT_EQ(sent_by_drawing(), 0u);
}

TEST_F(OpenGlBackendTest, SameDimmingOutsideTheFocus) {
  const std::vector<Box3<World>> focus = {
      upright_box(Point<World>(8, 2, 0), 0.5, Eigen::Vector3d(6, 3, 3)),
      upright_box(Point<World>(15, -2, 0), 0.0, Eigen::Vector3d(6, 8, 3))};
  PointStyle style;
  style.colouring = PointColouring::flat;
  style.focus = focus;
  style.outside_focus = 0.4;
  style.flat = Rgba{200, 150, 100, 255};  // shares of these round alike on both sides
  expect_same_picture(style, false);
}

TEST_F(OpenGlBackendTest, RunsAddedToAPictureGiveTheWholePicture) {
  const std::vector<ScenePoints> scene = two_labelled_sweeps();
  const auto opengl = make_opengl_backend();
  ASSERT_TRUE(opengl);
  opengl->draw(scene, {}, over_the_shoulder(false), viewport);
  const auto expected = opengl->read_back();
  const std::vector<SceneRun> first = {{2, 5'000, 10'000}, {0, 100, 20'000}},
                              second = {{2, 0, 5'000}, {0, 0, 100}, {0, 20'000, 99'000}};
  opengl->draw(scene, {}, over_the_shoulder(false), viewport, {.runs = first});
  EXPECT_GT(differing_per_mille(expected, opengl->read_back()), 20.0);
  const auto software = make_software_backend();
  software->draw(scene, {}, over_the_shoulder(false), viewport, {.runs = first});
  EXPECT_LE(differing_per_mille(software->read_back(), opengl->read_back()), tolerated_per_mille);
  opengl->draw(scene, {}, over_the_shoulder(false), viewport, {.runs = second, .add = true});
  EXPECT_LE(differing_per_mille(expected, opengl->read_back()), tolerated_per_mille);
}

TEST_F(OpenGlBackendTest, PicksAndReadsIdsAsTheSoftwareBackendDoes) {
  const std::vector<ScenePoints> scene = two_labelled_sweeps();
  const auto software = make_software_backend(), opengl = make_opengl_backend();
  ASSERT_TRUE(opengl);
  EXPECT_FALSE(opengl->pick(3, 3, 5));  // nothing drawn yet
  const PointStyle style;
  software->draw(scene, style, over_the_shoulder(false), viewport);
  opengl->draw(scene, style, over_the_shoulder(false), viewport);
  int agreeing = 0, picked = 0;
  for (int y = -4; y < viewport.height + 8; y += 12)
    for (int x = -4; x < viewport.width + 8; x += 12) {
      const auto expected = software->pick(x, y, 5);
      agreeing += expected == opengl->pick(x, y, 5);
      picked += expected.has_value();
    }
  EXPECT_GT(picked, 200);
  EXPECT_GE(agreeing, 23 * 35 - 2);
  EXPECT_LE(differing_per_mille(software->ids_in(-5, -3, 60, 300), opengl->ids_in(-5, -3, 60, 300)),
            tolerated_per_mille);
}

TEST_F(OpenGlBackendTest, LeavesTheStateOfOtherDrawersAlone) {
  unsigned texture = 0;
  glGenTextures(1, &texture);
  glBindTexture(GL_TEXTURE_2D, texture);
  glEnable(GL_BLEND);
  glEnable(GL_SCISSOR_TEST);
  glScissor(0, 0, 1, 1);
  glDisable(GL_DEPTH_TEST);
  glDepthFunc(GL_GEQUAL);
  glViewport(1, 2, 30, 40);
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 7);
  const auto opengl = make_opengl_backend();
  opengl->draw(two_labelled_sweeps(), {}, over_the_shoulder(false), viewport);
  opengl->pick(100, 100, 8);
  opengl->read_back();
  const auto integer = [](GLenum what) {
    int value = 0;
    glGetIntegerv(what, &value);
    return value;
  };
  EXPECT_EQ(integer(GL_TEXTURE_BINDING_2D), static_cast<int>(texture));
  EXPECT_TRUE(glIsEnabled(GL_BLEND));
  EXPECT_TRUE(glIsEnabled(GL_SCISSOR_TEST));
  EXPECT_FALSE(glIsEnabled(GL_DEPTH_TEST));
  EXPECT_EQ(integer(GL_DEPTH_FUNC), GL_GEQUAL);
  std::array<int, 4> rectangle{};
  glGetIntegerv(GL_VIEWPORT, rectangle.data());
  EXPECT_THAT(rectangle, testing::ElementsAre(1, 2, 30, 40));
  EXPECT_EQ(integer(GL_UNPACK_ROW_LENGTH), 7);
  for (const GLenum binding : {GL_CURRENT_PROGRAM, GL_VERTEX_ARRAY_BINDING, GL_DRAW_FRAMEBUFFER_BINDING,
                               GL_READ_FRAMEBUFFER_BINDING, GL_ARRAY_BUFFER_BINDING})
    EXPECT_EQ(integer(binding), 0) << binding;
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  glDisable(GL_BLEND);
  glDisable(GL_SCISSOR_TEST);
  glDepthFunc(GL_LESS);
  glDeleteTextures(1, &texture);
}

TEST_F(OpenGlBackendTest, NewCloudAtAnOldAddressAndNewLabelsAreUploadedAnew) {
  const auto opengl = make_opengl_backend(), software = make_software_backend();
  const std::vector<Rgba> classes = {{90, 90, 90, 255}, {255, 0, 0, 255}};
  PointStyle style;
  style.colouring = PointColouring::label;
  style.label_colours = classes;
  for (unsigned round = 0; round < 6; ++round) {
    const auto labels = std::make_shared<std::vector<PointLabel>>(5'000, round % 2);
    const std::vector<ScenePoints> scene = {
        {random_sweep(5'000, round), Eigen::Matrix4d::Identity(), labels}};
    opengl->draw(scene, style, over_the_shoulder(false), viewport);
    software->draw(scene, style, over_the_shoulder(false), viewport);
    EXPECT_LE(differing_per_mille(software->read_back(), opengl->read_back()), tolerated_per_mille) << round;
  }
}

TEST_F(OpenGlBackendTest, AutomaticChoiceFollowsTheRenderer) {
  const auto chosen = make_point_backend(BackendChoice::automatic);
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->name(), gl_is_software() ? "software" : "opengl");
  EXPECT_EQ(make_point_backend(BackendChoice::opengl)->name(), "opengl");
  EXPECT_EQ(make_point_backend(BackendChoice::software)->name(), "software");
}

}  // namespace
}  // namespace sweepmark
