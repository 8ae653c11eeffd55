#include "core/assist/interpolate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>

namespace sweepmark {
namespace {

constexpr std::int64_t second = 1'000'000'000;

Track track_of(std::vector<Keyframe> keyframes, Motion motion) {
  Track track{TrackId(1), {}, std::move(keyframes)};
  track.properties.motion = motion;
  return track;
}

Keyframe keyframe(double seconds, double x, double y, double yaw) {
  return {{static_cast<std::int64_t>(seconds * second)},
          upright_box(Point<Ego>(x, y, 0), yaw, {4, 2, 1.5}),
          Origin::human,
          {}};
}

Trajectory turning_ego() {
  std::vector<TimedPose> poses;
  for (int i = 0; i <= 100; ++i) {
    const double t = i * 0.1;
    poses.push_back(
        {{i * second / 10}, Pose<World, Ego>(rotation_about_z(0.3 * t), {8 * t, 0.5 * t * t, 0.1 * t})});
  }
  return Trajectory(std::move(poses), PoseSource::recorded);
}

TEST(Interpolate, IsTheKeyframeAtTheKeyframe) {
  const Track track = track_of({keyframe(0, 1, 2, 0.1), keyframe(1, 5, 3, 0.2)}, Motion::smooth);
  const auto box = box_at(track, turning_ego(), {second});
  ASSERT_TRUE(box);
  EXPECT_TRUE(box->keyframe);
  EXPECT_EQ(box->box.pose.translation(), track.keyframes[1].box.pose.translation());
}

TEST(Interpolate, GoesByTimeNotByCount) {
  // Keyframes at 0 s and 1 s, asked at 0.25 s.
  for (const Motion motion : {Motion::linear, Motion::smooth}) {
    const auto box = box_at(track_of({keyframe(0, 0, 0, 0), keyframe(1, 8, 0, 0)}, motion), {}, {second / 4});
    ASSERT_TRUE(box);
    EXPECT_FALSE(box->keyframe);
    EXPECT_NEAR(box->box.centre().x(), 2.0, 1e-6);
  }
}

TEST(Interpolate, ObjectStandingInTheWorldStaysThereWhileTheVehicleTurns) {
  const Trajectory trajectory = turning_ego();
  const Box3<World> parked = upright_box(Point<World>(30, 10, 0.5), 1.0, {4, 2, 1.5});
  std::vector<Keyframe> keyframes;
  for (const double t : {0.0, 3.0, 7.0}) {
    const TimestampNs time{static_cast<std::int64_t>(t * second)};
    keyframes.push_back({time, trajectory.world_from_ego(time).inverse() * parked, Origin::human, {}});
  }
  const Track track = track_of(std::move(keyframes), Motion::smooth);
  for (double t = 0; t <= 7.0; t += 0.05) {
    const TimestampNs time{static_cast<std::int64_t>(t * second)};
    const Box3<World> seen = trajectory.world_from_ego(time) * box_at(track, trajectory, time)->box;
    EXPECT_LT((seen.centre().metres - parked.centre().metres).norm(), 1e-9) << t;
    EXPECT_NEAR(seen.yaw(), parked.yaw(), 1e-9) << t;
  }
}

TEST(Interpolate, TurnsTheShortWayRound) {
  const Track track = track_of({keyframe(0, 0, 0, 3.0), keyframe(1, 0, 0, -3.0)}, Motion::linear);
  EXPECT_NEAR(std::abs(box_at(track, {}, {second / 2})->box.yaw()), std::numbers::pi, 1e-9);
}

double x_at(const Track& track, double seconds) {
  return box_at(track, {}, {static_cast<std::int64_t>(seconds * second)})->box.centre().x();
}

TEST(Interpolate, SmoothKeepsAConstantSpeedThroughUnevenKeyframes) {
  std::vector<Keyframe> keyframes;
  for (const double t : {0.0, 1.0, 1.5, 3.0, 3.5, 5.0}) keyframes.push_back(keyframe(t, 7 + 9 * t, 0, 0));
  const Track track = track_of(std::move(keyframes), Motion::smooth);
  for (double t = 0.0; t <= 5.0; t += 0.1) EXPECT_NEAR(x_at(track, t), 7 + 9 * t, 1e-4) << t;
}

TEST(Interpolate, SmoothFollowsAnAccelerationThatALineMisses) {
  const auto x = [](double t) { return 1 + 5 * t + 0.8 * t * t; };
  std::vector<Keyframe> keyframes;
  for (const double t : {0.0, 1.0, 1.5, 3.0, 3.5, 5.0}) keyframes.push_back(keyframe(t, x(t), 0, 0));
  Track track = track_of(std::move(keyframes), Motion::smooth);
  for (double t = 1.0; t <= 3.5; t += 0.1) EXPECT_NEAR(x_at(track, t), x(t), 0.02) << t;
  track.properties.motion = Motion::linear;
  EXPECT_GT(std::abs(x_at(track, 2.25) - x(2.25)), 0.4);
}

TEST(Interpolate, JitterOfCloseKeyframesIsNotTakenForSpeed) {
  // A standing object, placed 2 cm to and fro every tenth of a second: an exact spline would swing between
  // them.
  std::vector<Keyframe> keyframes;
  for (int i = 0; i < 8; ++i) keyframes.push_back(keyframe(0.1 * i, i % 2 ? 0.01 : -0.01, 0, 0));
  const Track track = track_of(std::move(keyframes), Motion::smooth);
  for (double t = 0.0; t <= 0.7; t += 0.01) EXPECT_LT(std::abs(x_at(track, t)), 0.0105) << t;
}

TEST(Interpolate, BoxesPlacedUprightStayUprightWhileTheVehicleNods) {
  const Trajectory nodding(
      {{{0},
        Pose<World, Ego>(Eigen::Quaterniond(Eigen::AngleAxisd(0.05, Eigen::Vector3d::UnitY())), {0, 0, 0})},
       {{second},
        Pose<World, Ego>(Eigen::Quaterniond(Eigen::AngleAxisd(-0.05, Eigen::Vector3d::UnitX())), {5, 0, 0})}},
      PoseSource::recorded);
  const Track track = track_of({keyframe(0, 10, 2, 0.4), keyframe(1, 6, 2, 0.5)}, Motion::smooth);
  const Eigen::Vector3d up =
      box_at(track, nodding, {second / 3})->box.pose.rotation() * Eigen::Vector3d::UnitZ();
  EXPECT_NEAR(up.z(), 1.0, 1e-12);
}

TEST(Interpolate, OneSizeForARigidTrack) {
  Track track = track_of({keyframe(0, 0, 0, 0), keyframe(1, 8, 0, 0)}, Motion::smooth);
  track.keyframes[1].box.size = {6, 3, 2};
  EXPECT_NEAR(box_at(track, {}, {second / 2})->box.length(), 5.0, 1e-12);  // in proportion
  track.properties.size = Eigen::Vector3d(4.4, 1.9, 1.6);
  for (const std::int64_t t : {std::int64_t{0}, second / 2, second})
    EXPECT_EQ(box_at(track, {}, {t})->box.size, *track.properties.size);
}

TEST(Interpolate, NothingOutsideTheLifetimeOrInAnAbsence) {
  Track track = track_of({keyframe(1, 0, 0, 0), keyframe(3, 8, 0, 0)}, Motion::smooth);
  track.properties.absences = {{{second * 2}, {second * 2 + 500}}};
  EXPECT_FALSE(box_at(track, {}, {second - 1}));
  EXPECT_FALSE(box_at(track, {}, {3 * second + 1}));
  EXPECT_FALSE(box_at(track, {}, {2 * second}));
  EXPECT_TRUE(box_at(track, {}, {2 * second + 501}));
  EXPECT_NEAR(box_held_at(track, {}, {9 * second})->centre().x(), 8.0, 1e-12);
  EXPECT_NEAR(box_held_at(track, {}, {2 * second})->centre().x(), 4.0, 1e-6);
  EXPECT_FALSE(box_held_at(Track{}, {}, {0}));
}

TEST(Interpolate, KeyframesOnlyShowsKeyframesOnly) {
  const Track track = track_of({keyframe(0, 0, 0, 0), keyframe(1, 8, 0, 0)}, Motion::keyframes_only);
  EXPECT_TRUE(box_at(track, {}, {0}));
  EXPECT_FALSE(box_at(track, {}, {second / 2}));
  EXPECT_NEAR(box_held_at(track, {}, {second / 2})->centre().x(), 0.0, 1e-12);
}

RC_GTEST_PROP(Interpolate, DoesNotDependOnTheChoiceOfWorld, ()) {
  // The same drive told in another world frame gives the same boxes for the vehicle.
  const auto number = [] { return *rc::gen::inRange(-1000, 1000) / 100.0; };
  const Pose<World, World> moved(rotation_about_z(number()), {number(), number(), number()});
  std::vector<TimedPose> poses, other;
  for (int i = 0; i < 6; ++i) {
    poses.push_back(
        {{i * second}, Pose<World, Ego>(rotation_about_z(0.1 * number()), {number(), number(), 0})});
    other.push_back({{i * second}, moved * poses.back().world_from_ego});
  }
  std::vector<Keyframe> keyframes;
  for (int i = 0; i < 6; i += *rc::gen::inRange(1, 3))
    keyframes.push_back(keyframe(i, number(), number(), number()));
  const Track track = track_of(std::move(keyframes), Motion::smooth);
  const TimestampNs time{*rc::gen::inRange<std::int64_t>(0, 5 * second)};
  const auto one = box_held_at(track, Trajectory(poses, PoseSource::recorded), time);
  const auto two = box_held_at(track, Trajectory(other, PoseSource::recorded), time);
  RC_ASSERT((one->centre().metres - two->centre().metres).norm() < 1e-6);
}

}  // namespace
}  // namespace sweepmark
