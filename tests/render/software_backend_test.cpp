#include "render/software_backend.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <set>

#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

using test::cloud_of;
using test::metre_per_pixel_from_above;
using test::random_sweep;
using test::under_pixel;

constexpr Viewport small{10, 6};
constexpr Rgba ground{1, 2, 3, 255}, ink{200, 100, 50, 255};

PointStyle flat_style(int size_px) {
  PointStyle style;
  style.colouring = PointColouring::flat;
  style.size_px = size_px;
  style.flat = ink;
  style.background = ground;
  return style;
}

// The picture as text, a line a row: '.' for the background, else the point's number in its cloud.
std::string drawn_ids(PointBackend& backend, Viewport viewport) {
  std::string text;
  const auto ids = backend.ids_in(0, 0, viewport.width, viewport.height);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    text += ids[i] ? static_cast<char>('0' + ids[i]->point) : '.';
    if ((i + 1) % static_cast<std::size_t>(viewport.width) == 0) text += '\n';
  }
  return text;
}

std::string drawn(const std::vector<Eigen::Vector3f>& points, int size_px) {
  const auto backend = make_software_backend(1);
  const std::vector<ScenePoints> scene = {{cloud_of(points), Eigen::Matrix4d::Identity(), nullptr}};
  backend->draw(scene, flat_style(size_px), metre_per_pixel_from_above(small), small);
  return drawn_ids(*backend, small);
}

TEST(SoftwareBackend, OnePixelPointsFallOnTheirPixels) {
  EXPECT_EQ(drawn({under_pixel(0, 0, 0, small), under_pixel(9, 5, 0, small), under_pixel(4, 2, 0, small)}, 1),
            "0.........\n"
            "..........\n"
            "....2.....\n"
            "..........\n"
            "..........\n"
            ".........1\n");
}

TEST(SoftwareBackend, ThreePixelSquaresAreCentred) {
  EXPECT_EQ(drawn({under_pixel(4, 2, 0, small)}, 3),
            "..........\n"
            "...000....\n"
            "...000....\n"
            "...000....\n"
            "..........\n"
            "..........\n");
}

TEST(SoftwareBackend, TwoPixelSquaresLeanToTheSideThePointIsOn) {
  // A quarter pixel to the right of and below its pixel's middle, then to the left and above.
  const Eigen::Vector3f right_below = under_pixel(2, 1, 0, small) + Eigen::Vector3f(-0.25f, -0.25f, 0.0f);
  const Eigen::Vector3f left_above = under_pixel(7, 4, 0, small) + Eigen::Vector3f(0.25f, 0.25f, 0.0f);
  EXPECT_EQ(drawn({right_below, left_above}, 2),
            "..........\n"
            "..00......\n"
            "..00......\n"
            "......11..\n"
            "......11..\n"
            "..........\n");
}

TEST(SoftwareBackend, SquaresAreCutAtEveryBorderAndKeptWhenTheirPointIsOutside) {
  EXPECT_EQ(drawn({under_pixel(0, 0, 0, small), under_pixel(9, 0, 0, small), under_pixel(-1, 3, 0, small),
                   under_pixel(10, 3, 0, small), under_pixel(4, 6, 0, small), under_pixel(5, -2, 0, small)},
                  3),
            "00......11\n"
            "00......11\n"
            "2........3\n"
            "2........3\n"
            "2........3\n"
            "...444....\n");
}

TEST(SoftwareBackend, LargestSquareFromOutsideTheCornerShowsItsCorner) {
  EXPECT_EQ(drawn({under_pixel(-3, -3, 0, small) + Eigen::Vector3f(-0.25f, -0.25f, 0.0f)}, 8),
            "00........\n"
            "00........\n"
            "..........\n"
            "..........\n"
            "..........\n"
            "..........\n");
}

TEST(SoftwareBackend, NearestWinsThenTheLowerId) {
  EXPECT_EQ(drawn({under_pixel(4, 2, 1.0f, small), under_pixel(5, 2, 2.0f, small),
                   under_pixel(6, 2, 1.0f, small), under_pixel(6, 4, 1.0f, small)},
                  3),
            "..........\n"
            "...01112..\n"
            "...01112..\n"
            "...01112..\n"  // 2 and 3 are equally near
            ".....333..\n"
            ".....333..\n");
}

TEST(SoftwareBackend, PointsBehindTheEyeOrPastTheFarEndAreNotDrawn) {
  EXPECT_EQ(drawn({under_pixel(1, 1, 100.5f, small), under_pixel(2, 1, 99.0f, small),
                   under_pixel(3, 1, -3e5f, small), under_pixel(4, 1, 100.0f, small)},
                  1),
            "..........\n"
            "..1.......\n"
            "..........\n"
            "..........\n"
            "..........\n"
            "..........\n");
  const auto backend = make_software_backend(1);
  const std::vector<ScenePoints> scene = {
      {cloud_of({{-1, 0, 0}, {1e-6f, 0, 0}, {0, 0, 0}, {30, 0, 0}}), Eigen::Matrix4d::Identity(), {}}};
  ViewCamera at_zero;  // perspective, along +x
  at_zero.pitch = 0.0;
  at_zero.distance = 10.0;
  at_zero.target = Point<World>(10.0, 0.0, 0.0);
  backend->draw(scene, flat_style(1), at_zero, small);
  EXPECT_EQ(backend->pick(5, 3, 20), (PointId{0, 3}));
}

TEST(SoftwareBackend, PixelsCarryThePointsColoursInMemoryOrder) {
  const auto backend = make_software_backend(1);
  const std::vector<ScenePoints> scene = {
      {cloud_of({under_pixel(3, 1, 0, small)}), Eigen::Matrix4d::Identity(), nullptr}};
  const Drawn result = backend->draw(scene, flat_style(1), metre_per_pixel_from_above(small), small);
  const auto rgba = std::get<PixelView>(result).rgba;
  ASSERT_EQ(rgba.size(), 60u);
  for (std::size_t i = 0; i < rgba.size(); ++i) EXPECT_EQ(rgba[i], (i == 13 ? ink : ground).packed()) << i;
  EXPECT_EQ(reinterpret_cast<const std::uint8_t*>(&rgba[13])[0], 200);  // red is first in memory
  EXPECT_THAT(backend->read_back(), testing::ElementsAreArray(rgba));
}

// The colours of points 0, 1, 2 … of one cloud, drawn a pixel each along the third row.
std::vector<std::uint32_t> colours_of(std::shared_ptr<PointCloud> cloud, PointStyle style,
                                      std::span<const PointLabel> labels = {}) {
  const auto backend = make_software_backend(1);
  ScenePoints points{cloud, Eigen::Matrix4d::Identity(), nullptr};
  if (!labels.empty())
    points.labels = std::make_shared<std::vector<PointLabel>>(labels.begin(), labels.end());
  style.size_px = 1;
  backend->draw({{points}}, style, metre_per_pixel_from_above(small), small);
  const auto rgba = backend->read_back();
  return {rgba.begin() + 20, rgba.begin() + 20 + static_cast<std::ptrdiff_t>(cloud->size())};
}

std::shared_ptr<PointCloud> third_row(const std::vector<float>& heights) {
  std::vector<Eigen::Vector3f> points;
  for (std::size_t i = 0; i < heights.size(); ++i)
    points.push_back(under_pixel(static_cast<int>(i), 2, heights[i], small));
  return cloud_of(points);
}

std::uint32_t viridis(std::size_t entry) {
  return colour_table(ColourMap::viridis)[entry].packed();
}

TEST(SoftwareBackend, HeightIsTheWorldsZ) {
  PointStyle style;
  style.map = ColourMap::viridis;
  style.low = 0.0;
  style.high = 4.0;
  EXPECT_THAT(colours_of(third_row({-1.0f, 0.0f, 1.0f, 2.0f, 3.99f, 4.0f, 9.0f}), style),
              testing::ElementsAre(viridis(0), viridis(0), viridis(64), viridis(128), viridis(255),
                                   viridis(255), viridis(255)));
}

TEST(SoftwareBackend, ChannelsColourWhateverTypeTheyHave) {
  const auto cloud = third_row({0, 0, 0});
  cloud->channels = {{"intensity", std::vector<float>{0.0f, 0.5f, std::numeric_limits<float>::quiet_NaN()}},
                     {"ring", std::vector<std::uint16_t>{0, 32, 63}}};
  PointStyle style;
  style.map = ColourMap::viridis;
  style.low = 0.0;
  style.high = 1.0;
  style.colouring = PointColouring::intensity;
  EXPECT_THAT(colours_of(cloud, style), testing::ElementsAre(viridis(0), viridis(128), style.flat.packed()));
  style.colouring = PointColouring::ring;
  style.high = 64.0;
  EXPECT_THAT(colours_of(cloud, style), testing::ElementsAre(viridis(0), viridis(128), viridis(252)));
}

TEST(SoftwareBackend, WithoutTheChannelPointsAreFlat) {
  PointStyle style = flat_style(1);
  style.colouring = PointColouring::intensity;
  EXPECT_THAT(colours_of(third_row({0, 1}), style), testing::Each(ink.packed()));
}

TEST(SoftwareBackend, RangeIsTheDistanceFromTheSensor) {
  PointStyle style;
  style.colouring = PointColouring::range;
  style.map = ColourMap::viridis;
  style.low = 0.0;
  style.high = 256.0;
  const auto cloud = third_row({0, 3, -40});
  const auto colours = colours_of(cloud, style);
  for (std::size_t i = 0; i < 3; ++i)
    EXPECT_EQ(colours[i], viridis(static_cast<std::size_t>(cloud->position(i).norm()))) << i;
}

TEST(SoftwareBackend, LabelsTakeTheColourOfTheirClassAndFlatPastTheEnd) {
  const std::vector<Rgba> classes = {{10, 10, 10, 255}, {20, 0, 0, 255}};
  PointStyle style = flat_style(1);
  style.colouring = PointColouring::label;
  style.label_colours = classes;
  const std::vector<PointLabel> labels = {packed_label(1, 7), packed_label(0, 0), packed_label(2, 1)};
  EXPECT_THAT(
      colours_of(third_row({0, 0, 0, 0}), style, labels),
      testing::ElementsAre(classes[1].packed(), classes[0].packed(), ink.packed(), classes[0].packed()));
}

ScenePoints third_row_points(const std::vector<float>& heights) {
  return {third_row(heights), Eigen::Matrix4d::Identity()};
}

// The first colours of the third row.
std::vector<std::uint32_t> third_row_colours(const ScenePoints& points, const PointStyle& style) {
  const auto backend = make_software_backend(1);
  backend->draw({{points}}, style, metre_per_pixel_from_above(small), small);
  const auto rgba = backend->read_back();
  return {rgba.begin() + 20, rgba.begin() + 20 + static_cast<std::ptrdiff_t>(points.cloud->size())};
}

TEST(SoftwareBackend, ValuesOfTheCallerColourRangeTimeAndLabelAge) {
  ScenePoints points = third_row_points({0, 0, 0});
  points.values = std::make_shared<std::vector<float>>(
      std::vector<float>{0.0f, 128.0f, std::numeric_limits<float>::quiet_NaN()});
  PointStyle style = flat_style(1);
  style.map = ColourMap::viridis;
  style.low = 0.0;
  style.high = 256.0;
  for (const auto colouring : {PointColouring::range, PointColouring::time, PointColouring::label_age}) {
    style.colouring = colouring;
    EXPECT_THAT(third_row_colours(points, style),
                testing::ElementsAre(viridis(0), viridis(128), ink.packed()));
  }
  points.values = nullptr;
  points.cloud = third_row({0, 0, 0});
  EXPECT_THAT(third_row_colours(points, style), testing::Each(ink.packed()));  // an age nobody knows
}

TEST(SoftwareBackend, PaintedPointsHaveTheirOwnColourAndTheRestIsFlat) {
  ScenePoints points = third_row_points({0, 0, 0, 0});
  const Rgba seen{9, 8, 7, 255}, half_seen{60, 50, 40, 128}, unseen{77, 77, 77, 0};
  points.painted = std::make_shared<std::vector<std::uint32_t>>(
      std::vector<std::uint32_t>{seen.packed(), half_seen.packed(), unseen.packed()});
  PointStyle style = flat_style(1);
  style.colouring = PointColouring::camera;
  EXPECT_THAT(
      third_row_colours(points, style),
      testing::ElementsAre(seen.packed(), (Rgba{60, 50, 40, 255}).packed(), ink.packed(), ink.packed()));
}

TEST(SoftwareBackend, InstancesHaveColoursOfTheirOwnAndUnlabelledPointsAreFlat) {
  ScenePoints points = third_row_points({0, 0, 0, 0, 0});
  points.labels = std::make_shared<std::vector<PointLabel>>(std::vector<PointLabel>{
      packed_label(1, 1), packed_label(1, 2), packed_label(1, 1), packed_label(2, 1), packed_label(3, 0)});
  PointStyle style = flat_style(1);
  style.colouring = PointColouring::instance;
  const auto colours = third_row_colours(points, style);
  EXPECT_EQ(colours[0], colours[2]);
  EXPECT_EQ((std::set<std::uint32_t>{colours[0], colours[1], colours[3], colours[4]}.size()), 4u);
  EXPECT_EQ(colours[4], ink.packed());
}

// The points of a row that a filter lets through, as text.
std::string shown_by(const PointFilter& filter, const ScenePoints& points) {
  const auto backend = make_software_backend(1);
  PointStyle style = flat_style(1);
  style.filter = filter;
  backend->draw({{points}}, style, metre_per_pixel_from_above(small), small);
  return drawn_ids(*backend, small).substr(22, 10);
}

TEST(SoftwareBackend, EachPartOfAFilterLetsThroughWhatItSays) {
  ScenePoints points = third_row_points({0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  points.labels = std::make_shared<std::vector<PointLabel>>(std::vector<PointLabel>{
      packed_label(0, 3), packed_label(1, 0), packed_label(2, 0), packed_label(1, 4)});
  PointFilter filter;
  filter.height = ValueBand{2.0, 5.0};
  EXPECT_EQ(shown_by(filter, points), "..2345....");
  filter = {};
  filter.hidden_classes = {1};
  EXPECT_EQ(shown_by(filter, points), "0.2.456789");
  filter.shown = PointsShown::annotated;
  EXPECT_EQ(shown_by(filter, points), "..2.......");
  filter.hidden_classes = {};
  filter.shown = PointsShown::unannotated;
  EXPECT_EQ(shown_by(filter, points), "0...456789");
  filter = {};
  filter.clip = upright_box(Point<World>(points.cloud->position(4)), 0.0, Eigen::Vector3d(1, 3, 2.5));
  EXPECT_EQ(shown_by(filter, points), "...345....");
  filter = {};
  filter.range = ValueBand{0.0, 6.0};
  const std::string by_zero = shown_by(filter, points);
  for (std::size_t i = 0; i < 10; ++i)
    EXPECT_EQ(by_zero[i] != '.', points.cloud->position(i).norm() <= 6.0) << i;
  points.ranges = std::make_shared<std::vector<float>>(std::vector<float>{9, 5, 9, 6, 9, 9, 9, 9, 1, 7});
  EXPECT_EQ(shown_by(filter, points), ".1.3....8.");
}

TEST(SoftwareBackend, AFilterFollowsNewLabelsPosesAndClouds) {
  const auto backend = make_software_backend(1);
  PointStyle style = flat_style(1);
  const auto row = [&](const ScenePoints& points) {
    backend->draw({{points}}, style, metre_per_pixel_from_above(small), small);
    return drawn_ids(*backend, small).substr(22, 10);
  };
  ScenePoints points = third_row_points({0, 1, 2, 3});
  style.filter.height = ValueBand{1.0, 2.0};
  EXPECT_EQ(row(points), ".12.......");
  points.world_from_cloud(2, 3) = 1.0;
  EXPECT_EQ(row(points), "01........");
  points.cloud = third_row({1, 0, 0, 1});
  EXPECT_EQ(row(points), "0123......");
  style.filter = {};
  style.filter.hidden_classes = {5};
  points.labels = std::make_shared<std::vector<PointLabel>>(4, packed_label(5, 0));
  EXPECT_EQ(row(points), "..........");
  points.labels = std::make_shared<std::vector<PointLabel>>(4, packed_label(4, 0));
  EXPECT_EQ(row(points), "0123......");
}

TEST(SoftwareBackend, EyeDomeDarkensWhatIsBehindAnEdgeAndNothingElse) {
  // Two plates, one 20 m over the other, side by side.
  std::vector<Eigen::Vector3f> plates;
  for (int y = 0; y < 6; ++y)
    for (int x = 0; x < 10; ++x) plates.push_back(under_pixel(x, y, x < 5 ? 20.0f : 0.0f, small));
  const auto backend = make_software_backend(1);
  PointStyle style = flat_style(1);
  style.eye_dome = 1.0;
  backend->draw({{{cloud_of(plates), Eigen::Matrix4d::Identity()}}}, style, metre_per_pixel_from_above(small),
                small);
  const auto rgba = backend->read_back();
  for (std::size_t i = 0; i < rgba.size(); ++i) {
    if (i % 10 == 5)
      EXPECT_LT(std::bit_cast<Rgba>(rgba[i]).r, ink.r / 4) << i;
    else
      EXPECT_EQ(rgba[i], ink.packed()) << i;
  }
}

// One tilted plane, seen from its middle's distance: its shading must not depend on the kind of camera much,
// nor in perspective on the scale of the scene.
double mean_shade(bool orthographic, double scale) {
  const auto cloud = std::make_shared<PointCloud>();
  for (int i = -150; i <= 150; ++i)
    for (int j = -150; j <= 150; ++j) {
      cloud->x.push_back(static_cast<float>(0.05 * scale * i));
      cloud->y.push_back(static_cast<float>(0.05 * scale * j));
      cloud->z.push_back(static_cast<float>(0.1 * scale * i));
    }
  ViewCamera camera;
  camera.pitch = -1.5707963267948966;
  camera.distance = 40.0 * scale;
  camera.vertical_fov = 0.2;
  camera.orthographic = orthographic;
  const auto backend = make_software_backend(1);
  PointStyle style = flat_style(3);
  style.flat = Rgba{200, 200, 200, 255};
  style.eye_dome = 1.0;
  const Viewport viewport{120, 120};
  backend->draw({{{cloud, Eigen::Matrix4d::Identity()}}}, style, camera, viewport);
  double sum = 0.0;
  for (const std::uint32_t pixel : backend->read_back()) sum += std::bit_cast<Rgba>(pixel).r;
  return sum / (120.0 * 120.0);
}

TEST(SoftwareBackend, EyeDomeShadesAlikeAtEveryScaleAndForBothCameras) {
  const double here = mean_shade(false, 1.0);
  EXPECT_GT(here, 20.0);
  EXPECT_LT(here, 190.0);
  EXPECT_NEAR(mean_shade(false, 50.0), here, 2.0);
  EXPECT_NEAR(mean_shade(true, 1.0), here, 10.0);
  EXPECT_NEAR(mean_shade(true, 50.0), mean_shade(true, 1.0), 2.0);
}

TEST(SoftwareBackend, PointsOutsideTheFocusAreDimmed) {
  const auto cloud = third_row({0, 0, 0});
  const std::vector<Box3<World>> focus = {
      upright_box(Point<World>(cloud->position(1)), 0.3, Eigen::Vector3d(0.5, 0.5, 0.5))};
  PointStyle style = flat_style(1);
  style.focus = focus;
  style.outside_focus = 0.5;
  const std::uint32_t dim = Rgba{100, 50, 25, 255}.packed();
  EXPECT_THAT(colours_of(cloud, style), testing::ElementsAre(dim, ink.packed(), dim));
}

TEST(SoftwareBackend, CloudsOfASceneKeepTheirOwnIdsPosesAndChannels) {
  const auto first = third_row({0, 0}), empty = cloud_of({}), second = third_row({1, 1});
  Eigen::Matrix4d two_rows_down = Eigen::Matrix4d::Identity();
  two_rows_down(0, 3) = -2.0;
  const std::vector<ScenePoints> scene = {{first, Eigen::Matrix4d::Identity(), nullptr},
                                          {empty, Eigen::Matrix4d::Identity(), nullptr},
                                          {second, two_rows_down, nullptr}};
  const auto backend = make_software_backend(2);
  backend->draw(scene, flat_style(1), metre_per_pixel_from_above(small), small);
  EXPECT_EQ(backend->pick(1, 2, 0), (PointId{0, 1}));
  EXPECT_EQ(backend->pick(0, 4, 0), (PointId{2, 0}));
  EXPECT_EQ(backend->pick(1, 4, 0), (PointId{2, 1}));
}

TEST(SoftwareBackend, PickTakesTheNearestOnTheScreenThenTheNearestToTheEye) {
  const auto backend = make_software_backend(1);
  EXPECT_FALSE(backend->pick(0, 0, 5));  // nothing drawn yet
  const std::vector<ScenePoints> scene = {
      {cloud_of({under_pixel(2, 2, 9, small), under_pixel(5, 2, 0, small), under_pixel(7, 2, 5, small)}),
       Eigen::Matrix4d::Identity(),
       {}}};
  backend->draw(scene, flat_style(1), metre_per_pixel_from_above(small), small);
  EXPECT_EQ(backend->pick(4, 2, 3),
            (PointId{0, 1}));  // 0 is nearer to the eye, but further off on the screen
  EXPECT_EQ(backend->pick(6, 2, 3), (PointId{0, 2}));  // both a pixel away
  EXPECT_FALSE(backend->pick(6, 2, 0));
  EXPECT_FALSE(backend->pick(4, 4, 2));                 // a disc, not a square
  EXPECT_EQ(backend->pick(12, 2, 5), (PointId{0, 2}));  // from outside the picture
  EXPECT_FALSE(backend->pick(-9, -9, 3));
}

TEST(SoftwareBackend, IdsInARectangleOverTheBorder) {
  const auto backend = make_software_backend(1);
  const std::vector<ScenePoints> scene = {
      {cloud_of({under_pixel(0, 0, 0, small)}), Eigen::Matrix4d::Identity(), nullptr}};
  backend->draw(scene, flat_style(1), metre_per_pixel_from_above(small), small);
  const auto ids = backend->ids_in(-1, -1, 3, 2);
  ASSERT_EQ(ids.size(), 6u);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(ids[i].has_value(), i == 4) << i;
  EXPECT_TRUE(backend->ids_in(0, 0, 0, 5).empty());
}

ViewCamera over_the_shoulder(bool orthographic) {
  ViewCamera camera;
  camera.target = Point<World>(8.0, 2.0, 0.0);
  camera.yaw = 0.4;
  camera.pitch = -0.35;
  camera.orthographic = orthographic;
  return camera;
}

struct Picture {
  std::vector<std::uint32_t> rgba;
  std::vector<std::optional<PointId>> ids;
  bool operator==(const Picture&) const = default;
};

Picture picture_of(SoftwareBackend& backend, std::span<const ScenePoints> scene, int size_px,
                   bool orthographic) {
  PointStyle style;
  style.size_px = size_px;
  const Viewport viewport{321, 203};
  backend.draw(scene, style, over_the_shoulder(orthographic), viewport);
  return {backend.read_back(), backend.ids_in(0, 0, viewport.width, viewport.height)};
}

std::vector<ScenePoints> two_sweeps() {
  Eigen::Matrix4d moved = Eigen::Matrix4d::Identity();
  moved.topLeftCorner<3, 3>() = rotation_about_z(0.3).toRotationMatrix();
  moved(0, 3) = 4.0;
  return {{random_sweep(250'003, 1), Eigen::Matrix4d::Identity(), nullptr},
          {random_sweep(150'005, 2), moved, nullptr}};
}

TEST(SoftwareBackend, WideInstructionsGiveTheSameBitsAsScalarOnes) {
  if (!avx2_kernels()) GTEST_SKIP() << "this processor has no AVX2";
  const std::vector<ScenePoints> scene = two_sweeps();
  for (const bool orthographic : {false, true})
    for (const int size_px : {1, 2, 5}) {
      SoftwareBackend scalar(1, scalar_kernels()), wide(1, *avx2_kernels());
      const Picture expected = picture_of(scalar, scene, size_px, orthographic);
      EXPECT_TRUE(expected == picture_of(wide, scene, size_px, orthographic)) << size_px << orthographic;
      EXPECT_GT(std::ranges::count_if(expected.ids, [](const auto& id) { return id.has_value(); }), 10'000);
    }
}

// The runs of a scene, each cloud cut in `parts`, dealt out to so many calls.
std::vector<std::vector<SceneRun>> dealt_runs(std::span<const ScenePoints> scene, std::uint32_t parts) {
  std::vector<std::vector<SceneRun>> calls(parts);
  for (std::uint32_t i = 0; i < scene.size(); ++i) {
    const auto size = static_cast<std::uint32_t>(scene[i].cloud->size());
    for (std::uint32_t part = 0; part < parts; ++part)
      calls[(part + i) % parts].push_back(
          {i, size / parts * part, part + 1 == parts ? size : size / parts * (part + 1)});
  }
  return calls;
}

// Every part of a style that has a way of its own through the kernels.
PointStyle rich_style() {
  PointStyle style;
  style.eye_dome = 1.0;
  style.size_m = 0.3;
  style.filter.height = ValueBand{-1.5, 2.0};
  style.filter.range = ValueBand{3.0, 40.0};
  style.filter.clip = upright_box(Point<World>(10, 2, 0), 0.4, Eigen::Vector3d(60, 40, 8));
  return style;
}

TEST(SoftwareBackend, WideInstructionsShadeFilterAndSizeAsScalarOnes) {
  if (!avx2_kernels()) GTEST_SKIP() << "this processor has no AVX2";
  const std::vector<ScenePoints> scene = two_sweeps();
  for (const bool orthographic : {false, true}) {
    SoftwareBackend scalar(1, scalar_kernels()), wide(3, *avx2_kernels());
    scalar.draw(scene, rich_style(), over_the_shoulder(orthographic), {321, 203});
    wide.draw(scene, rich_style(), over_the_shoulder(orthographic), {321, 203});
    EXPECT_EQ(scalar.read_back(), wide.read_back());
    EXPECT_EQ(scalar.ids_in(0, 0, 321, 203), wide.ids_in(0, 0, 321, 203));
  }
}

TEST(SoftwareBackend, ARichPictureAddedInPartsIsTheWholePicture) {
  const std::vector<ScenePoints> scene = two_sweeps();
  SoftwareBackend whole(2, best_kernels()), parts(2, best_kernels());
  whole.draw(scene, rich_style(), over_the_shoulder(false), {321, 203});
  DrawPart part;
  for (const std::vector<SceneRun>& runs : dealt_runs(scene, 7)) {
    part.runs = runs;
    parts.draw(scene, rich_style(), over_the_shoulder(false), {321, 203}, part);
    part.add = true;
  }
  EXPECT_EQ(parts.read_back(), whole.read_back());
}

TEST(SoftwareBackend, AnyNumberOfThreadsGivesTheSamePicture) {
  const std::vector<ScenePoints> scene = two_sweeps();
  SoftwareBackend one(1, best_kernels());
  const Picture expected = picture_of(one, scene, 2, false);
  for (const unsigned threads : {2u, 3u, 7u}) {
    SoftwareBackend many(threads, best_kernels());
    for (int repeat = 0; repeat < 3; ++repeat)
      EXPECT_TRUE(expected == picture_of(many, scene, 2, false)) << threads;
  }
}

TEST(SoftwareBackend, APictureAddedInPartsIsTheWholePicture) {
  const std::vector<ScenePoints> scene = two_sweeps();
  for (const int size_px : {1, 4})
    for (const unsigned threads : {1u, 2u}) {
      SoftwareBackend whole(threads, best_kernels()), parts(threads, best_kernels());
      const Picture expected = picture_of(whole, scene, size_px, false);
      picture_of(parts, scene, size_px, true);  // nothing of an earlier picture may stay
      DrawPart part;
      PointStyle style;
      style.size_px = size_px;
      for (const std::vector<SceneRun>& runs : dealt_runs(scene, 5)) {
        part.runs = runs;
        parts.draw(scene, style, over_the_shoulder(false), {321, 203}, part);
        part.add = true;
      }
      EXPECT_EQ(parts.read_back(), expected.rgba);
      EXPECT_EQ(parts.ids_in(0, 0, 321, 203), expected.ids);
    }
}

TEST(SoftwareBackend, OnlyTheRunsAreDrawnAndRunsOutsideTheSceneAreNot) {
  const std::vector<ScenePoints> scene = {{third_row({0, 0, 0, 0, 0, 0}), Eigen::Matrix4d::Identity()}};
  const std::vector<SceneRun> runs = {{0, 4, 1'000}, {0, 1, 3}, {0, 3, 3}, {0, 9, 12}, {7, 0, 5}};
  const auto backend = make_software_backend(2);
  backend->draw(scene, flat_style(1), metre_per_pixel_from_above(small), small, {.runs = runs});
  EXPECT_EQ(drawn_ids(*backend, {10, 3}),
            "..........\n"
            "..........\n"
            ".12.45....\n");
  backend->draw(scene, flat_style(1), metre_per_pixel_from_above(small), small,
                {.runs = std::span<const SceneRun>()});
  EXPECT_EQ(drawn_ids(*backend, {10, 3}), "..........\n..........\n..........\n");
}

TEST(SoftwareBackend, ACloudOfManyPiecesBetweenOthersKeepsItsIds) {
  const auto many = std::make_shared<PointCloud>();
  for (std::vector<float>* axis : {&many->x, &many->y, &many->z}) axis->assign(200'000, 1e9f);
  const Eigen::Vector3f there = under_pixel(5, 2, 0, small);
  many->x[150'000] = there.x();
  many->y[150'000] = there.y();
  many->z[150'000] = there.z();
  const Eigen::Matrix4d here = Eigen::Matrix4d::Identity();
  const std::vector<ScenePoints> scene = {
      {third_row({0}), here}, {many, here}, {cloud_of({}), here}, {third_row({-1, -1}), here}};
  const auto backend = make_software_backend(2);
  backend->draw(scene, flat_style(1), metre_per_pixel_from_above(small), small);
  EXPECT_EQ(backend->pick(5, 2, 0), (PointId{1, 150'000}));
  EXPECT_EQ(backend->pick(0, 2, 0), (PointId{0, 0}));
  EXPECT_EQ(backend->pick(1, 2, 0), (PointId{3, 1}));
}

// What a picture must be, told in the plainest way.
std::vector<std::optional<std::uint32_t>> plain_ids(const PointCloud& cloud, const ViewCamera& camera,
                                                    Viewport viewport, const PointStyle& style) {
  const PointSquares squares = point_squares(style, camera, viewport);
  std::vector<std::optional<std::uint32_t>> ids(static_cast<std::size_t>(viewport.width * viewport.height));
  std::vector<float> depths(ids.size(), std::numeric_limits<float>::infinity());
  const CloudProjection projection =
      cloud_projection(cloud.origin, Eigen::Matrix4d::Identity(), camera, viewport, 16.0 + squares.shift());
  for (std::uint32_t i = 0; i < cloud.size(); ++i) {
    const float depth = value_at(projection.depth, cloud.x[i], cloud.y[i], cloud.z[i]);
    if (!(depth >= projection.near)) continue;
    const float scale = projection.perspective ? 1.0f / depth : 1.0f;
    float size = static_cast<float>(squares.largest), aside = 0.0f;
    if (squares.by_depth) {
      size = std::clamp(
          std::floor(static_cast<float>(style.size_m * camera.distance / camera.metres_per_pixel(viewport)) /
                         depth +
                     0.5f),
          1.0f, 8.0f);
      aside = 0.5f * (size - 1.0f);
    }
    const int size_px = static_cast<int>(size);
    const auto pixel_of = [&](const PlaneRow& row) {
      return static_cast<int>(std::floor(value_at(row, cloud.x[i], cloud.y[i], cloud.z[i]) * scale - aside)) -
             16;
    };
    const int left = pixel_of(projection.u), top = pixel_of(projection.v);
    for (int y = std::max(0, top); y < std::min(viewport.height, top + size_px); ++y)
      for (int x = std::max(0, left); x < std::min(viewport.width, left + size_px); ++x) {
        const auto pixel = static_cast<std::size_t>(y * viewport.width + x);
        if (depth >= depths[pixel]) continue;
        depths[pixel] = depth;
        ids[pixel] = i;
      }
  }
  return ids;
}

// How many pixels of a sweep's picture show another point than the plain method finds; of how many.
struct Differing {
  std::size_t pixels, of;
};
Differing differing_from_plain(const PointStyle& style) {
  const auto cloud = random_sweep(20'000, 5);
  const Viewport viewport{203, 117};
  const auto backend = make_software_backend(2);
  const ViewCamera camera = over_the_shoulder(false);
  backend->draw({{{cloud, Eigen::Matrix4d::Identity(), nullptr}}}, style, camera, viewport);
  const auto expected = plain_ids(*cloud, camera, viewport, style);
  const auto found = backend->ids_in(0, 0, viewport.width, viewport.height);
  std::size_t differing = 0;
  for (std::size_t i = 0; i < found.size(); ++i)
    differing +=
        found[i].has_value() != expected[i].has_value() || (found[i] && found[i]->point != *expected[i]);
  return {differing, found.size()};
}

TEST(SoftwareBackend, EqualsThePlainMethodAtEverySize) {
  for (int size_px = 1; size_px <= 8; ++size_px) {
    PointStyle style;
    style.size_px = size_px;
    const Differing differing = differing_from_plain(style);
    // The two round pixel coordinates about different margins, so a point on the edge between two pixels may
    // fall either way.
    EXPECT_LE(differing.pixels, differing.of / 500) << size_px;
  }
}

TEST(SoftwareBackend, EqualsThePlainMethodWithSquaresInMetres) {
  for (const double size_m : {0.02, 0.2, 0.5, 2.0}) {
    PointStyle style;
    style.size_m = size_m;
    const Differing differing = differing_from_plain(style);
    EXPECT_LE(differing.pixels, differing.of / 250) << size_m;
  }
}

TEST(SoftwareBackend, SquaresInMetresFromAboveHaveTheirSizeInPixels) {
  const auto backend = make_software_backend(1);
  PointStyle style = flat_style(1);
  style.size_m = 3.0;  // a pixel is a metre
  backend->draw({{{cloud_of({under_pixel(4, 2, 0, small)}), Eigen::Matrix4d::Identity()}}}, style,
                metre_per_pixel_from_above(small), small);
  EXPECT_EQ(drawn_ids(*backend, small),
            "..........\n"
            "...000....\n"
            "...000....\n"
            "...000....\n"
            "..........\n"
            "..........\n");
}

TEST(SoftwareBackend, CoordinatesOfAnySizeDoNotJitter) {
  const Eigen::Vector3d far_off(5.0e6, 5.4e6, 300.0);
  const auto here = random_sweep(30'000, 3);
  const auto there = std::make_shared<PointCloud>(*here);
  there->origin = far_off;
  ViewCamera camera = over_the_shoulder(false);
  const Viewport viewport{400, 300};
  const auto backend = make_software_backend(1);
  PointStyle style = flat_style(1);
  backend->draw({{{here, Eigen::Matrix4d::Identity(), nullptr}}}, style, camera, viewport);
  const auto expected = backend->ids_in(0, 0, viewport.width, viewport.height);
  camera.target.metres += far_off;
  backend->draw({{{there, Eigen::Matrix4d::Identity(), nullptr}}}, style, camera, viewport);
  const auto found = backend->ids_in(0, 0, viewport.width, viewport.height);
  std::size_t differing = 0;
  for (std::size_t i = 0; i < found.size(); ++i) differing += found[i] != expected[i];
  RecordProperty("differing_pixels", static_cast<int>(differing));
  // The camera itself stands at a rounded place: a nanometre may move a point over the edge of a pixel.
  EXPECT_LE(differing, 2u);
}

TEST(SoftwareBackend, NothingIsLeftOverWhenPictureSceneOrSizeChange) {
  const auto backend = make_software_backend(3);
  const std::vector<ScenePoints> scene = two_sweeps();
  PointStyle style = flat_style(8);
  backend->draw(scene, style, over_the_shoulder(false), {500, 300});
  backend->draw(scene, style, over_the_shoulder(false), {120, 80});
  backend->draw({}, flat_style(2), over_the_shoulder(false), {120, 80});
  EXPECT_THAT(backend->read_back(), testing::Each(ground.packed()));
  EXPECT_FALSE(backend->pick(60, 40, 100));
}

}  // namespace
}  // namespace sweepmark
