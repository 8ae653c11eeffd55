#include "core/drive/deskew.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace sweepmark {
namespace {

constexpr TimestampNs moment{500'000'000};
const Pose<Ego, Sensor> ego_from_sensor(rotation_about_z(0.3), {1.2, 0.1, 1.8});

// On a circle of 20 m at 10 m/s, nose along it: a constant twist.
Pose<World, Ego> on_the_circle(TimestampNs time) {
  const double angle = 0.5 * seconds_between({0}, time);
  return {rotation_about_z(angle), {20 * std::sin(angle), 20 * (1 - std::cos(angle)), 0}};
}

Trajectory circle(std::int64_t from_ms, std::int64_t to_ms) {
  std::vector<TimedPose> poses;
  for (std::int64_t ms = from_ms; ms <= to_ms; ms += 100)
    poses.push_back({{ms * 1'000'000}, on_the_circle({ms * 1'000'000})});
  return Trajectory(std::move(poses), PoseSource::recorded);
}

// Standing things as a turning sensor on the circle meets them, with where they are at the sweep's moment.
struct Seen {
  PointCloud cloud;
  std::vector<Eigen::Vector3d> at_moment;
};
Seen seen_from_the_circle() {
  Seen seen;
  std::vector<float> times;
  std::vector<std::uint32_t> labels;
  for (int i = 0; i <= 100; ++i) {
    const double time = (i - 50) * 1e-3, azimuth = 0.0628 * i;
    const Point<World> standing(10 + 60 * std::cos(azimuth), 60 * std::sin(azimuth), 1);
    const auto in_sensor = [&](TimestampNs when) {
      return ((on_the_circle(when) * ego_from_sensor).inverse() * standing).metres;
    };
    const Eigen::Vector3f met = in_sensor(later_by_seconds(moment, time)).cast<float>();
    seen.cloud.x.push_back(met.x()), seen.cloud.y.push_back(met.y()), seen.cloud.z.push_back(met.z());
    seen.at_moment.push_back(in_sensor(moment));
    times.push_back(static_cast<float>(time));
    labels.push_back(static_cast<std::uint32_t>(i));
  }
  seen.cloud.channels = {{"label", labels}, {"time", times}};
  return seen;
}

double farthest_off(const PointCloud& cloud, const std::vector<Eigen::Vector3d>& expected) {
  double farthest = 0;
  for (std::size_t i = 0; i < cloud.size(); ++i)
    farthest = std::max(farthest, (cloud.position(i) - expected[i]).norm());
  return farthest;
}

TEST(Deskew, PutsStandingThingsWhereTheyAreAtTheSweepsMoment) {
  // With poses on both sides, and with the sweep at the first, the last, or between two far apart.
  for (const auto& [from_ms, to_ms] : {std::pair{0, 1000}, {500, 1000}, {0, 500}, {450, 550}}) {
    Seen seen = seen_from_the_circle();
    EXPECT_GT(farthest_off(seen.cloud, seen.at_moment), 1.0);
    deskew(seen.cloud, circle(from_ms, to_ms), moment, ego_from_sensor);
    EXPECT_LT(farthest_off(seen.cloud, seen.at_moment), 1e-4) << from_ms << " to " << to_ms;
  }
}

TEST(Deskew, KeepsMillimetresFarFromTheOrigin) {
  Seen seen = seen_from_the_circle();
  const Eigen::Vector3d origin(30'000, -20'000, 100);
  const Pose<Ego, Sensor> far_sensor = ego_from_sensor * Pose<Sensor, Sensor>({1, 0, 0, 0}, -origin);
  seen.cloud.origin = origin;  // the same points in a frame whose zero is far away
  for (Eigen::Vector3d& point : seen.at_moment) point += origin;
  deskew(seen.cloud, circle(0, 1000), moment, far_sensor);
  EXPECT_LT(farthest_off(seen.cloud, seen.at_moment), 2e-3);
}

TEST(Deskew, LeavesRowsAndChannelsAsTheyAre) {
  Seen seen = seen_from_the_circle();
  const PointCloud before = seen.cloud;
  deskew(seen.cloud, circle(0, 1000), moment, ego_from_sensor);
  ASSERT_EQ(seen.cloud.channels.size(), 2u);
  for (std::size_t c = 0; c < 2; ++c) EXPECT_EQ(seen.cloud.channels[c].values, before.channels[c].values);
  EXPECT_EQ(seen.cloud.origin, before.origin);
  EXPECT_EQ(seen.cloud.x[50], before.x[50]);  // met at the moment itself
}

TEST(Deskew, MovesNothingWhereTheMotionOrTheTimeIsNotKnown) {
  const auto untouched = [](const Trajectory& trajectory, TimestampNs at, auto change) {
    Seen seen = seen_from_the_circle();
    change(seen.cloud);
    const PointCloud before = seen.cloud;
    deskew(seen.cloud, trajectory, at, ego_from_sensor);
    return seen.cloud.x == before.x && seen.cloud.y == before.y && seen.cloud.z == before.z;
  };
  const auto as_it_is = [](PointCloud&) {};
  const auto times = [](float value) {
    return [value](PointCloud& cloud) { cloud.channels[1].values = std::vector<float>(cloud.size(), value); };
  };
  EXPECT_FALSE(untouched(circle(0, 1000), moment, as_it_is));
  EXPECT_TRUE(untouched({}, moment, as_it_is));
  EXPECT_TRUE(untouched(circle(500, 500), moment, as_it_is));
  EXPECT_TRUE(untouched(circle(0, 1000), {3'000'000'000}, as_it_is));
  EXPECT_TRUE(untouched(circle(0, 1000), moment, [](PointCloud& cloud) { cloud.channels.pop_back(); }));
  EXPECT_TRUE(untouched(circle(0, 1000), moment, times(0)));
  EXPECT_TRUE(untouched(circle(0, 1000), moment, times(1.7e9f)));
  EXPECT_TRUE(untouched(circle(0, 1000), moment, times(std::numeric_limits<float>::quiet_NaN())));
}

TEST(Deskew, NoPointBecomesInfinite) {
  PointCloud cloud;
  cloud.x = cloud.y = cloud.z = std::vector<float>(2, std::numeric_limits<float>::max());
  cloud.channels = {{"time", std::vector<float>{0.5f, -0.5f}}};
  deskew(cloud, circle(0, 1000), moment, ego_from_sensor);
  for (std::size_t i = 0; i < 2; ++i) EXPECT_TRUE(cloud.position(i).allFinite());
}

TEST(DeskewWhenReading, OnlyWhatIsDeclaredAndHasRecordedPoses) {
  const auto read = [](bool as_measured, PoseSource source) {
    Drive drive;
    drive.points_as_measured = as_measured;
    drive.rig.add(Lidar{SensorId("lidar"), ego_from_sensor});
    drive.sweeps = {{SensorId("lidar"), moment, {}}};
    drive.trajectory = Trajectory(circle(0, 1000).poses(), source);
    drive.read_sweep = [](std::size_t) -> Result<PointCloud> { return seen_from_the_circle().cloud; };
    deskew_when_reading(drive);
    EXPECT_EQ(drive.read_recorded_sweep(0)->x, seen_from_the_circle().cloud.x);
    return drive.read_sweep(0)->x != drive.read_recorded_sweep(0)->x;
  };
  EXPECT_TRUE(read(true, PoseSource::recorded));
  EXPECT_FALSE(read(true, PoseSource::estimated));
  EXPECT_FALSE(read(false, PoseSource::recorded));
}

}  // namespace
}  // namespace sweepmark
