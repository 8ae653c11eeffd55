#include "core/assist/box_fit.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

#include "core/base/units.hpp"
#include "core/geometry/iou.hpp"
#include "tests/core/assist_fit/seen_scene.hpp"

namespace sweepmark {
namespace {

using test::car_size;
using test::SeenScene;
using test::standing_car;

FitRequest car_request() {
  ClassDefinition car;
  car.usual_size = car_size;
  return {size_prior(car), std::nullopt, false, -1.7};
}

double angle_between_lines(double a, double b) {
  const double turn = std::abs(wrapped_angle(a - b));
  return std::min(turn, std::numbers::pi - turn);
}

// The point of the cloud nearest to a place, as a click on it picks it.
std::uint32_t click_near(const PointCloud& cloud, const Eigen::Vector3d& place) {
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < cloud.size(); ++i)
    if ((cloud.position(i) - place).squaredNorm() < (cloud.position(best) - place).squaredNorm()) best = i;
  return best;
}

RC_GTEST_PROP(BoxFit, OneClickFindsACarSeenFromTwoSidesWhateverItsHeading, ()) {
  const double yaw = radians_from_degrees(*rc::gen::inRange(-89, 90));
  const double bearing = radians_from_degrees(*rc::gen::inRange(-180, 180));
  const double aspect = angle_between_lines(yaw, bearing);
  RC_PRE(aspect > radians_from_degrees(20) && aspect < radians_from_degrees(70));
  const Box3<Ego> car = standing_car(11 * std::cos(bearing), 11 * std::sin(bearing), yaw, -1.7);
  SeenScene scene(-1.7);
  scene.add_ground(16, 0.4);
  scene.add_box(car, 0.12);
  const PointCloud cloud = scene.cloud();
  const BoxFit fit = fit_at_point(cloud, {}, click_near(cloud, car.centre().metres), car_request());
  RC_ASSERT(angle_between_lines(fit.box.yaw(), yaw) < radians_from_degrees(4));
  RC_ASSERT(iou_bev(fit.box, car) > 0.8);
  RC_ASSERT(fit.confidence > 0.5);
  RC_ASSERT(fit.seen[2]);  // whether a side ends is in sight only where rays went past its end
  std::size_t supported = 0;
  for (const std::size_t count : fit.face_points) supported += count > 10 ? 1 : 0;
  RC_ASSERT(supported >= 2u);
}

TEST(BoxFit, PartsTwoCarsParkedCloseBehindEachOther) {
  SeenScene scene(-1.7);
  scene.add_ground(20, 0.4);
  const Box3<Ego> first = standing_car(5, 5, 0, -1.7), second = standing_car(5 + 4.2 + 0.8, 5, 0, -1.7);
  scene.add_box(first, 0.1);
  scene.add_box(second, 0.1);
  const PointCloud cloud = scene.cloud();
  for (const Box3<Ego>& car : {first, second}) {
    const BoxFit fit = fit_at_point(cloud, {}, click_near(cloud, car.centre().metres), car_request());
    EXPECT_GT(iou_bev(fit.box, car), 0.8);
  }
}

TEST(BoxFit, PartsACarFromAWallBesideIt) {
  SeenScene scene(-1.7);
  scene.add_ground(20, 0.4);
  const Box3<Ego> car = standing_car(8, 5, 0, -1.7);
  scene.add_box(car, 0.1);
  for (double x = 0; x < 16; x += 0.1)
    for (double z = -1.7; z < 1; z += 0.2)
      if (x < 5 || x > 11) scene.add({x, 6.7, z});
  const PointCloud cloud = scene.cloud();
  const BoxFit fit = fit_at_point(cloud, {}, click_near(cloud, car.centre().metres), car_request());
  EXPECT_GT(iou_bev(fit.box, car), 0.75);
}

TEST(BoxFit, StandsOnASlopeAndFollowsItWhereAsked) {
  const double slope = 0.12;
  PointCloud cloud;
  std::vector<float> x, y, z;
  const auto add = [&](double px, double py, double above) {
    x.push_back(static_cast<float>(px));
    y.push_back(static_cast<float>(py));
    z.push_back(static_cast<float>(-1.7 + slope * (px - 8) + above));
  };
  for (double px = -2; px < 20; px += 0.3)
    for (double py = -10; py < 10; py += 0.3) add(px, py, 0);
  for (double s = 0; s <= 4.2; s += 0.1)
    for (double h = 0; h <= 1.5; h += 0.1) add(8 + s, 3, h);
  for (double t = 0; t <= 1.8; t += 0.1)
    for (double h = 0; h <= 1.5; h += 0.1) add(8, 3 + t, h);
  cloud = make_point_cloud(x, y, z, {});
  FitRequest request = car_request();
  const std::uint32_t clicked = click_near(cloud, {10, 3, -0.6});
  const BoxFit upright = fit_at_point(cloud, {}, clicked, request);
  EXPECT_GT(iou_bev(upright.box, standing_car(10.1, 3.9, 0, -1.7)), 0.8);
  EXPECT_NEAR(upright.box.height(), 1.5, 0.15);
  request.follow_slope = true;
  const Eigen::Vector3d up =
      fit_at_point(cloud, {}, clicked, request).box.pose.rotation() * Eigen::Vector3d::UnitZ();
  EXPECT_NEAR(std::atan2(-up.x(), up.z()), std::atan(slope), radians_from_degrees(2));
}

TEST(BoxFit, TakesTheHeadingItIsGiven) {
  SeenScene scene(-1.7);
  scene.add_ground(16, 0.4);
  const Box3<Ego> car = standing_car(9, 4, 0.3, -1.7);
  scene.add_box(car, 0.12);
  const PointCloud cloud = scene.cloud();
  FitRequest request = car_request();
  request.heading = 0.3 + std::numbers::pi;
  const BoxFit fit = fit_at_point(cloud, {}, click_near(cloud, car.centre().metres), request);
  EXPECT_TRUE(fit.heading_sure);
  EXPECT_LT(std::abs(wrapped_angle(fit.box.yaw() - *request.heading)), 0.1);
}

// Of the four headings that fit a footprint the given one: R and F turn a box and fit it again.
TEST(BoxFit, TriesOnlyBoxesNearTheGivenLine) {
  SeenScene scene(-1.7);
  scene.add_ground(16, 0.4);
  const Box3<Ego> car = standing_car(9, 4, 0.3, -1.7);
  scene.add_box(car, 0.12);
  const PointCloud cloud = scene.cloud();
  const std::uint32_t clicked = click_near(cloud, car.centre().metres);
  for (const double turn : {0.5, 1.0, 1.5}) {
    FitRequest request = car_request();
    request.heading = wrapped_angle(0.3 + turn * std::numbers::pi);
    const BoxFit at_point = fit_at_point(cloud, {}, clicked, request);
    EXPECT_LT(std::abs(wrapped_angle(at_point.box.yaw() - *request.heading)), radians_from_degrees(23));
    EXPECT_TRUE(at_point.heading_sure);
    const BoxFit drawn = fit_in_rectangle(cloud, {}, {{9, 4}, 0.0, 6, 5}, request);
    EXPECT_LT(std::abs(wrapped_angle(drawn.box.yaw() - *request.heading)), radians_from_degrees(23));
  }
}

ClassDefinition pedestrian() {
  ClassDefinition definition;
  definition.usual_size = {0.8, 0.65, 1.75};
  definition.rigid = false;
  return definition;
}

// Shoulders across the heading, a leg before and one behind.
void add_person(SeenScene& scene, const Eigen::Vector2d& at, double yaw) {
  const auto add = [&](double s, double t, double above) {
    const Eigen::Vector2d along(std::cos(yaw), std::sin(yaw)), across(-along.y(), along.x());
    const Eigen::Vector2d p = at + s * along + t * across;
    scene.add({p.x(), p.y(), -1.7 + above});
  };
  for (double z = 0.9; z < 1.5; z += 0.06)
    for (double t = -0.22; t <= 0.22; t += 0.05) add(-0.08 * std::cos(t / 0.22), t, z);
  for (double z = 0.22; z < 0.85; z += 0.06)
    for (const double t : {-0.1, -0.05, 0.05, 0.1}) add(t < 0 ? 0.2 : -0.2, t, z);
}

RC_GTEST_PROP(BoxFit, FindsAPersonAndWhichWayTheShouldersFace, ()) {
  const double yaw = radians_from_degrees(*rc::gen::inRange(-180, 180));
  const double bearing = radians_from_degrees(*rc::gen::inRange(-180, 180));
  const Eigen::Vector2d at = 9.0 * Eigen::Vector2d(std::cos(bearing), std::sin(bearing));
  SeenScene scene(-1.7);
  scene.add_ground(14, 0.4);
  add_person(scene, at, yaw);
  // Another beside.
  add_person(scene, at + 0.8 * Eigen::Vector2d(-std::sin(yaw), std::cos(yaw)), yaw);
  const PointCloud cloud = scene.cloud();
  const BoxFit fit = fit_at_point(cloud, {}, click_near(cloud, {at.x(), at.y(), -0.6}),
                                  {size_prior(pedestrian()), std::nullopt, false, -1.7});
  RC_ASSERT((fit.box.centre().metres.head<2>() - at).norm() < 0.2);
  RC_ASSERT(angle_between_lines(fit.box.yaw(), yaw) < radians_from_degrees(10));
}

TEST(BoxFit, FindsABicycleBesideACar) {
  SeenScene scene(-1.7);
  scene.add_ground(16, 0.4);
  const Box3<Ego> car = standing_car(9, 4, 0.3, -1.7);
  scene.add_box(car, 0.12);
  const Eigen::Vector2d along(std::cos(0.3), std::sin(0.3)), across(-along.y(), along.x());
  const Eigen::Vector2d at = Eigen::Vector2d(9, 4) - 1.8 * across;
  for (double s = -0.8; s <= 0.8; s += 0.06)
    for (double z = 0.22; z < (std::abs(s) < 0.3 ? 1.7 : 0.8); z += 0.1) {
      const Eigen::Vector2d p = at + s * along;
      scene.add({p.x(), p.y(), -1.7 + z});
    }
  ClassDefinition cyclist;
  cyclist.usual_size = {1.8, 0.7, 1.75};
  const PointCloud cloud = scene.cloud();
  const BoxFit fit = fit_at_point(cloud, {}, click_near(cloud, {at.x(), at.y(), -0.7}),
                                  {size_prior(cyclist), std::nullopt, false, -1.7});
  EXPECT_LT((fit.box.centre().metres.head<2>() - at).norm(), 0.15);
  EXPECT_LT(angle_between_lines(fit.box.yaw(), 0.3), radians_from_degrees(5));
  EXPECT_NEAR(fit.box.length(), 1.8, 0.2);
}

TEST(BoxFit, IsTheUsualBoxOnTheGroundWhereNothingStands) {
  SeenScene scene(-1.5);
  scene.add_ground(20, 0.4);
  const BoxFit fit = fit_at_place(scene.cloud(), {}, {10, 3}, car_request());
  EXPECT_EQ(fit.confidence, 0.0);
  EXPECT_TRUE(fit.points.empty());
  EXPECT_LT((fit.box.size - car_size).norm(), 1e-12);
  EXPECT_NEAR(fit.box.centre().z() - 0.5 * fit.box.height(), -1.5, 0.1);
}

TEST(BoxFit, NeedsNoPointsAtAll) {
  const BoxFit fit = usual_box(PointCloud{}, {}, {10, 3}, car_request());
  EXPECT_NEAR(fit.box.centre().z(), -1.7 + 0.5 * car_size.z(), 1e-9);
}

TEST(BoxFit, ASinglePointGivesABoxOfTheClass) {
  const PointCloud cloud = make_point_cloud(std::vector<float>{9.0f}, {1.0f}, {0.0f}, {});
  const BoxFit fit = fit_at_point(cloud, {}, 0, car_request());
  EXPECT_TRUE(fit.box.size.allFinite());
  EXPECT_TRUE(fit.box.centre().metres.allFinite());
}

TEST(BoxFit, ThreeClicksGiveTheBoxTheyName) {
  const BoxFit fit = box_from_front_edge(PointCloud{}, {}, {14, 1}, {14, 3}, {10, 2.2}, car_request());
  EXPECT_NEAR(fit.box.length(), 4, 1e-9);
  EXPECT_NEAR(fit.box.width(), 2, 1e-9);
  EXPECT_NEAR(fit.box.yaw(), 0, 1e-9);
  EXPECT_LT((fit.box.centre().metres.head<2>() - Eigen::Vector2d(12, 2)).norm(), 1e-9);
}

TEST(BoxFit, TwoCornersGiveTheBoxThatExplainsThePoints) {
  SeenScene scene(-1.7);
  scene.add_ground(16, 0.4);
  const Box3<Ego> car = standing_car(9, 4, 0.5, -1.7);
  scene.add_box(car, 0.12);
  const auto corners = car.corners();
  const BoxFit fit = box_from_corners(scene.cloud(), {}, corners[0].metres.head<2>(),
                                      corners[3].metres.head<2>(), car_request());
  EXPECT_GT(iou_bev(fit.box, car), 0.95);
}

}  // namespace
}  // namespace sweepmark
