#include "core/assist/registration.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

#include "core/base/units.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/geometry/rotation.hpp"
#include "tests/core/assist_registration/street.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark {
namespace {

using SweepPose = Pose<TargetSweep, SourceSweep>;

SweepPose pose_of(double x, double y, double z, double yaw, double pitch = 0.0) {
  return {rotation_about_z(yaw) * Eigen::Quaterniond(Eigen::AngleAxisd(pitch, Eigen::Vector3d::UnitY())),
          {x, y, z}};
}

double metres_between(const SweepPose& a, const SweepPose& b) {
  return (a.translation() - b.translation()).norm();
}

double degrees_between(const SweepPose& a, const SweepPose& b) {
  return degrees_from_radians(a.rotation().angularDistance(b.rotation()));
}

Pose<World, Sensor> world_from(const Pose<World, Sensor>& world_from_target, const SweepPose& pose) {
  return world_from_target * Pose<Sensor, Sensor>(pose.rotation(), pose.translation());
}

PointCloud moved(const PointCloud& cloud, const SweepPose& target_from_source) {
  PointCloud result;
  const auto source_from_target = target_from_source.inverse();
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const auto point = (source_from_target * Point<TargetSweep>(cloud.position(i))).metres;
    result.x.push_back(static_cast<float>(point.x()));
    result.y.push_back(static_cast<float>(point.y()));
    result.z.push_back(static_cast<float>(point.z()));
  }
  return result;
}

Result<Registration> registered(const PointCloud& target, const PointCloud& source) {
  return register_sweep(surfel_pyramid(target), surfel_pyramid(source));
}

const Pose<World, Sensor> stand(Eigen::Quaterniond::Identity(), {0, 0, 1.7});

TEST(Registration, RecoversAKnownMotionFromOtherPointsOfTheSameSurfaces) {
  const PointCloud target = test::seen_from(test::street(), 1, 40'000, stand);
  const SweepPose motions[] = {pose_of(0, 0, 0, 0), pose_of(1.2, 0.1, 0.02, 0.03),
                               pose_of(0.4, -0.3, 0, -0.06, 0.01), pose_of(1.9, 0, -0.05, 0)};
  std::uint32_t seed = 2;
  for (const SweepPose& motion : motions) {
    const PointCloud source = test::seen_from(test::street(), seed++, 40'000, world_from(stand, motion));
    const auto found = registered(target, source);
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_TRUE(found->converged);
    EXPECT_LT(metres_between(found->target_from_source, motion), 0.005);
    EXPECT_LT(degrees_between(found->target_from_source, motion), 0.02);
    EXPECT_LT(found->residual_m, 0.02);
  }
}

TEST(Registration, DoesNotDependOnTheOrderOfThePoints) {
  const PointCloud target = test::seen_from(test::street(), 1, 20'000, stand);
  const PointCloud source =
      test::seen_from(test::street(), 2, 20'000, world_from(stand, pose_of(0.8, 0, 0, 0.02)));
  PointCloud shuffled;
  std::vector<std::size_t> order(source.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::shuffle(order, std::mt19937(9));
  for (const std::size_t i : order) {
    shuffled.x.push_back(source.x[i]);
    shuffled.y.push_back(source.y[i]);
    shuffled.z.push_back(source.z[i]);
  }
  const auto a = registered(target, source), b = registered(target, shuffled);
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->target_from_source.translation(), b->target_from_source.translation());
  EXPECT_EQ(a->target_from_source.rotation().coeffs(), b->target_from_source.rotation().coeffs());
}

// A fifth of the points belongs to lorries that drive along.
TEST(Registration, TrafficDoesNotDragTheResult) {
  const SweepPose motion = pose_of(1.0, 0, 0, 0.01);
  const auto with_traffic = [](std::uint32_t seed, const Pose<World, Sensor>& sensor, double gone) {
    PointCloud cloud = test::seen_from(test::street(), seed, 32'000, sensor);
    std::vector<test::Surface> sides;
    for (const double x : {-12.0, 4.0, 18.0}) {
      sides.push_back({{x + gone, 3, 0.3}, {9, 0, 0}, {0, 0, 3}});
      sides.push_back({{x + gone, 3, 0.3}, {0, 2.5, 0}, {0, 0, 3}});
    }
    const PointCloud traffic = test::seen_from(sides, seed + 100, 8'000, sensor);
    cloud.x.insert(cloud.x.end(), traffic.x.begin(), traffic.x.end());
    cloud.y.insert(cloud.y.end(), traffic.y.begin(), traffic.y.end());
    cloud.z.insert(cloud.z.end(), traffic.z.begin(), traffic.z.end());
    return cloud;
  };
  const auto found = registered(with_traffic(1, stand, 0.0), with_traffic(2, world_from(stand, motion), 1.0));
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_LT(metres_between(found->target_from_source, motion), 0.02);
  EXPECT_LT(degrees_between(found->target_from_source, motion), 0.05);
}

TEST(Registration, WhereNoSurfaceHoldsItTheGuessStays) {
  const PointCloud target = test::seen_from(test::plain(), 1, 20'000, stand);
  const SweepPose lower = pose_of(0, 0, 0.1, 0);
  const PointCloud source = test::seen_from(test::plain(), 2, 20'000, world_from(stand, lower));
  const auto found = registered(target, source);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_NEAR(found->target_from_source.translation().z(), 0.1, 0.005);  // the ground holds this
  EXPECT_LT(found->target_from_source.translation().head<2>().norm(), 0.3);
  EXPECT_LT(degrees_between(found->target_from_source, lower), 0.5);
}

TEST(Registration, SweepsWithoutSurfacesAreAnErrorInWords) {
  const PointCloud nothing, something = test::seen_from(test::street(), 1, 20'000, stand);
  PointCloud one_place;
  for (int i = 0; i < 1000; ++i) {
    one_place.x.push_back(5.0f);
    one_place.y.push_back(5.0f);
    one_place.z.push_back(5.0f);
  }
  PointCloud far = something;
  far.origin = {500'000.0, 5'400'000.0, 0.0};  // a map's coordinates, not a sensor's
  for (const PointCloud* odd : {&nothing, &std::as_const(one_place), &std::as_const(far)})
    for (const auto& found :
         {registered(something, *odd), registered(*odd, something), registered(*odd, *odd)}) {
      ASSERT_FALSE(found);
      EXPECT_NE(found.error().message.find("surface"), std::string::npos) << found.error().message;
    }
}

TEST(Registration, TheSameSweepIsWhereItWas) {
  const PointCloud sweep = test::seen_from(test::street(), 1, 20'000, stand);
  const auto found = registered(sweep, sweep);
  ASSERT_TRUE(found);
  EXPECT_LT(metres_between(found->target_from_source, {}), 1e-9);
  EXPECT_LT(degrees_between(found->target_from_source, {}), 1e-6);
}

TEST(RegistrationOnRealSweeps, RecoversAnAppliedMotion) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0000");
  const auto drive = open_drive(test::real_data("kitti_tracking"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto sweep = drive->read_sweep(0);
  ASSERT_TRUE(sweep) << to_string(sweep.error());
  for (const SweepPose& motion : {pose_of(1.1, -0.2, 0.03, 0.02), pose_of(-0.6, 0.3, 0, -0.04, 0.005)}) {
    const auto found = registered(*sweep, moved(*sweep, motion));
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_LT(metres_between(found->target_from_source, motion), 0.005);
    EXPECT_LT(degrees_between(found->target_from_source, motion), 0.02);
  }
}

// Two ways to the same place: from each sweep to the next but one, and over the one between.
TEST(RegistrationOnRealSweeps, StepsAddUp) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0000");
  const auto drive = open_drive(test::real_data("kitti_tracking"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  std::vector<SurfelPyramid> sweeps;
  for (std::size_t i = 0; i < 4; ++i) sweeps.push_back(surfel_pyramid(drive->read_sweep(i).value()));
  for (std::size_t i = 0; i + 2 < sweeps.size(); ++i) {
    const auto first = register_sweep(sweeps[i], sweeps[i + 1]),
               second = register_sweep(sweeps[i + 1], sweeps[i + 2]),
               both = register_sweep(sweeps[i], sweeps[i + 2]);
    ASSERT_TRUE(first && second && both);
    const SweepPose sum(first->target_from_source.rotation() * second->target_from_source.rotation(),
                        first->target_from_source.rotation() * second->target_from_source.translation() +
                            first->target_from_source.translation());
    EXPECT_LT(metres_between(sum, both->target_from_source), 0.03);
    EXPECT_LT(degrees_between(sum, both->target_from_source), 0.05);
  }
}

}  // namespace
}  // namespace sweepmark
