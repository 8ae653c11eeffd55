#include "core/geometry/pose.hpp"
#include "core/geometry/rotation.hpp"

#include <gtest/gtest.h>

#include <concepts>

namespace sweepmark {
namespace {

template <class A, class B>
concept Multiplies = requires(A a, B b) {
  a* b;
};
template <class A, class B>
concept AssignableFrom = requires(A a, B b) {
  a = b;
};

// What must compile.
static_assert(Multiplies<Pose<World, Ego>, Pose<Ego, Sensor>>);
static_assert(std::same_as<decltype(Pose<World, Ego>() * Pose<Ego, Sensor>()), Pose<World, Sensor>>);
static_assert(std::same_as<decltype(Pose<World, Ego>() * Point<Ego>()), Point<World>>);
static_assert(std::same_as<decltype(Pose<World, Ego>().inverse()), Pose<Ego, World>>);
// What must not.
static_assert(!Multiplies<Pose<Ego, World>, Pose<Ego, Sensor>>);
static_assert(!Multiplies<Pose<Ego, Sensor>, Pose<World, Ego>>);
static_assert(!Multiplies<Pose<World, Ego>, Point<World>>);
static_assert(!Multiplies<Pose<World, Ego>, Point<Camera>>);
static_assert(!AssignableFrom<Pose<World, Ego>&, Pose<Ego, World>>);
static_assert(!AssignableFrom<Point<World>&, Point<Ego>>);
static_assert(!std::constructible_from<Point<World>, Point<Ego>>);

TEST(Pose, ComposesAndInverts) {
  const Pose<World, Ego> world_from_ego(
      Eigen::Quaterniond(Eigen::AngleAxisd(0.7, Eigen::Vector3d(1, 2, 3).normalized())), {1, 2, 3});
  const Pose<Ego, Sensor> ego_from_sensor(
      Eigen::Quaterniond(Eigen::AngleAxisd(-0.2, Eigen::Vector3d::UnitY())), {0, 0, 1.8});
  const Point<Sensor> seen(4, 5, 6);
  const Point<World> at_once = (world_from_ego * ego_from_sensor) * seen;
  const Point<World> by_steps = world_from_ego * (ego_from_sensor * seen);
  EXPECT_LT((at_once.metres - by_steps.metres).norm(), 1e-12);
  EXPECT_LT(((world_from_ego * ego_from_sensor).inverse() * at_once).metres.x() - 4.0, 1e-12);
  EXPECT_TRUE((world_from_ego.matrix() * world_from_ego.inverse().matrix()).isIdentity(1e-12));
}

TEST(Pose, FromMatrixTakesTheNearestRotation) {
  Eigen::Matrix4d printed = Eigen::Matrix4d::Identity();
  printed.topLeftCorner<3, 3>() =
      1.00001 * Eigen::AngleAxisd(0.3, Eigen::Vector3d::UnitZ()).toRotationMatrix();
  const auto pose = Pose<World, Ego>::from_matrix(printed);
  EXPECT_NEAR(pose.rotation().norm(), 1.0, 1e-15);
  EXPECT_NEAR(
      pose.rotation().angularDistance(Eigen::Quaterniond(Eigen::AngleAxisd(0.3, Eigen::Vector3d::UnitZ()))),
      0.0, 1e-9);
}

TEST(Pose, InterpolatesAlongTheShortestRotation) {
  const Pose<World, Ego> a(Eigen::Quaterniond(Eigen::AngleAxisd(3.0, Eigen::Vector3d::UnitZ())), {0, 0, 0});
  const Pose<World, Ego> b(Eigen::Quaterniond(Eigen::AngleAxisd(-3.0, Eigen::Vector3d::UnitZ())), {2, 0, 0});
  const auto middle = interpolated(a, b, 0.5);
  EXPECT_NEAR(std::abs(wrapped_angle(yaw_of(middle.rotation()))), 3.14159265358979, 1e-9);
  EXPECT_NEAR(middle.translation().x(), 1.0, 1e-12);
}

}  // namespace
}  // namespace sweepmark
