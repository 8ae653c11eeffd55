#include "render/view_camera.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

namespace sweepmark {
namespace {

double between(double low, double high) {
  return low + (high - low) * (*rc::gen::inRange(0, 1'000'001)) / 1e6;
}

Point<World> some_point(double reach) {
  return {between(-reach, reach), between(-reach, reach), between(-reach, reach)};
}

ViewCamera some_camera() {
  ViewCamera camera;
  camera.target = Point<World>(some_point(1e3).metres + between(0.0, 1.0) * Eigen::Vector3d(5e5, 5e6, 100.0));
  camera.yaw = between(-3.1, 3.1);
  camera.pitch = between(-1.57, 1.57);
  camera.distance = std::exp(between(std::log(0.5), std::log(500.0)));
  camera.orthographic = *rc::gen::arbitrary<bool>();
  camera.vertical_fov = between(0.2, 1.8);
  return camera;
}

Viewport some_viewport() {
  return {*rc::gen::inRange(1, 3000), *rc::gen::inRange(1, 2000)};
}

Eigen::Vector2d some_pixel(Viewport viewport) {
  return {between(0, viewport.width), between(0, viewport.height)};
}

RC_GTEST_PROP(ViewCamera, PixelOfAPointOnARayIsTheRaysPixel, ()) {
  const ViewCamera camera = some_camera();
  const Viewport viewport = some_viewport();
  const Eigen::Vector2d pixel = some_pixel(viewport);
  const ViewRay ray = camera.ray_through(pixel, viewport);
  RC_ASSERT(std::abs(ray.direction.norm() - 1.0) < 1e-12);
  const Point<World> on_ray(ray.origin.metres + camera.distance * between(0.1, 10.0) * ray.direction);
  const auto back = camera.pixel_from(on_ray, viewport);
  RC_ASSERT(back.has_value());
  RC_ASSERT((*back - pixel).norm() < 1e-3);
}

RC_GTEST_PROP(ViewCamera, MatricesAgreeWithPixelFrom, ()) {
  ViewCamera camera = some_camera();
  camera.target = some_point(100.0);
  const Viewport viewport = some_viewport();
  const Point<World> point = some_point(200.0);
  const Eigen::Vector4d clip = camera.clip_from_world(viewport) * point.metres.homogeneous();
  const auto pixel = camera.pixel_from(point, viewport);
  const double depth = (point.metres - camera.eye().metres).dot(camera.forward());
  RC_PRE(std::abs(depth) > 0.1);
  RC_ASSERT(pixel.has_value() == (depth > 0.0));
  if (!pixel) return;
  const Eigen::Vector2d ndc = clip.head<2>() / clip.w();
  const Eigen::Vector2d from_clip(0.5 * (ndc.x() + 1.0) * viewport.width,
                                  0.5 * (1.0 - ndc.y()) * viewport.height);
  RC_ASSERT((from_clip - *pixel).norm() < 1e-6 * (1.0 + pixel->norm()));
}

RC_GTEST_PROP(ViewCamera, DepthRangeIsWhatTheMatrixCuts, ()) {
  const ViewCamera camera = some_camera();
  const auto [near, far] = depth_range(camera);
  const Eigen::Matrix4d clip = camera.clip_from_view({640, 480});
  const auto ndc_z = [&clip](double depth) {
    const Eigen::Vector4d p = clip * Eigen::Vector4d(0.0, 0.0, -depth, 1.0);
    return p.z() / p.w();
  };
  RC_ASSERT(std::abs(ndc_z(near) + 1.0) < 1e-6);
  RC_ASSERT(std::abs(ndc_z(far) - 1.0) < 1e-6);
}

RC_GTEST_PROP(ViewCamera, AxesAreRightHandedAndUnit, ()) {
  const ViewCamera camera = some_camera();
  RC_ASSERT((camera.right().cross(camera.up()) + camera.forward()).norm() < 1e-12);
  RC_ASSERT(std::abs(camera.right().norm() - 1.0) < 1e-12);
  RC_ASSERT(std::abs(camera.right().z()) < 1e-12);
}

RC_GTEST_PROP(ViewCamera, ZoomKeepsTheAnchorsPixel, ()) {
  const ViewCamera camera = some_camera();
  const Viewport viewport = some_viewport();
  const ViewRay ray = camera.ray_through(some_pixel(viewport), viewport);
  const Point<World> anchor(ray.origin.metres + camera.distance * between(0.2, 3.0) * ray.direction);
  const double factor = between(0.2, 5.0);
  const ViewCamera nearer = zoomed(camera, factor, anchor);
  RC_ASSERT(std::abs(nearer.distance - factor * camera.distance) < 1e-9);
  const auto before = camera.pixel_from(anchor, viewport), after = nearer.pixel_from(anchor, viewport);
  RC_ASSERT(before && after);
  RC_ASSERT((*before - *after).norm() < 1e-2);
}

RC_GTEST_PROP(ViewCamera, PanFollowsTheCursorAtTheTargetsDepth, ()) {
  const ViewCamera camera = some_camera();
  const Viewport viewport = some_viewport();
  const Eigen::Vector2d pixel = some_pixel(viewport), by(between(-50, 50), between(-50, 50));
  const ViewRay ray = camera.ray_through(pixel, viewport);
  const double along = camera.distance / ray.direction.dot(camera.forward());
  const Point<World> grabbed(ray.origin.metres + along * ray.direction);
  const auto moved = panned(camera, by, viewport).pixel_from(grabbed, viewport);
  RC_ASSERT(moved.has_value());
  RC_ASSERT((*moved - pixel - by).norm() < 1e-2);
}

RC_GTEST_PROP(ViewCamera, OrbitKeepsTargetInTheMiddleAndPitchInBounds, ()) {
  const Viewport viewport = some_viewport();
  const ViewCamera camera = orbited(some_camera(), between(-10.0, 10.0), between(-10.0, 10.0));
  RC_ASSERT(std::abs(camera.pitch) <= std::numbers::pi / 2.0);
  const auto middle = camera.pixel_from(camera.target, viewport);
  RC_ASSERT(middle.has_value());
  RC_ASSERT((*middle - Eigen::Vector2d(0.5 * viewport.width, 0.5 * viewport.height)).norm() < 1e-2);
}

RC_GTEST_PROP(ViewCamera, ToggledProjectionKeepsTheScaleAtTheTarget, ()) {
  ViewCamera camera = some_camera();
  const Viewport viewport = some_viewport();
  const double before = camera.metres_per_pixel(viewport);
  camera.orthographic = !camera.orthographic;
  RC_ASSERT(camera.metres_per_pixel(viewport) == before);
  const Point<World> aside(camera.target.metres + 10.0 * before * camera.right());
  const auto pixel = camera.pixel_from(aside, viewport);
  RC_ASSERT(pixel.has_value());
  RC_ASSERT(std::abs(pixel->x() - 0.5 * viewport.width - 10.0) < 1e-2);
}

TEST(ViewCamera, FlownMovesAlongItsOwnAxes) {
  ViewCamera camera;  // looks along +x
  camera.pitch = 0.0;
  const ViewCamera moved = flown(camera, 3.0, 2.0, 1.0);
  EXPECT_NEAR((moved.eye().metres - camera.eye().metres - Eigen::Vector3d(3.0, -2.0, 1.0)).norm(), 0.0,
              1e-12);
}

TEST(ViewCamera, RayMeetsTheGroundWhereItShould) {
  ViewCamera camera;
  const auto ground = meet_horizontal_plane(camera.ray_through({320.0, 240.0}, {640, 480}), 0.0);
  ASSERT_TRUE(ground.has_value());
  EXPECT_NEAR(ground->metres.norm(), 0.0, 1e-9);  // the middle of the picture is the target, at zero
  EXPECT_FALSE(meet_horizontal_plane({Point<World>(0, 0, 1), Eigen::Vector3d(1, 0, 0)}, 0.0));
  EXPECT_FALSE(meet_horizontal_plane({Point<World>(0, 0, 1), Eigen::Vector3d(0, 0, 1)}, 0.0));
}

// Screen offset from the target's pixel of a place `ahead` of and `left` of an object that heads along
// `heading`.
Eigen::Vector2d offset_on_screen(ViewPreset preset, double ahead, double left, double up) {
  const double heading = 0.7;
  const Viewport viewport{800, 600};
  ViewCamera start;
  start.orthographic = true;
  const Point<World> target(10.0, -20.0, 3.0);
  const ViewCamera camera = preset_view(start, preset, target, heading);
  const Eigen::Vector3d forward(std::cos(heading), std::sin(heading), 0.0),
      leftward(-forward.y(), forward.x(), 0.0);
  const Point<World> place(target.metres + ahead * forward + left * leftward + Eigen::Vector3d(0, 0, up));
  return *camera.pixel_from(place, viewport) - *camera.pixel_from(target, viewport);
}

TEST(ViewCamera, PresetsLookFromWhereTheySay) {
  const double tiny = 1e-6;
  EXPECT_LT(offset_on_screen(ViewPreset::top, 1, 0, 0).y(), -1.0);  // heading up
  EXPECT_LT(offset_on_screen(ViewPreset::top, 0, 1, 0).x(), -1.0);
  EXPECT_GT(offset_on_screen(ViewPreset::front, 0, 1, 0).x(), 1.0);  // facing it, its left is on the right
  EXPECT_LT(offset_on_screen(ViewPreset::rear, 0, 1, 0).x(), -1.0);
  EXPECT_LT(offset_on_screen(ViewPreset::rear, 0, 0, 1).y(), -1.0);
  EXPECT_NEAR(offset_on_screen(ViewPreset::rear, 1, 0, 0).norm(), 0.0, tiny);
  EXPECT_GT(offset_on_screen(ViewPreset::right, 1, 0, 0).x(), 1.0);
  EXPECT_LT(offset_on_screen(ViewPreset::left, 1, 0, 0).x(), -1.0);
  EXPECT_LT(offset_on_screen(ViewPreset::oblique, 1, 0, 0).y(), -0.5);
}

RC_GTEST_PROP(BoxSideView, FramesTheBoxWithItsMargin, ()) {
  const Box3<World> box =
      upright_box(some_point(1e3), between(-3.1, 3.1), {between(0.3, 15), between(0.3, 3), between(0.3, 4)});
  const Viewport viewport{*rc::gen::inRange(50, 1000), *rc::gen::inRange(50, 1000)};
  const double margin = between(0.0, 2.0);
  const auto side = *rc::gen::element(BoxSide::top, BoxSide::side, BoxSide::rear);
  const ViewCamera camera = box_side_view(box, side, viewport, margin);
  Eigen::Vector2d low(1e9, 1e9), high(-1e9, -1e9);
  for (const Point<World>& corner : box.corners()) {
    const auto pixel = camera.pixel_from(corner, viewport);
    RC_ASSERT(pixel.has_value());
    RC_ASSERT((corner.metres - camera.eye().metres).dot(camera.forward()) > depth_range(camera).near);
    low = low.cwiseMin(*pixel);
    high = high.cwiseMax(*pixel);
  }
  // The tighter of both directions is filled exactly.
  const Eigen::Vector2d share = (high - low).cwiseQuotient(Eigen::Vector2d(viewport.width, viewport.height));
  RC_ASSERT(std::abs(share.maxCoeff() - 1.0 / (1.0 + 2.0 * margin)) < 1e-6);
  RC_ASSERT((0.5 * (low + high) - 0.5 * Eigen::Vector2d(viewport.width, viewport.height)).norm() < 1e-3);
}

TEST(BoxSideView, HeadingPointsUpFromAboveAndRightFromTheSide) {
  const Box3<World> box = upright_box(Point<World>(5, 6, 1), 2.1, Eigen::Vector3d(4.5, 1.9, 1.6));
  const Viewport viewport{300, 200};
  const auto front_offset = [&](BoxSide side) -> Eigen::Vector2d {
    const ViewCamera camera = box_side_view(box, side, viewport, 0.5);
    return *camera.pixel_from(box.pose * Point<BoxLocal>(2.25, 0, 0), viewport) -
           *camera.pixel_from(box.centre(), viewport);
  };
  EXPECT_LT(front_offset(BoxSide::top).y(), -10.0);
  EXPECT_NEAR(front_offset(BoxSide::top).x(), 0.0, 1e-6);
  EXPECT_GT(front_offset(BoxSide::side).x(), 10.0);
  EXPECT_NEAR(front_offset(BoxSide::side).y(), 0.0, 1e-6);
  EXPECT_NEAR(front_offset(BoxSide::rear).norm(), 0.0, 1e-6);
  const ViewCamera rear = box_side_view(box, BoxSide::rear, viewport, 0.5);
  EXPECT_LT(rear.pixel_from(box.pose * Point<BoxLocal>(0, 0.9, 0), viewport)->x(),
            140.0);  // its left on the left
}

TEST(BoxSideView, WhatHangsOverTheBoxIsBehindTheEye) {
  const Box3<World> box = upright_box(Point<World>(0, 0, 1), 0.0, Eigen::Vector3d(4.5, 1.9, 1.6));
  const ViewCamera camera = box_side_view(box, BoxSide::top, {300, 200}, 0.5);
  EXPECT_FALSE(camera.pixel_from(Point<World>(0, 0, 5.0), {300, 200}));
  EXPECT_TRUE(camera.pixel_from(Point<World>(0, 0, 3.0), {300, 200}));
}

}  // namespace
}  // namespace sweepmark
