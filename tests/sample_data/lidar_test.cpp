#include "sample_data/lidar.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/units.hpp"
#include "sample_data/ray_caster.hpp"

namespace sweepmark::sample {
namespace {

LidarModel coarse_lidar() {
  LidarModel lidar = make_lidar(32);
  lidar.columns = 600;
  return lidar;
}

TEST(Random, isTheSameForTheSameKeyAndNormalWhereItSays) {
  Random a(1, 2, 3), b(1, 2, 3), c(1, 2, 4);
  const std::uint64_t first = a.next();
  EXPECT_EQ(first, b.next());
  EXPECT_NE(first, c.next());
  double sum = 0.0, squares = 0.0;
  constexpr int count = 20000;
  for (int i = 0; i < count; ++i) {
    const double x = a.normal();
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / count, 0.0, 0.03);
  EXPECT_NEAR(squares / count, 1.0, 0.05);
}

TEST(RayCaster, meetsTheNearestFaceOfABox) {
  Mesh mesh;
  add_box(mesh, {10, 0, 0}, {2, 4, 4}, {});
  const RayCaster caster(mesh);
  const Eigen::Vector3d slant = Eigen::Vector3d(1.0, 0.1, 0.0).normalized();
  const auto hit = caster.cast({0, 0.2, 0.3}, slant, 100.0);
  ASSERT_TRUE(hit);
  EXPECT_NEAR(hit->distance, 9.0 / slant.x(), 1e-9);
  EXPECT_NEAR(caster.incidence(*hit, slant), slant.x(), 1e-9);
  EXPECT_FALSE(caster.cast({0, 0, 0}, Eigen::Vector3d::UnitX(), 8.9));
  EXPECT_FALSE(caster.cast({0, 0, 0}, Eigen::Vector3d::UnitZ(), 100.0));
}

TEST(LidarModel, ringsRiseAndColumnsTurnClockwiseThroughTheSweep) {
  for (int rings : {32, 64}) {
    const LidarModel lidar = make_lidar(rings);
    ASSERT_EQ(lidar.elevations.size(), static_cast<std::size_t>(rings));
    EXPECT_TRUE(std::ranges::is_sorted(lidar.elevations));
    EXPECT_NEAR(degrees_from_radians(lidar.elevations.front()), -25.0, 1e-9);
    EXPECT_NEAR(degrees_from_radians(lidar.elevations.back()), 15.0, 1e-9);
  }
  const LidarModel lidar = coarse_lidar();
  EXPECT_LT(lidar.azimuth_of(1), lidar.azimuth_of(0));
  EXPECT_NEAR(lidar.azimuth_of(lidar.columns / 2), 0.0, 0.01);
  EXPECT_NEAR(lidar.time_of(lidar.columns / 2), 0.0, 1e-4);
}

struct Echoes {
  int count = 0;
  double intensity = 0.0, bias = 0.0;
};
Echoes echoes(Surface surface, double distance, double incidence) {
  constexpr int pulses = 4000;
  Random random(5);
  Echoes result;
  for (int i = 0; i < pulses; ++i) {
    if (const auto echo = observe(make_lidar(32), surface, distance, incidence, random)) {
      ++result.count;
      result.intensity += echo->intensity;
      result.bias += echo->range - distance;
    }
  }
  result.intensity /= std::max(1, result.count);
  result.bias /= std::max(1, result.count);
  return result;
}

TEST(Observe, intensityFollowsMaterialRangeAndIncidence) {
  const Echoes wall = echoes(Surface::facade, 15.0, 0.9);
  EXPECT_GT(wall.intensity, echoes(Surface::facade, 60.0, 0.9).intensity);
  EXPECT_GT(wall.intensity, echoes(Surface::facade, 15.0, 0.3).intensity);
  EXPECT_GT(wall.intensity, echoes(Surface::asphalt, 15.0, 0.9).intensity);
  EXPECT_GT(echoes(Surface::sign_face, 30.0, 0.8).intensity, 200.0);
}

TEST(Observe, glassAndGrazingRoadsLoseMostPulsesAndWallsFew) {
  EXPECT_GT(echoes(Surface::facade, 20.0, 0.9).count, 3800);
  EXPECT_LT(echoes(Surface::glass, 20.0, 0.9).count, 1400);
  EXPECT_LT(echoes(Surface::asphalt, 100.0, 0.02).count, echoes(Surface::asphalt, 12.0, 0.15).count);
}

TEST(Observe, rangesAreUnbiasedOnHardSurfacesAndDeeperInLeaves) {
  EXPECT_NEAR(echoes(Surface::facade, 20.0, 0.9).bias, 0.0, 0.002);
  EXPECT_GT(echoes(Surface::foliage, 20.0, 0.9).bias, 0.1);
  EXPECT_EQ(echoes(Surface::facade, 1.0, 0.9).count, 0);
}

class OneSweep : public testing::Test {
 protected:
  static constexpr double moment = 4.25;  // in the bend
  OneSweep()
      : scene(make_scene(1)), caster(scene), lidar(coarse_lidar()), points(caster.sweep(lidar, moment, 9)) {}

  Point<World> in_world(const SweepPoint& point) const {
    return world_from_ego(scene, moment + point.time) *
           (lidar.ego_from_sensor * Point<Sensor>(point.position.cast<double>()));
  }

  Scene scene;
  SweepCaster caster;
  LidarModel lidar;
  std::vector<SweepPoint> points;
};

TEST_F(OneSweep, isOrderedInTimeAndWithinTheSensorsLimits) {
  ASSERT_GT(points.size(), 10000u);
  EXPECT_TRUE(std::ranges::is_sorted(points, {}, &SweepPoint::time));
  for (const SweepPoint& point : points) {
    EXPECT_LE(std::abs(point.time), 0.5 * lidar.period);
    EXPECT_LT(point.ring, 32);
    const double range = point.position.norm();
    EXPECT_TRUE(range > lidar.nearest - 1e-3 && range < lidar.farthest + 1e-3);
    EXPECT_NEAR(std::asin(point.position.z() / range), lidar.elevations[point.ring], 1e-4);
  }
}

TEST_F(OneSweep, isTheSameAgain) {
  const auto again = caster.sweep(lidar, moment, 9), other = caster.sweep(lidar, moment, 10);
  ASSERT_EQ(again.size(), points.size());
  for (std::size_t i = 0; i < points.size(); ++i) ASSERT_EQ(again[i].position, points[i].position);
  EXPECT_FALSE(other.size() == points.size() && other.front().position == points.front().position);
}

TEST_F(OneSweep, pointsOfAnObjectLieInItsBoxAtTheirOwnMoment) {
  constexpr double noise = 0.10;
  std::size_t on_objects = 0, on_moving = 0;
  for (const SweepPoint& point : points) {
    if (!(point.label >> 16)) continue;
    const SceneObject& object = scene.objects[(point.label >> 16) - 1];
    EXPECT_EQ(point.label, object.label());
    const Eigen::Vector3d room = object.size + Eigen::Vector3d::Constant(2 * noise);
    EXPECT_TRUE((Box3<World>{world_from_box(object, moment + point.time), room}.contains(in_world(point))))
        << object.name;
    ++on_objects;
    on_moving += object.moves ? 1 : 0;
  }
  EXPECT_GT(on_objects, 500u);
  EXPECT_GT(on_moving, 100u);
}

TEST_F(OneSweep, nothingElseLiesInABox) {
  constexpr double margin = 0.10;
  for (const SweepPoint& point : points) {
    if ((point.label & 0xffffu) == static_cast<std::uint32_t>(PointClass::vegetation))
      continue;  // leaves hang over cars
    const Point<World> where = in_world(point);
    for (const SceneObject& object : scene.objects) {
      if (object.instance == point.label >> 16) continue;
      const Eigen::Vector3d room = (object.size - Eigen::Vector3d::Constant(2 * margin)).cwiseMax(0.0);
      ASSERT_FALSE((Box3<World>{world_from_box(object, moment + point.time), room}.contains(where)))
          << object.name << " holds a point labelled " << point.label;
    }
  }
}

TEST_F(OneSweep, groundPointsLieOnTheGround) {
  std::size_t on_road = 0;
  for (const SweepPoint& point : points) {
    if (point.label != static_cast<std::uint32_t>(PointClass::road)) continue;
    EXPECT_NEAR(in_world(point).z(), 0.0, 0.06);
    ++on_road;
  }
  EXPECT_GT(on_road, 1000u);
}

}  // namespace
}  // namespace sweepmark::sample
