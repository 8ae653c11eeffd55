#include "core/geometry/twist.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "core/geometry/rotation.hpp"

namespace sweepmark {
namespace {

using Motion = Pose<Ego, Ego>;

const Motion motions[] = {
    {},
    {Eigen::Quaterniond::Identity(), {3, -1, 0.5}},
    {rotation_about_z(0.7), {2, 1, 0}},
    {rotation_about_z(-3.0), {0.5, 0, 4}},
    {Eigen::Quaterniond(Eigen::AngleAxisd(1e-6, Eigen::Vector3d::UnitX())), {1, 2, 3}},
    {Eigen::Quaterniond(Eigen::AngleAxisd(1.2, Eigen::Vector3d(1, 2, 3).normalized())), {-5, 0.1, 2}}};

void expect_near(const Motion& a, const Motion& b) {
  EXPECT_LT((a.translation() - b.translation()).norm(), 1e-9);
  EXPECT_LT(a.rotation().angularDistance(b.rotation()), 1e-9);
}

TEST(Twist, TheWholeIsTheMotionAndNothingIsRest) {
  for (const Motion& motion : motions) {
    expect_near(scaled(motion, 1.0), motion);
    expect_near(scaled(motion, 0.0), {});
    expect_near(scaled(motion, -1.0), motion.inverse());
  }
}

TEST(Twist, PartsOneAfterTheOtherMakeTheWhole) {
  for (const Motion& motion : motions)
    for (const double share : {0.1, 0.5, 0.9})
      expect_near(scaled(motion, share) * scaled(motion, 1.0 - share), motion);
}

TEST(Twist, HalfOfAQuarterTurnLiesOnTheArc) {
  const double radius = 10.0, quarter = std::numbers::pi / 2;
  const Motion bend(rotation_about_z(quarter), {radius, radius, 0});
  const Motion half = scaled(bend, 0.5);
  EXPECT_NEAR((half.translation() - Eigen::Vector3d(0, radius, 0)).norm(), radius, 1e-9);
  EXPECT_NEAR(yaw_of(half.rotation()), quarter / 2, 1e-12);
}

}  // namespace
}  // namespace sweepmark
