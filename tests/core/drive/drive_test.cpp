#include "core/drive/drive.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>

namespace sweepmark {
namespace {

Pose<World, Ego> pose(double x, double yaw) {
  return {rotation_about_z(yaw), {x, 0, 0}};
}

TEST(Trajectory, InterpolatesByTimeAndHoldsStillOutside) {
  const Trajectory trajectory(
      {{{2'000'000'000}, pose(20, 1.0)}, {{1'000'000'000}, pose(10, 0.0)}, {{1'000'000'000}, pose(99, 2.0)}},
      PoseSource::recorded);
  EXPECT_EQ(trajectory.poses().size(), 2u);  // sorted, the repeated time dropped
  EXPECT_EQ(trajectory.source(), PoseSource::recorded);
  EXPECT_NEAR(trajectory.world_from_ego({1'250'000'000}).translation().x(), 12.5, 1e-12);
  EXPECT_NEAR(yaw_of(trajectory.world_from_ego({1'250'000'000}).rotation()), 0.25, 1e-12);
  EXPECT_EQ(trajectory.world_from_ego({1'000'000'000}).translation().x(), 10);
  EXPECT_EQ(trajectory.world_from_ego({2'000'000'000}).translation().x(), 20);
  EXPECT_EQ(trajectory.world_from_ego({0}).translation().x(), 10);
  EXPECT_EQ(trajectory.world_from_ego({900'000'000'000}).translation().x(), 20);
}

TEST(Trajectory, TurnsTheShortWayRound) {
  const Trajectory trajectory({{{0}, pose(0, 3.0)}, {{10}, pose(0, -3.0)}}, PoseSource::estimated);
  EXPECT_NEAR(std::abs(yaw_of(trajectory.world_from_ego({5}).rotation())), std::numbers::pi, 1e-9);
}

TEST(Trajectory, WithoutPosesWorldAndEgoAreOne) {
  const Trajectory trajectory({}, PoseSource::recorded);
  EXPECT_EQ(trajectory.source(), PoseSource::none);
  EXPECT_TRUE(trajectory.world_from_ego({123}).matrix().isIdentity());
}

Drive drive_with_times(const std::vector<std::int64_t>& times) {
  Drive drive;
  for (const std::int64_t ns : times) {
    drive.sweeps.push_back({SensorId{"lidar"}, {ns}, {}});
    drive.images[SensorId{"cam"}].push_back({{ns}, std::to_string(ns)});
  }
  return drive;
}

TEST(Drive, FindsSweepsByTime) {
  const Drive drive = drive_with_times({100, 200, 300});
  EXPECT_EQ(drive.sweep_near({-5}), 0u);
  EXPECT_EQ(drive.sweep_near({149}), 0u);
  EXPECT_EQ(drive.sweep_near({151}), 1u);
  EXPECT_EQ(drive.sweep_near({9999}), 2u);
  EXPECT_EQ(drive.sweep_at({200}), 1u);
  EXPECT_EQ(drive.sweep_at({201}), std::nullopt);
  EXPECT_EQ(Drive().sweep_near({0}), std::nullopt);
  EXPECT_EQ(Drive().sweep_at({0}), std::nullopt);
}

RC_GTEST_PROP(Drive, NoSweepIsNearerThanTheNearest, ()) {
  const auto times = *rc::gen::nonEmpty(
      rc::gen::unique<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(-1000, 1000)));
  std::vector<std::int64_t> sorted = times;
  std::ranges::sort(sorted);
  const Drive drive = drive_with_times(sorted);
  const std::int64_t asked = *rc::gen::inRange<std::int64_t>(-1500, 1500);
  const std::int64_t found = drive.sweeps[*drive.sweep_near({asked})].time.ns;
  for (const std::int64_t time : sorted) RC_ASSERT(std::abs(found - asked) <= std::abs(time - asked));
}

TEST(Drive, FindsImagesWithinTheTolerance) {
  const Drive drive = drive_with_times({0, 1'000'000'000});
  ASSERT_NE(drive.image_near(SensorId{"cam"}, {240'000'000}), nullptr);
  EXPECT_EQ(drive.image_near(SensorId{"cam"}, {240'000'000})->time.ns, 0);
  EXPECT_EQ(drive.image_near(SensorId{"cam"}, {260'000'000}), nullptr);
  EXPECT_EQ(drive.image_near(SensorId{"cam"}, {260'000'000}, 0.5)->time.ns, 0);
  EXPECT_EQ(drive.image_near(SensorId{"cam"}, {900'000'000})->time.ns, 1'000'000'000);
  EXPECT_EQ(drive.image_near(SensorId{"other"}, {0}), nullptr);
}

TEST(Drive, MovesPointsWithTheVehicleBetweenSweepAndImage) {
  Drive drive;
  drive.trajectory = Trajectory({{{0}, pose(0, 0)}, {{100'000'000}, pose(2, 0)}}, PoseSource::recorded);
  CameraSensor camera;  // at the vehicle's origin, looking where it looks
  const Point<Ego> standing(30, 1, 0);
  const Point<Camera> seen = drive.camera_from_ego(camera, {0}, {100'000'000}) * standing;
  EXPECT_NEAR(seen.x(), 28, 1e-12);  // the vehicle came two metres closer
  EXPECT_NEAR(seen.y(), 1, 1e-12);
}

}  // namespace
}  // namespace sweepmark
