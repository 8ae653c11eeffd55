#include "core/geometry/iou.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numbers>
#include <random>

#include "core/geometry/polygon.hpp"

namespace sweepmark {
namespace {

Box3<World> box(double x, double y, double z, double yaw, double l, double w, double h) {
  return upright_box(Point<World>(x, y, z), yaw, {l, w, h});
}

// Any box with sizes of 0.2–8 m within some metres of the origin, in any orientation.
Box3<World> arbitrary_box(bool upright) {
  const auto number = [](double low, double high) {
    return low + (high - low) * *rc::gen::inRange(0, 10001) / 10000.0;
  };
  const Eigen::Vector3d axis(number(-1, 1), number(-1, 1), number(0.1, 1));
  const Eigen::Quaterniond rotation(
      Eigen::AngleAxisd(number(-3.2, 3.2), upright ? Eigen::Vector3d::UnitZ() : axis.normalized()));
  return {Pose<World, BoxLocal>(rotation, {number(-3, 3), number(-3, 3), number(-2, 2)}),
          {number(0.2, 8), number(0.2, 8), number(0.2, 8)}};
}

double sampled_intersection(const Box3<World>& a, const Box3<World>& b, int count) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> unit(-0.5, 0.5);
  int inside = 0;
  for (int i = 0; i < count; ++i)
    inside += b.contains(
        a.pose *
        Point<BoxLocal>(Eigen::Vector3d(unit(random), unit(random), unit(random)).cwiseProduct(a.size)));
  return a.volume() * inside / count;
}

TEST(Iou, KnownValues) {
  EXPECT_DOUBLE_EQ(iou_3d(box(0, 0, 0, 0.3, 4, 2, 1.5), box(0, 0, 0, 0.3, 4, 2, 1.5)), 1.0);
  EXPECT_NEAR(iou_3d(box(0, 0, 0, 0, 4, 2, 2), box(2, 0, 0, 0, 4, 2, 2)), 8.0 / 24.0, 1e-12);
  EXPECT_NEAR(iou_bev(box(0, 0, 0, 0, 2, 2, 1), box(0, 0, 50, std::numbers::pi / 4, 2, 2, 9)),
              (8 * (std::numbers::sqrt2 - 1)) / (8 - 8 * (std::numbers::sqrt2 - 1)), 1e-12);
  EXPECT_EQ(iou_3d(box(0, 0, 0, 0, 1, 1, 1), box(1, 0, 0, 0, 1, 1, 1)), 0.0);  // they touch
  EXPECT_EQ(iou_3d(box(0, 0, 0, 0, 1, 1, 1), box(9, 0, 0, 0, 1, 1, 1)), 0.0);
  EXPECT_EQ(iou_3d(box(0, 0, 0, 0, 0, 1, 1), box(0, 0, 0, 0, 1, 1, 1)), 0.0);  // no volume
}

TEST(Iou, FarFromTheOriginIsAsExact) {
  const Eigen::Vector3d far(5e6, 4e5, 100);
  auto a = box(0, 0, 0, 0.4, 4, 2, 1.5), b = box(0.5, 0.2, 0.1, 0.5, 4.2, 1.9, 1.6);
  const double near_iou = iou_3d(a, b), near_bev = iou_bev(a, b);
  a.pose = {a.pose.rotation(), a.pose.translation() + far};
  b.pose = {b.pose.rotation(), b.pose.translation() + far};
  EXPECT_NEAR(iou_3d(a, b), near_iou, 1e-8);
  EXPECT_NEAR(iou_bev(a, b), near_bev, 1e-8);
}

RC_GTEST_PROP(Iou, IsSymmetricAndBounded, ()) {
  const auto a = arbitrary_box(false), b = arbitrary_box(false);
  const double ab = iou_3d(a, b);
  RC_ASSERT(ab >= 0.0 && ab <= 1.0);
  RC_ASSERT(std::abs(ab - iou_3d(b, a)) < 1e-9);
  RC_ASSERT(std::abs(iou_bev(a, b) - iou_bev(b, a)) < 1e-9);
}

RC_GTEST_PROP(Iou, DoesNotDependOnTheFrame, ()) {
  const auto a = arbitrary_box(false), b = arbitrary_box(false), mover = arbitrary_box(false);
  const Pose<World, World> moved(mover.pose.rotation(), mover.pose.translation());
  RC_ASSERT(std::abs(iou_3d(a, b) - iou_3d(moved * a, moved * b)) < 1e-9);
}

RC_GTEST_PROP(Iou, AgreesWithSampling, ()) {
  const auto a = arbitrary_box(false), b = arbitrary_box(false);
  const double expected = sampled_intersection(a, b, 20000);
  RC_ASSERT(std::abs(intersection_volume(a, b) - expected) < 0.02 * a.volume());
}

RC_GTEST_PROP(Iou, OfUprightBoxesIsFootprintTimesHeight, ()) {
  const auto a = arbitrary_box(true), b = arbitrary_box(true);
  const double footprint =
      iou_bev(a, b) * (a.size.x() * a.size.y() + b.size.x() * b.size.y()) / (1 + iou_bev(a, b));
  const double top =
      std::min(a.pose.translation().z() + a.size.z() / 2, b.pose.translation().z() + b.size.z() / 2);
  const double bottom =
      std::max(a.pose.translation().z() - a.size.z() / 2, b.pose.translation().z() - b.size.z() / 2);
  RC_ASSERT(std::abs(intersection_volume(a, b) - footprint * std::max(0.0, top - bottom)) < 1e-8);
}

TEST(Polygon, HullOfASquareWithInnerPoints) {
  const Polygon2 hull = convex_hull({{0, 0}, {1, 1}, {0.5, 0.5}, {1, 0}, {0, 1}, {0.5, 0}, {0, 0}});
  EXPECT_EQ(hull.size(), 4u);
  EXPECT_DOUBLE_EQ(signed_area(hull), 1.0);
}

TEST(Polygon, ContainsByTheEvenOddRule) {
  const Polygon2 bow = {{0, 0}, {2, 2}, {2, 0}, {0, 2}};  // crosses itself at (1, 1)
  EXPECT_TRUE(contains(bow, {0.2, 1.0}));
  EXPECT_FALSE(contains(bow, {1.0, 0.2}));
  EXPECT_FALSE(contains(bow, {3.0, 1.0}));
}

}  // namespace
}  // namespace sweepmark
