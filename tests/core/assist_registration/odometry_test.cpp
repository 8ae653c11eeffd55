#include "core/assist/odometry.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "core/base/units.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/geometry/rotation.hpp"
#include "core/quality/odometry_accuracy.hpp"
#include "tests/core/assist_registration/street.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark {
namespace {

constexpr std::size_t points_a_sweep = 12'000;

// Speeds up along a slight bend.
Pose<World, Ego> world_from_ego_at(double seconds) {
  const double along = 3.0 * seconds + 2.0 * seconds * seconds, yaw = 0.02 * along;
  return {rotation_about_z(yaw), {std::sin(yaw) / 0.02, (1.0 - std::cos(yaw)) / 0.02, 0.0}};
}

const Pose<Ego, Sensor> ego_from_sensor(rotation_about_z(0.3), {1.2, 0.1, 1.7});

// Sweeps of the street at 10 Hz with the true poses as recorded ones; nothing of it on disk.
Drive street_drive(std::size_t sweeps, bool as_measured) {
  Drive drive;
  drive.name = "street";
  drive.root = "street";
  drive.rig.add(Lidar{SensorId("lidar"), ego_from_sensor});
  drive.points_as_measured = as_measured;
  std::vector<TimedPose> poses;
  for (std::size_t i = 0; i < sweeps; ++i) {
    const TimestampNs time{static_cast<std::int64_t>(i) * 100'000'000};
    drive.sweeps.push_back({SensorId("lidar"), time, "sweep" + std::to_string(i) + ".bin"});
    poses.push_back({time, world_from_ego_at(0.1 * static_cast<double>(i))});
  }
  drive.trajectory = Trajectory(std::move(poses), PoseSource::recorded);
  drive.read_sweep = [as_measured](std::size_t i) -> Result<PointCloud> {
    return test::seen(test::street(), static_cast<std::uint32_t>(i), points_a_sweep, [&](double share) {
      const double seconds = 0.1 * (static_cast<double>(i) + (as_measured ? share - 0.5 : 0.0));
      return (world_from_ego_at(seconds) * ego_from_sensor).inverse();
    });
  };
  return drive;
}

OdometryDrift drift_of(const Drive& drive, const Odometry& odometry) {
  std::vector<TimestampNs> moments;
  for (const SweepEntry& sweep : drive.sweeps) moments.push_back(sweep.time);
  return odometry_drift(odometry.trajectory, drive.trajectory, moments);
}

void replace_sweeps(Drive& drive, const std::set<std::size_t>& which, const Result<PointCloud>& by) {
  drive.read_sweep = [read = drive.read_sweep, which, by](std::size_t i) {
    return which.contains(i) ? by : read(i);
  };
}

TEST(Odometry, FindsTheMotionOfTheVehicle) {
  const Drive drive = street_drive(12, false);
  const auto odometry = estimate_ego_motion(drive);
  ASSERT_TRUE(odometry) << to_string(odometry.error());
  EXPECT_EQ(odometry->trajectory.source(), PoseSource::estimated);
  ASSERT_EQ(odometry->trajectory.poses().size(), 12u);
  ASSERT_EQ(odometry->steps.size(), 12u);
  EXPECT_TRUE(odometry->warnings.empty());
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_EQ(odometry->trajectory.poses()[i].time, drive.sweeps[i].time);
    EXPECT_FALSE(odometry->steps[i].bridged);
    EXPECT_FALSE(i > 0 && odometry->steps[i].unsure);
  }
  const OdometryDrift drift = drift_of(drive, *odometry);
  EXPECT_GT(drift.length_m, 5.0);
  EXPECT_LT(drift.end_error_m, 0.02);
  EXPECT_LT(drift.rpe_trans_m, 0.01);
  EXPECT_LT(drift.rpe_rot_deg, 0.05);
}

TEST(Odometry, DeskewsPointsAsMeasured) {
  Drive drive = street_drive(12, true);
  const auto deskewed = estimate_ego_motion(drive);
  drive.points_as_measured = false;
  const auto skewed = estimate_ego_motion(drive);
  ASSERT_TRUE(deskewed && skewed);
  EXPECT_LT(drift_of(drive, *deskewed).rpe_trans_m, 0.012);
  EXPECT_LT(drift_of(drive, *deskewed).end_error_m, 0.03);
  EXPECT_LT(drift_of(drive, *deskewed).rpe_trans_m, drift_of(drive, *skewed).rpe_trans_m);
}

TEST(Odometry, LooksAtNoRecordedPose) {
  Drive drive = street_drive(5, false);
  const auto with = estimate_ego_motion(drive);
  drive.trajectory = {};
  const auto without = estimate_ego_motion(drive);
  ASSERT_TRUE(with && without);
  for (std::size_t i = 0; i < 5; ++i) {
    const auto &a = with->trajectory.poses()[i].world_from_ego,
               &b = without->trajectory.poses()[i].world_from_ego;
    EXPECT_EQ(a.translation(), b.translation());
    EXPECT_EQ(a.rotation().coeffs(), b.rotation().coeffs());
  }
}

TEST(Odometry, BridgesSweepsThatCannotBeReadAndNamesThem) {
  Drive drive = street_drive(12, false);
  replace_sweeps(drive, {0, 4, 5, 11}, fail(ErrorCode::malformed, "not a sweep"));
  const auto odometry = estimate_ego_motion(drive);
  ASSERT_TRUE(odometry) << to_string(odometry.error());
  ASSERT_EQ(odometry->warnings.size(), 4u);
  EXPECT_NE(odometry->warnings[1].find("sweep4.bin"), std::string::npos) << odometry->warnings[1];
  EXPECT_NE(odometry->warnings[1].find("not a sweep"), std::string::npos) << odometry->warnings[1];
  EXPECT_TRUE(odometry->steps[4].bridged);
  EXPECT_FALSE(odometry->steps[6].bridged);
  const OdometryDrift drift = drift_of(drive, *odometry);
  EXPECT_LT(drift.rpe_trans_m, 0.05);  // the vehicle speeds up by two centimetres a sweep
}

TEST(Odometry, BridgesSweepsWithoutPointsAndThoseOfAnotherPlace) {
  Drive drive = street_drive(8, false);
  replace_sweeps(drive, {3}, PointCloud{});
  PointCloud elsewhere;
  for (int i = 0; i < 2000; ++i) {
    elsewhere.x.push_back(static_cast<float>(i % 50) * 0.9f);
    elsewhere.y.push_back(static_cast<float>(i / 50) * 0.9f);
    elsewhere.z.push_back(30.0f);
  }
  replace_sweeps(drive, {5}, elsewhere);
  const auto odometry = estimate_ego_motion(drive);
  ASSERT_TRUE(odometry) << to_string(odometry.error());
  EXPECT_EQ(odometry->warnings.size(), 2u);
  EXPECT_TRUE(odometry->steps[3].bridged && odometry->steps[5].bridged);
  EXPECT_LT(drift_of(drive, *odometry).end_error_m, 0.05);
}

TEST(Odometry, SaysWhatIsMissing) {
  Drive drive = street_drive(3, false);
  replace_sweeps(drive, {0, 1, 2}, fail(ErrorCode::malformed, "not a sweep"));
  const auto unreadable = estimate_ego_motion(drive);
  ASSERT_FALSE(unreadable);
  EXPECT_NE(unreadable.error().message.find("not a sweep"), std::string::npos);
  replace_sweeps(drive, {0, 1, 2}, PointCloud{});
  EXPECT_FALSE(estimate_ego_motion(drive));
  drive.sweeps.clear();
  const auto nothing = estimate_ego_motion(drive);
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, ErrorCode::not_found);
  OdometryOptions odd;
  odd.voxel_m = 0.0;
  EXPECT_EQ(estimate_ego_motion(street_drive(2, false), odd).error().code, ErrorCode::invalid_argument);
}

TEST(Odometry, OneSweepStandsStillAndSoDoTheSameSweepsAgain) {
  const auto one = estimate_ego_motion(street_drive(1, false));
  ASSERT_TRUE(one);
  EXPECT_EQ(one->trajectory.poses().size(), 1u);
  Drive drive = street_drive(5, false);
  drive.read_sweep = [read = drive.read_sweep](std::size_t) { return read(0); };
  const auto same = estimate_ego_motion(drive);
  ASSERT_TRUE(same) << to_string(same.error());
  for (const TimedPose& pose : same->trajectory.poses())
    EXPECT_LT(pose.world_from_ego.translation().norm(), 0.005);
}

TEST(Odometry, AnEmptyPlainIsSaidToBeUnsure) {
  Drive drive = street_drive(4, false);
  drive.read_sweep = [](std::size_t i) -> Result<PointCloud> {
    return test::seen_from(test::plain(), static_cast<std::uint32_t>(i), points_a_sweep,
                           Pose<World, Sensor>(Eigen::Quaterniond::Identity(), {0, 0, 1.7}));
  };
  const auto odometry = estimate_ego_motion(drive);
  ASSERT_TRUE(odometry) << to_string(odometry.error());
  for (std::size_t i = 1; i < 4; ++i) EXPECT_TRUE(odometry->steps[i].unsure) << i;
  EXPECT_LT(odometry->trajectory.poses().back().world_from_ego.translation().norm(), 1.0);
}

TEST(Odometry, CanBeCancelled) {
  std::stop_source source;
  std::size_t reports = 0;
  const Progress progress{source.get_token(), [&](double fraction, std::string_view) {
                            EXPECT_GE(fraction, 0.0);
                            EXPECT_LE(fraction, 1.0);
                            if (++reports == 3) source.request_stop();
                          }};
  const auto odometry = estimate_ego_motion(street_drive(8, false), {}, progress);
  ASSERT_FALSE(odometry);
  EXPECT_EQ(odometry.error().code, ErrorCode::cancelled);
  EXPECT_EQ(reports, 3u);
}

// Every `stride`-th sweep from `first` on, `most` of them.
Drive part_of(const Drive& drive, std::size_t first, std::size_t stride, std::size_t most) {
  Drive part = drive;
  part.sweeps.clear();
  for (std::size_t i = first; i < drive.sweeps.size() && part.sweeps.size() < most; i += stride)
    part.sweeps.push_back(drive.sweeps[i]);
  part.read_sweep = [read = drive.read_sweep, first, stride](std::size_t i) {
    return read(first + i * stride);
  };
  part.read_as_recorded = nullptr;  // or odometry would go on reading the whole drive's
  return part;
}

// Up to 45 m/s along a street of fronts, from rest and from full speed.
TEST(Odometry, BeginsAtAnySpeed) {
  for (const double speed : {0.0, -3.0, 8.0, 19.0, 33.0, 44.0}) {
    Drive drive = street_drive(4, false);
    const auto world_from_ego = [speed](std::size_t i) {
      return Pose<World, Ego>(rotation_about_z(0.01 * static_cast<double>(i)),
                              {0.1 * speed * static_cast<double>(i), 0, 0});
    };
    drive.read_sweep = [world_from_ego](std::size_t i) -> Result<PointCloud> {
      return test::seen_from(test::street(), static_cast<std::uint32_t>(i), points_a_sweep,
                             world_from_ego(i) * ego_from_sensor);
    };
    const auto odometry = estimate_ego_motion(drive);
    ASSERT_TRUE(odometry) << to_string(odometry.error());
    for (std::size_t i = 1; i < 4; ++i) {
      EXPECT_FALSE(odometry->steps[i].unsure || odometry->steps[i].bridged) << speed << " m/s, sweep " << i;
      EXPECT_LT(
          (odometry->trajectory.poses()[i].world_from_ego.translation() - world_from_ego(i).translation())
              .norm(),
          0.03)
          << speed << " m/s, sweep " << i;
    }
  }
}

// As if the vehicle were put elsewhere along the street: nothing a motion of before or a search could
// foretell.
TEST(Odometry, AMatchThatNothingAcrossBearsOutIsNotTakenSilently) {
  Drive drive = street_drive(4, false);
  drive.read_sweep = [](std::size_t i) -> Result<PointCloud> {
    std::vector<test::Surface> surfaces = {{{-40, -14, 0}, {140, 0, 0}, {0, 28, 0}},
                                           {{-40, 9, 0}, {140, 0, 0}, {0, 0, 6}},
                                           {{-40, -9, 0}, {140, 0, 0}, {0, 0, 6}}};
    // What stands across is at other places in every sweep, at no common distance.
    for (int k = 0; k < 12; ++k)
      surfaces.push_back(
          {{-37.0 + 6.3 * k +
                2.1 * static_cast<double>((3 * i + 5 * i * static_cast<std::size_t>(k)) % 7) / 7,
            4, 0},
           {0, 5, 0},
           {0, 0, 6}});
    return test::seen_from(surfaces, static_cast<std::uint32_t>(i), points_a_sweep,
                           Pose<World, Sensor>(Eigen::Quaterniond::Identity(), {0, 0, 1.7}));
  };
  const auto odometry = estimate_ego_motion(drive);
  ASSERT_TRUE(odometry) << to_string(odometry.error());
  for (std::size_t i = 1; i < 4; ++i)
    EXPECT_TRUE(odometry->steps[i].unsure || odometry->steps[i].bridged) << i;
}

// From any sweep on, and with most sweeps left out, the vehicle went the same way.
TEST(OdometryOnRealSweeps, BeginningAnywhereAtSeveralTimesTheSpeedLeadsTheSameWay) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0000");
  const auto drive = open_drive(test::real_data("kitti_tracking"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto all = estimate_ego_motion(*drive);
  ASSERT_TRUE(all) << to_string(all.error());
  for (const std::size_t stride : {2u, 3u, 5u})
    for (std::size_t first = 0; first + 2 * stride < drive->sweeps.size(); first += 4) {
      const Drive part = part_of(*drive, first, stride, 3);
      const auto few = estimate_ego_motion(part);
      ASSERT_TRUE(few) << to_string(few.error());
      std::vector<TimestampNs> moments;
      for (const SweepEntry& sweep : part.sweeps) moments.push_back(sweep.time);
      const OdometryDrift drift = odometry_drift(few->trajectory, all->trajectory, moments);
      EXPECT_LT(drift.rpe_trans_m, 0.05) << "every " << stride << ", from " << first;
      EXPECT_TRUE(few->warnings.empty());
    }
}

TEST(OdometryOnRealSweeps, StandingObjectsStayWhereTheyAre) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0000");
  const auto drive = open_drive(test::real_data("kitti_tracking"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto odometry = estimate_ego_motion(*drive);
  ASSERT_TRUE(odometry) << to_string(odometry.error());
  EXPECT_TRUE(odometry->warnings.empty());
  const auto truth = drive->read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  const auto standing = standing_tracks(*truth, odometry->trajectory);
  const StandingScatter with = standing_scatter(*truth, odometry->trajectory, standing),
                        without = standing_scatter(*truth, {}, standing);
  EXPECT_GT(with.boxes, 50u);
  EXPECT_LT(with.rms_m, 0.25);  // how well people place boxes from sweep to sweep
  EXPECT_GT(without.rms_m, 5 * with.rms_m);
}

}  // namespace
}  // namespace sweepmark
