#include "render/line_layer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

namespace sweepmark {
namespace {

constexpr Viewport viewport{640, 480};
constexpr Rgba ink{255, 128, 0, 255};

double between(double low, double high) {
  return low + (high - low) * (*rc::gen::inRange(0, 1'000'001)) / 1e6;
}

ViewCamera along_x() {
  ViewCamera camera;
  camera.pitch = 0.0;
  camera.distance = 10.0;
  camera.target = Point<World>(10.0, 0.0, 0.0);  // the eye is at zero
  return camera;
}

Box3<World> some_box() {
  const Eigen::Quaterniond turn(
      Eigen::AngleAxisd(between(-3, 3), Eigen::Vector3d(between(-1, 1), between(-1, 1), 1).normalized()));
  return {Pose<World, BoxLocal>(turn, {between(5, 40), between(-10, 10), between(-5, 5)}),
          {between(0.2, 8), between(0.2, 4), between(0.2, 4)}};
}

TEST(LineLayer, LineInFrontEndsWhereItsEndsAre) {
  const ViewCamera camera = along_x();
  const Point<World> a(5, 1, 1), b(20, -3, 0);
  const auto line = project_line(a, b, ink, 2.5f, camera, viewport);
  ASSERT_TRUE(line);
  EXPECT_NEAR((line->a.cast<double>() - *camera.pixel_from(a, viewport)).norm(), 0.0, 1e-3);
  EXPECT_NEAR((line->b.cast<double>() - *camera.pixel_from(b, viewport)).norm(), 0.0, 1e-3);
  EXPECT_EQ(line->colour, ink);
  EXPECT_EQ(line->width, 2.5f);
}

TEST(LineLayer, LineBehindTheEyeIsEmptyAndOneThroughItIsCut) {
  const ViewCamera camera = along_x();
  EXPECT_FALSE(project_line(Point<World>(-1, 1, 1), Point<World>(-5, 0, 0), ink, 1, camera, viewport));
  const Point<World> before(10, 2, 1), behind(-10, 2, 1);
  for (const bool turned : {false, true}) {
    const auto line = turned ? project_line(behind, before, ink, 1, camera, viewport)
                             : project_line(before, behind, ink, 1, camera, viewport);
    ASSERT_TRUE(line);
    const Eigen::Vector2f kept = turned ? line->b : line->a, cut = turned ? line->a : line->b;
    EXPECT_NEAR((kept.cast<double>() - *camera.pixel_from(before, viewport)).norm(), 0.0, 1e-3);
    EXPECT_TRUE(cut.allFinite());
    // It runs on towards where it meets the near plane: outwards from the middle, on the same straight line.
    const Eigen::Vector2f out = kept - Eigen::Vector2f(320, 240), further = cut - Eigen::Vector2f(320, 240);
    EXPECT_GT(further.norm(), 10.0f * out.norm());
    EXPECT_NEAR(out.normalized().dot(further.normalized()), 1.0f, 1e-5f);
  }
}

RC_GTEST_PROP(LineLayer, WhateverIsLeftOfALineIsOnItsPicture, (bool orthographic)) {
  ViewCamera camera = along_x();
  camera.orthographic = orthographic;
  const Point<World> a(between(-50, 50), between(-50, 50), between(-50, 50)),
      b(between(-50, 50), between(-50, 50), between(-50, 50));
  const auto line = project_line(a, b, ink, 1, camera, viewport);
  const double near = depth_range(camera).near;
  RC_ASSERT(line.has_value() == (a.x() >= near || b.x() >= near));
  if (!line) return;
  const Point<World> within(a.metres + between(0, 1) * (b.metres - a.metres));
  const auto pixel = camera.pixel_from(within, viewport);
  if (!pixel || within.x() < 0.5) return;
  const Eigen::Vector2d along = (line->b - line->a).cast<double>();
  RC_PRE(along.norm() > 1.0);
  const Eigen::Vector2d off = *pixel - line->a.cast<double>();
  const double aside = std::abs(off.x() * along.y() - off.y() * along.x()) / along.norm();
  RC_ASSERT(aside < 1e-2 + 1e-5 * along.norm());
}

TEST(LineLayer, BoxHasItsEdgesACrossInFrontAndAnArrow) {
  const ViewCamera camera = along_x();
  const Box3<World> box = upright_box(Point<World>(12, 1, 0), 0.8, Eigen::Vector3d(4, 2, 1.5));
  const auto lines = box_lines(box, ink, 1.5f, camera, viewport);
  ASSERT_EQ(lines.size(), 12u + 2u + 3u);
  const auto pixel = [&](double x, double y, double z) {
    return *camera.pixel_from(box.pose * Point<BoxLocal>(x, y, z), viewport);
  };
  const auto has_line = [&lines](const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
    return std::ranges::any_of(lines, [&](const ScreenLine& line) {
      const Eigen::Vector2d p = line.a.cast<double>(), q = line.b.cast<double>();
      return ((p - a).norm() < 1e-2 && (q - b).norm() < 1e-2) ||
             ((p - b).norm() < 1e-2 && (q - a).norm() < 1e-2);
    });
  };
  for (const auto& [a, b] : box_edges)
    EXPECT_TRUE(has_line(*camera.pixel_from(box.corners()[a], viewport),
                         *camera.pixel_from(box.corners()[b], viewport)));
  EXPECT_TRUE(has_line(pixel(2, 1, 0.75), pixel(2, -1, -0.75)));
  EXPECT_TRUE(has_line(pixel(2, -1, 0.75), pixel(2, 1, -0.75)));
  EXPECT_TRUE(has_line(pixel(2, 0, 0), pixel(2 + 1.6, 0, 0)));
  EXPECT_FALSE(has_line(pixel(-2, 1, 0.75), pixel(-2, -1, -0.75)));  // no cross behind
}

TEST(LineLayer, RangeRingsKeepTheirRadius) {
  ViewCamera camera;
  camera.pitch = -std::numbers::pi / 2.0;
  camera.orthographic = true;
  const auto lines = range_rings(Point<World>(), 10.0, 30.0, ink, camera, viewport);
  ASSERT_FALSE(lines.empty());
  ASSERT_EQ(lines.size() % 3, 0u);
  const double metre = 1.0 / camera.metres_per_pixel(viewport);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const double radius = (lines[i].a - Eigen::Vector2f(320, 240)).norm() / metre;
    EXPECT_NEAR(radius, 10.0 * static_cast<double>(1 + i / (lines.size() / 3)), 1e-3) << i;
  }
  EXPECT_TRUE(range_rings(Point<World>(), 0.0, 30.0, ink, camera, viewport).empty());
  EXPECT_TRUE(range_rings(Point<World>(), 10.0, 9.0, ink, camera, viewport).empty());
}

RC_GTEST_PROP(PickBox, RayToAPointInsideABoxMeetsIt, ()) {
  const Box3<World> box = some_box();
  const Point<World> inside =
      box.pose *
      Point<BoxLocal>(Eigen::Vector3d(between(-0.49, 0.49), between(-0.49, 0.49), between(-0.49, 0.49))
                          .cwiseProduct(box.size));
  const ViewRay ray{Point<World>(-30, between(-20, 20), between(-20, 20)), {}};
  const Eigen::Vector3d towards = inside.metres - ray.origin.metres;
  const auto hit = pick_box({{box}}, {ray.origin, towards.normalized()});
  RC_ASSERT(hit.has_value());
  RC_ASSERT(hit->distance <= towards.norm());
  // Where it is said to enter is on the box's border.
  const Point<World> entered(ray.origin.metres + hit->distance * towards.normalized());
  const Eigen::Vector3d local = (box.pose.inverse() * entered).metres;
  RC_ASSERT(std::abs((local.cwiseAbs() - 0.5 * box.size).maxCoeff()) < 1e-9);
  RC_ASSERT(!pick_box({{box}}, {ray.origin, -towards.normalized()}));
}

TEST(PickBox, TheNearestOfManyIsTakenAndRaysThatMissMeetNothing) {
  const std::vector<Box3<World>> boxes = {
      upright_box(Point<World>(30, 0, 0), 0.0, Eigen::Vector3d(4, 2, 2)),
      upright_box(Point<World>(10, 0, 0), 0.0, Eigen::Vector3d(4, 2, 2)),
      upright_box(Point<World>(-10, 0, 0), 0.0, Eigen::Vector3d(4, 2, 2))};
  const auto hit = pick_box(boxes, {Point<World>(), Eigen::Vector3d::UnitX()});
  ASSERT_TRUE(hit);
  EXPECT_EQ(hit->index, 1u);
  EXPECT_DOUBLE_EQ(hit->distance, 8.0);
  EXPECT_FALSE(pick_box(boxes, {Point<World>(0, 1.01, 0), Eigen::Vector3d::UnitX()}));
  EXPECT_FALSE(pick_box({}, {Point<World>(), Eigen::Vector3d::UnitX()}));
  EXPECT_DOUBLE_EQ(pick_box(boxes, {Point<World>(10, 0, 0), Eigen::Vector3d::UnitX()})->distance,
                   0.0);  // from within
}

}  // namespace
}  // namespace sweepmark
