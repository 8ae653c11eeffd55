#include "core/assist/object_registration.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "core/base/units.hpp"
#include "core/geometry/iou.hpp"
#include "tests/core/assist_track/seen_scene.hpp"

namespace sweepmark {
namespace {

using test::SeenScene;
using test::standing_box;

const Eigen::Vector3d car_size(4.3, 1.8, 1.5);

PointCloud seen(const Box3<Ego>& box, double step, unsigned seed) {
  SeenScene scene(seed);
  scene.add_ground(box.centre().metres.head<2>(), 6, 0.4);
  scene.add_box(box, step);
  return scene.cloud();
}

PoseInformation loose_prior() {
  return prior_within({1.0, 1.0, 0.3}, {0.05, 0.05, 0.2});
}

TEST(ObjectCrop, HoldsWhatABoxHoldsInTheBoxsFrame) {
  const Box3<Ego> car = standing_box(12, -4, 0.7, car_size);
  const PointCloud cloud = seen(car, 0.1, 1);
  const Pose<Ego, Sensor> ego_from_cloud(rotation_about_z(0.3), {1.0, 0.2, 0.0});
  const Box3<Ego> asked =
      ego_from_cloud * Box3<Sensor>{{car.pose.rotation(), car.pose.translation()}, car.size};
  const ObjectCrop crop = crop_about(cloud, ego_from_cloud, asked, Eigen::Vector3d::Constant(0.05));
  const auto inside = points_in_box(cloud, Box3<Sensor>{{car.pose.rotation(), car.pose.translation()},
                                                        car.size + Eigen::Vector3d::Constant(0.1)});
  EXPECT_EQ(crop.rows, inside);
  const Point<BoxLocal> sensor = asked.pose.inverse() * (ego_from_cloud * Point<Sensor>(0, 0, 0));
  EXPECT_LT((crop.sensor - sensor.metres).norm(), 1e-9);
}

RC_GTEST_PROP(ObjectRegistration, FindsACarThatWasSeenBefore, ()) {
  const double yaw = radians_from_degrees(*rc::gen::inRange(-180, 180));
  const double bearing = radians_from_degrees(*rc::gen::inRange(-180, 180));
  const double aspect = std::abs(std::remainder(yaw - bearing, radians_from_degrees(90)));
  RC_PRE(aspect > radians_from_degrees(15));  // two sides in sight
  const Box3<Ego> before = standing_box(14 * std::cos(bearing), 14 * std::sin(bearing), yaw, car_size);
  ObjectModel model(car_size);
  model.add(seen(before, 0.15, 1), {}, before);
  const Box3<Ego> now =
      standing_box(before.centre().x() + 0.8, before.centre().y() - 0.4, yaw + 0.03, car_size);
  const ObjectMatch found =
      register_object(model, seen(now, 0.15, 2), {}, before, loose_prior(), {.search_radius_m = 1.2});
  RC_ASSERT(iou_3d(found.box, now) > 0.93);
  RC_ASSERT(found.overlap > 0.9);
  RC_ASSERT(found.residual_m < 0.05);
}

// A wall that drives at 8 m/s and was half measured when the sweep began, half when it ended.
TEST(ObjectCrop, OfWhatMovesComesTogetherAtTheMeanMoment) {
  std::vector<float> x, y, z, times;
  const float speed = 8.0f;
  for (int i = -10; i < 10; ++i) {
    times.push_back(i < 0 ? -0.05f : 0.05f);
    x.push_back(15.0f + speed * times.back());
    y.push_back(0.08f * static_cast<float>(i));
    z.push_back(0.0f);
  }
  const Box3<Ego> box = upright_box(Point<Ego>(15, 0, 0), 0, {2, 2, 2});
  const auto spread = [&](const std::vector<Channel>& channels) {
    const PointCloud cloud = make_point_cloud(x, y, z, channels);
    ObjectCrop crop = crop_about(cloud, {}, box, Eigen::Vector3d::Constant(1.0));
    EXPECT_EQ(crop.points.size(), 20u);
    undo_motion(crop, cloud, box.size, {speed, 0, 0});
    const auto [least, most] =
        std::ranges::minmax(crop.points, {}, [](const Eigen::Vector3d& p) { return p.x(); });
    EXPECT_NEAR(0.5 * (least.x() + most.x()), 0.0, 1e-5);
    return most.x() - least.x();
  };
  EXPECT_NEAR(spread({{"time", times}}), 0.0, 1e-5);
  EXPECT_NEAR(spread({}), 0.8, 1e-5);
  std::vector<float> of_the_day(times.size(), 3.0e4f);  // no time within a sweep
  of_the_day.front() = 3.1e4f;
  EXPECT_NEAR(spread({{"time", of_the_day}}), 0.8, 1e-5);
}

TEST(ObjectRegistration, HoldsTwentyPointsByTheBoxAlone) {
  const Box3<Ego> now = standing_box(30, 8, 0.4, car_size);
  const PointCloud cloud = seen(now, 0.65, 3);
  const ObjectModel unseen(car_size);
  const Box3<Ego> start = standing_box(30.4, 8.3, 0.4, car_size);
  const ObjectMatch found = register_object(unseen, cloud, {}, start, loose_prior());
  EXPECT_LT(found.points, 40u);
  EXPECT_GT(iou_3d(found.box, now), 0.7);
  EXPECT_EQ(found.modelled_share, 0.0);
}

TEST(ObjectRegistration, KnowsThatASideWithoutEndsMaySlide) {
  // A long wall-like side passes the sensor: only its middle is in the sweep.
  const Eigen::Vector3d long_size(14, 2.5, 3.2);
  const Box3<Ego> bus = standing_box(0, 8, 0, long_size);
  SeenScene scene(4);
  scene.add_ground({0, 8}, 6, 0.4);
  for (double x = -3; x <= 3; x += 0.1)
    for (double z = -1.2; z <= 1.2; z += 0.2) scene.add({x, 8 - 1.25, bus.centre().z() + z});
  ObjectModel model(long_size);
  model.add(scene.cloud(), {}, bus);
  const ObjectMatch found = register_object(model, scene.cloud(), {}, bus, loose_prior());
  EXPECT_GT(found.covariance(0, 0), 0.3);   // along the side: no more than the prior knows
  EXPECT_LT(found.covariance(1, 1), 0.01);  // across it
}

TEST(ObjectRegistration, FindsBySearchWhatJumpedBeyondItsReach) {
  const Box3<Ego> before = standing_box(18, 5, 0.5, car_size);
  ObjectModel model(car_size);
  model.add(seen(before, 0.15, 1), {}, before);
  const Box3<Ego> now = standing_box(15.8, 4.0, 0.5, car_size);
  const PoseInformation wide = prior_within({3, 3, 0.3}, {0.05, 0.05, 0.2});
  const ObjectMatch found =
      register_object(model, seen(now, 0.15, 2), {}, before, wide, {.search_radius_m = 3.0});
  EXPECT_GT(iou_3d(found.box, now), 0.9);
}

TEST(ObjectRegistration, TurnsAboutAllAxesWhereItMay) {
  const Box3<Ego> before = standing_box(12, 4, 0.5, car_size);
  ObjectModel model(car_size);
  SeenScene first(1);
  first.add_box(before, 0.12);
  model.add(first.cloud(), {}, before);
  Box3<Ego> now = before;
  now.pose =
      before.pose * Pose<BoxLocal, BoxLocal>(
                        Eigen::Quaterniond(Eigen::AngleAxisd(0.05, Eigen::Vector3d::UnitY())), {0.2, 0, 0});
  SeenScene second(2);
  second.add_box(now, 0.12);
  const PoseInformation prior = prior_within({1, 1, 1}, {0.2, 0.2, 0.2});
  const ObjectMatch tilted = register_object(model, second.cloud(), {}, before, prior, {.upright = false});
  const ObjectMatch upright = register_object(model, second.cloud(), {}, before, prior);
  EXPECT_LT(tilted.box.pose.rotation().angularDistance(now.pose.rotation()), 0.02);
  EXPECT_NEAR((upright.box.pose.rotation() * Eigen::Vector3d::UnitZ()).z(), 1.0, 1e-12);
}

TEST(ObjectRegistration, StaysAtItsStartWhereThereIsNothing) {
  const Box3<Ego> start = standing_box(10, 0, 1, car_size);
  const ObjectMatch found =
      register_object(ObjectModel(car_size), PointCloud{}, {}, start, loose_prior(), {.search_radius_m = 2});
  EXPECT_EQ(found.points, 0u);
  EXPECT_EQ(found.overlap, 0.0);
  EXPECT_GT(iou_3d(found.box, start), 0.999);
  EXPECT_GT(found.covariance(0, 0), 0.9);
}

TEST(ObjectModel, OfAnySizeIsSound) {
  for (const Eigen::Vector3d& size :
       {Eigen::Vector3d(0, 0, 0), Eigen::Vector3d(1e9, -1, 2), Eigen::Vector3d(std::nan(""), 1, 1)}) {
    ObjectModel model(size);
    EXPECT_TRUE((model.size().array() > 0).all());
    model.add(seen(standing_box(8, 0, 0, car_size), 0.2, 1), {}, standing_box(8, 0, 0, car_size));
    EXPECT_EQ(model.nearest({1e6, 0, 0}).point, nullptr);
  }
}

TEST(ObjectModel, ThinsAndKnowsItsSurface) {
  const Box3<Ego> car = standing_box(10, 3, 0.4, car_size);
  ObjectModel model(car_size);
  for (unsigned seed = 0; seed < 5; ++seed) model.add(seen(car, 0.08, seed), {}, car);
  ASSERT_GT(model.points().size(), 200u);
  EXPECT_LT(model.points().size(), 4000u);
  std::size_t along_a_face = 0;
  for (const ModelPoint& point : model.points()) {
    EXPECT_NEAR(point.normal.norm(), 1.0, 1e-9);
    along_a_face += point.normal.cwiseAbs().maxCoeff() > 0.95 ? 1 : 0;
  }
  EXPECT_GT(along_a_face, model.points().size() * 8 / 10);
  ASSERT_TRUE(model.bottom_above_ground());
  EXPECT_NEAR(*model.bottom_above_ground(), 0.0, 0.03);
}

}  // namespace
}  // namespace sweepmark
