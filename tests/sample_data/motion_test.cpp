#include "sample_data/motion.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

#include "sample_data/traffic.hpp"

namespace sweepmark::sample {
namespace {

RC_GTEST_PROP(SpeedProfile, distanceIsTheIntegralOfSpeed, ()) {
  std::vector<SpeedKnot> knots;
  double time = 0.0;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) {
    time += 0.01 * *rc::gen::inRange(10, 500);
    knots.push_back({time, 0.01 * *rc::gen::inRange(0, 2000)});
  }
  const SpeedProfile profile(knots);
  const double t = 0.01 * *rc::gen::inRange(-100, 3000), dt = 1e-5;
  const double measured = (profile.distance_at(t + dt) - profile.distance_at(t - dt)) / (2 * dt);
  RC_ASSERT(std::abs(measured - profile.speed_at(t)) < 1e-3);
  RC_ASSERT(std::abs(profile.distance_at(knots.front().time)) < 1e-12);
}

RC_GTEST_PROP(Path, headsWhereItGoesAndMeasuresItsOwnLength, ()) {
  std::vector<Stretch> stretches;
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i)
    stretches.push_back({0.1 * *rc::gen::inRange(50, 400), 0.01 * *rc::gen::inRange(-160, 160)});
  const Path path({{3.0, -2.0}, 0.4}, stretches);
  const double s = path.length() * 0.001 * *rc::gen::inRange(-200, 1200), ds = 0.05;
  const Eigen::Vector2d step = path.at(s + ds).position - path.at(s - ds).position;
  const PlanarState here = path.at(s);
  RC_ASSERT(std::abs(step.norm() - 2 * ds) < 1e-4);
  RC_ASSERT((step.normalized() - Eigen::Vector2d(std::cos(here.heading), std::sin(here.heading))).norm() <
            0.02);
}

TEST(Path, aBendOfAQuarterTurnGoesAsFarAheadAsAside) {
  const Stretch bend{24.0, 0.5 * std::numbers::pi};
  const Eigen::Vector2d gone = bend_displacement(bend);
  EXPECT_NEAR(gone.x(), gone.y(), 1e-4);
  EXPECT_GT(gone.x(), 24.0 * 2.0 / std::numbers::pi * 0.9);
  EXPECT_NEAR(Path({}, {bend}).at(24.0).heading, 0.5 * std::numbers::pi, 1e-12);
}

TEST(Standing, staysWhereItIs) {
  const Motion motion = standing({{4.0, 5.0}, 1.0});
  EXPECT_EQ(motion.at(0.0).position, Eigen::Vector2d(4.0, 5.0));
  EXPECT_EQ(motion.at(100.0).position, Eigen::Vector2d(4.0, 5.0));
  EXPECT_EQ(motion.at(7.0).heading, 1.0);
}

TEST(EgoMotion, startsFromRestAndTurnsByAQuarter) {
  const Motion motion = ego_motion();
  EXPECT_EQ(motion.speed.speed_at(0.0), 0.0);
  EXPECT_NEAR(motion.at(0.0).heading, 0.0, 1e-12);
  EXPECT_NEAR(motion.at(10.0).heading, 0.5 * std::numbers::pi, 0.02);
}

}  // namespace
}  // namespace sweepmark::sample
