#include "core/quality/odometry_accuracy.hpp"

#include <gtest/gtest.h>

#include "core/geometry/rotation.hpp"

namespace sweepmark {
namespace {

// Ten metres a second along x, stretched by `scale` and turned by `yaw_a_metre`.
Trajectory path(std::size_t seconds, double scale, double yaw_a_metre) {
  std::vector<TimedPose> poses;
  for (std::size_t i = 0; i <= 10 * seconds; ++i) {
    const double along = static_cast<double>(i);
    poses.push_back({{static_cast<std::int64_t>(i) * 100'000'000},
                     Pose<World, Ego>(rotation_about_z(yaw_a_metre * along), {scale * along, 0, 0})});
  }
  return Trajectory(std::move(poses), PoseSource::recorded);
}

std::vector<TimestampNs> times_of(const Trajectory& trajectory) {
  std::vector<TimestampNs> times;
  for (const TimedPose& pose : trajectory.poses()) times.push_back(pose.time);
  return times;
}

TEST(OdometryAccuracy, AKnownErrorOfScaleIsTheDrift) {
  const Trajectory recorded = path(15, 1.0, 0.0), estimated = path(15, 1.02, 0.0);
  const OdometryDrift drift = odometry_drift(estimated, recorded, times_of(recorded));
  EXPECT_NEAR(drift.length_m, 150.0, 1e-9);
  EXPECT_NEAR(drift.end_error_m, 3.0, 1e-9);
  EXPECT_EQ(drift.segment_lengths_m, std::vector<double>{100.0});
  EXPECT_NEAR(drift.drift_percent, 2.0, 1e-6);
  EXPECT_NEAR(drift.rotation_deg_per_m, 0.0, 1e-6);
  EXPECT_NEAR(drift.rpe_trans_m, 0.02, 1e-9);
}

TEST(OdometryAccuracy, AKnownTurnIsTheRotation) {
  const Trajectory recorded = path(3, 1.0, 0.0), estimated = path(3, 1.0, 0.001);
  const OdometryDrift drift = odometry_drift(estimated, recorded, times_of(recorded));
  EXPECT_EQ(drift.segment_lengths_m, (std::vector<double>{5.0, 10.0, 20.0}));
  EXPECT_NEAR(drift.rotation_deg_per_m, 0.0573, 1e-3);
  EXPECT_NEAR(drift.rpe_rot_deg, 0.0573, 1e-3);
}

TEST(OdometryAccuracy, WhereTheWorldBeginsDoesNotMatter) {
  const Trajectory recorded = path(5, 1.0, 0.002);
  std::vector<TimedPose> elsewhere = recorded.poses();
  const Pose<World, World> other(rotation_about_z(2.0), {400, -30, 5});
  for (TimedPose& pose : elsewhere) pose.world_from_ego = other * pose.world_from_ego;
  const OdometryDrift drift =
      odometry_drift(Trajectory(elsewhere, PoseSource::estimated), recorded, times_of(recorded));
  EXPECT_NEAR(drift.end_error_m, 0.0, 1e-9);
  EXPECT_NEAR(drift.drift_percent, 0.0, 1e-9);
}

TEST(OdometryAccuracy, ShortPathsHaveNoStretches) {
  EXPECT_TRUE(segment_lengths_for(3.0).empty());
  EXPECT_EQ(segment_lengths_for(1000.0).size(), 8u);
  const OdometryDrift nothing = odometry_drift({}, {}, std::vector<TimestampNs>{});
  EXPECT_EQ(nothing.drift_percent, 0.0);
}

TEST(OdometryAccuracy, StandingObjectsScatterByWhatThePosesAreOff) {
  const Trajectory recorded = path(1, 1.0, 0.0);
  std::vector<TruthBox> truth;
  for (const TimedPose& pose : recorded.poses()) {
    const auto ego = [&](double x) { return pose.world_from_ego.inverse() * Point<World>(x, 3, 0); };
    truth.push_back({pose.time, "parked", "Car", upright_box(ego(20), 0, {4, 2, 1.5}), {}, -1});
    truth.push_back({pose.time,
                     "driving",
                     "Car",
                     upright_box(ego(20 + 1e-9 * static_cast<double>(pose.time.ns) * 12), 0, {4, 2, 1.5}),
                     {},
                     -1});
  }
  const auto standing = standing_tracks(truth, recorded);
  EXPECT_EQ(standing, std::set<std::string>{"parked"});
  EXPECT_NEAR(standing_scatter(truth, recorded, standing).rms_m, 0.0, 1e-9);
  EXPECT_GT(standing_scatter(truth, path(1, 1.1, 0.0), standing).rms_m, 0.2);
}

}  // namespace
}  // namespace sweepmark
