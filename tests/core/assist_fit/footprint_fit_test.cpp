#include "core/assist/footprint_fit.hpp"

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

double angle_between_lines(double a, double b) {
  const double turn = std::abs(wrapped_angle(a - b));
  return std::min(turn, std::numbers::pi - turn);
}

TEST(GroundHeight, IsTheGroundUnderACarAndNotAReflectionBelow) {
  SeenScene scene(-1.7);
  scene.add_ground(12, 0.3);
  scene.add_box(standing_car(6, 2, 0.2, -1.7), 0.1);
  for (int i = 0; i < 5; ++i) scene.add({6.0 + 0.1 * i, 2, -4.0});
  const auto ground = ground_height_near(scene.cloud(), {}, {6, 2}, 4);
  ASSERT_TRUE(ground);
  EXPECT_NEAR(*ground, -1.7, 0.03);
}

TEST(GroundHeight, IsUnknownWhereThereAreNoPoints) {
  SeenScene scene(0);
  scene.add_ground(3, 0.5);
  EXPECT_FALSE(ground_height_near(scene.cloud(), {}, {100, 0}, 2));
}

TEST(GroundHeight, IsInTheEgoFrame) {
  SeenScene scene(-1.7);
  scene.add_ground(5, 0.3);
  const Pose<Ego, Sensor> ego_from_cloud(Eigen::Quaterniond::Identity(), {2, 0, 1.9});
  EXPECT_NEAR(ground_height_near(scene.cloud(), ego_from_cloud, {2, 0}, 3).value(), 0.2, 0.03);
}

RC_GTEST_PROP(FootprintFit, FindsACarSeenFromTwoSidesWhateverItsHeading, ()) {
  const double yaw = radians_from_degrees(*rc::gen::inRange(-89, 90));
  const double bearing = radians_from_degrees(*rc::gen::inRange(-180, 180));
  // A car seen from straight ahead shows one side only; here two are in sight.
  const double aspect = angle_between_lines(yaw, bearing);
  RC_PRE(aspect > radians_from_degrees(20) && aspect < radians_from_degrees(70));
  const Box3<Ego> car = standing_car(11 * std::cos(bearing), 11 * std::sin(bearing), yaw, -1.7);
  SeenScene scene(-1.7);
  scene.add_ground(16, 0.4);
  scene.add_box(car, 0.12);
  const Footprint drawn{car.centre().metres.head<2>(), yaw + radians_from_degrees(*rc::gen::inRange(-20, 21)),
                        5.6, 3.2};
  const FootprintFit fit = fit_in_footprint(scene.cloud(), {}, drawn, car_size, -1.7);
  RC_ASSERT(fit.points > 50u);
  RC_ASSERT(angle_between_lines(fit.box.yaw(), yaw) < radians_from_degrees(3));
  RC_ASSERT(iou_3d(fit.box, car) > 0.75);  // the usual size has a say beside the points
}

TEST(FootprintFit, TakesTheUsualSizeForWhatWasNotSeenAwayFromTheSensor) {
  const Box3<Ego> car = standing_car(15, 0, 0, -1.7);  // straight ahead: only its back is in sight
  SeenScene scene(-1.7);
  scene.add_ground(20, 0.4);
  scene.add_box(car, 0.12);
  const FootprintFit fit = fit_in_footprint(scene.cloud(), {}, {{14, 0}, 0, 5, 3}, car_size, -1.7);
  EXPECT_NEAR(fit.box.length(), car_size.x(), 0.01);
  EXPECT_NEAR(fit.box.centre().x(), 15, 0.1);
  EXPECT_LT(angle_between_lines(fit.box.yaw(), 0), 0.05);
}

TEST(FootprintFit, PlacesTheUsualSizeOnTheGroundWhereThereIsNothingToFit) {
  SeenScene scene(-1.5);
  scene.add_ground(20, 0.4);
  const FootprintFit fit = fit_in_footprint(scene.cloud(), {}, {{10, 3}, 0.3, 2, 5}, car_size, 0.0);
  EXPECT_EQ(fit.points, 0u);
  EXPECT_EQ(fit.box.size, car_size);
  EXPECT_NEAR(fit.box.centre().z() - 0.5 * car_size.z(), -1.5, 0.05);
  EXPECT_LT(angle_between_lines(fit.box.yaw(), 0.3 + std::numbers::pi / 2), 1e-9);  // along the longer side
  EXPECT_LE(std::abs(fit.box.yaw()), std::numbers::pi / 2 + 1e-9);
}

TEST(FootprintFit, UsesTheGuessWhereThereAreNoPointsAtAll) {
  const FootprintFit fit = fit_in_footprint(PointCloud{}, {}, {{10, 3}, 0, 4, 2}, car_size, -1.2);
  EXPECT_NEAR(fit.box.centre().z(), -1.2 + 0.75, 1e-12);
}

TEST(FootprintFit, LeavesOutWhatHangsAbove) {
  const Box3<Ego> car = standing_car(8, 4, 0.5, -1.7);
  SeenScene scene(-1.7);
  scene.add_ground(14, 0.4);
  scene.add_box(car, 0.12);
  for (int i = 0; i < 200; ++i) scene.add({8 + 0.01 * i, 4, 2.5});
  const FootprintFit fit = fit_in_footprint(scene.cloud(), {}, {{8, 4}, 0.5, 5.6, 3.2}, car_size, -1.7);
  EXPECT_NEAR(fit.box.height(), car_size.z(), 0.1);
}

}  // namespace
}  // namespace sweepmark
