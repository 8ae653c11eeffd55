#include "core/assist/motion.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace sweepmark {
namespace {

// On a circle of `radius` metres at `speed`, headed along it.
std::vector<Waypoint> round_a_circle(double radius, double speed, double every_s, int count) {
  std::vector<Waypoint> waypoints;
  for (int i = 0; i < count; ++i) {
    const double heading = speed * every_s * i / radius;
    waypoints.push_back(
        {every_s * i, {radius * std::sin(heading), radius * (1 - std::cos(heading)), 0}, heading});
  }
  return waypoints;
}

Eigen::Vector3d along(const Waypoint& waypoint) {
  return {std::cos(waypoint.heading), std::sin(waypoint.heading), 0};
}

TEST(Motion, WheelsGoWhereTheyAreHeadedInATurnOfFewKeyframes) {
  const std::vector<Waypoint> turn = round_a_circle(15, 6, 4, 3);  // 1.6 rad between keyframes
  const auto free = smoothed_velocities(turn, false), rolling = smoothed_velocities(turn, true);
  for (std::size_t i = 0; i < turn.size(); ++i) {
    const Eigen::Vector3d truth = 6 * along(turn[i]);
    EXPECT_LE((rolling[i] - truth).norm(), (free[i] - truth).norm() + 1e-9) << i;
  }
  EXPECT_LT((rolling.front() - 6 * along(turn.front())).norm(),
            0.8 * (free.front() - 6 * along(turn.front())).norm());
}

TEST(Motion, WheelsChangeNothingStraightAhead) {
  std::vector<Waypoint> straight;
  for (int i = 0; i < 5; ++i) straight.push_back({2.0 * i, {10.0 * i, 0, 0}, 0});
  for (const Eigen::Vector3d& velocity : smoothed_velocities(straight, true))
    EXPECT_LT((velocity - Eigen::Vector3d(5, 0, 0)).norm(), 1e-3);
}

TEST(Motion, OneWaypointStandsStillAndNoneIsNothing) {
  EXPECT_TRUE(smoothed_velocities({}, true).empty());
  EXPECT_TRUE(monotone_turn_rates({}).empty());
  const Waypoint one{3, {1, 2, 3}, 0.5};
  EXPECT_EQ(smoothed_velocities({&one, 1}, true), std::vector<Eigen::Vector3d>{Eigen::Vector3d::Zero()});
  EXPECT_EQ(monotone_turn_rates({&one, 1}), std::vector<double>{0.0});
}

TEST(Motion, StraightBeforeAndAfterATurnStaysStraight) {
  std::vector<Waypoint> waypoints;
  for (const double heading : {0.0, 0.0, 0.0, 0.8, 0.8, 0.8})
    waypoints.push_back({static_cast<double>(waypoints.size()), Eigen::Vector3d::Zero(), heading});
  EXPECT_EQ(monotone_turn_rates(waypoints), std::vector<double>(6, 0.0));
}

RC_GTEST_PROP(Motion, TurnsNeverOvershoot, ()) {
  std::vector<Waypoint> waypoints;
  double seconds = 0;
  for (int i = 0; i < 6; ++i) {
    seconds += *rc::gen::inRange(1, 40) / 10.0;
    waypoints.push_back({seconds, Eigen::Vector3d::Zero(), *rc::gen::inRange(-150, 150) / 100.0});
  }
  const std::vector<double> rates = monotone_turn_rates(waypoints);
  for (std::size_t i = 0; i + 1 < waypoints.size(); ++i) {
    const double slope =
        (waypoints[i + 1].heading - waypoints[i].heading) / (waypoints[i + 1].seconds - waypoints[i].seconds);
    for (const double rate : {rates[i], rates[i + 1]}) {  // sufficient for monotony (Fritsch & Carlson 1980)
      RC_ASSERT(rate * slope >= 0);
      RC_ASSERT(std::abs(rate) <= 3 * std::abs(slope) + 1e-12);
    }
  }
}

}  // namespace
}  // namespace sweepmark
