#include "core/assist/track_size.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/units.hpp"
#include "tests/core/assist_track/seen_scene.hpp"

namespace sweepmark {
namespace {

using test::SeenScene;
using test::standing_box;

const Eigen::Vector3d true_size(4.6, 1.9, 1.6), usual_size(4.2, 1.8, 1.55);

SweepSource source_of(std::vector<Box3<Ego>> boxes) {
  SweepSource source;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    source.times.push_back({static_cast<std::int64_t>(i) * 100'000'000});
  source.read = [boxes](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
    SeenScene scene(static_cast<unsigned>(sweep) + 1);
    scene.add_ground(boxes[sweep].centre().metres.head<2>(), 6, 0.3);
    scene.add_box(boxes[sweep], 0.12);
    return std::make_shared<const PointCloud>(scene.cloud());
  };
  return source;
}

std::vector<Keyframe> keyframes_of(const SweepSource& source, const std::vector<Box3<Ego>>& boxes) {
  std::vector<Keyframe> keyframes;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    keyframes.push_back({source.times[i], boxes[i], Origin::human, {}});
  return keyframes;
}

TEST(TrackSize, IsMeasuredWhereTheObjectPassedBy) {
  std::vector<Box3<Ego>> boxes;
  for (double x = -12; x <= 12; x += 3) boxes.push_back(standing_box(x, 5, 0.1, true_size));
  const SweepSource source = source_of(boxes);
  for (Box3<Ego>& box : boxes) box.size -= Eigen::Vector3d(0.2, 0.1, 0.1);  // as placed a little small
  const auto size = size_of_track(source, keyframes_of(source, boxes), usual_size, {});
  ASSERT_TRUE(size);
  EXPECT_EQ(size->sweeps, boxes.size());
  EXPECT_NEAR(size->size.x(), true_size.x(), 0.15);
  EXPECT_NEAR(size->size.y(), true_size.y(), 0.15);
  EXPECT_NEAR(size->size.z(), true_size.z(), 0.15);
  EXPECT_TRUE(size->measured[0] && size->measured[1] && size->measured[2]);
}

TEST(TrackSize, IsTheUsualOneWhereOnlyTheBackWasSeen) {
  const std::vector<Box3<Ego>> boxes(4, standing_box(16, 0, 0, {4.6, 1.9, 1.9}));  // its top is out of sight
  const SweepSource source = source_of(boxes);
  const auto size = size_of_track(source, keyframes_of(source, boxes), usual_size, {});
  ASSERT_TRUE(size);
  EXPECT_FALSE(size->measured[0]);
  EXPECT_EQ(size->size.x(), usual_size.x());
  EXPECT_TRUE(size->measured[1]);
  EXPECT_NEAR(size->size.y(), 1.9, 0.1);
}

TEST(TrackSize, IsTheUsualOneWhereNothingWasSeen) {
  const Keyframe nowhere{{7}, standing_box(16, 0, 0, true_size), Origin::human, {}};
  const auto size = size_of_track(source_of({}), {&nowhere, 1}, usual_size, {});
  ASSERT_TRUE(size);
  EXPECT_EQ(size->size, usual_size);
  EXPECT_EQ(size->sweeps, 0u);
}

RC_GTEST_PROP(Resized, KeepsTheSidesThatFaceTheSensorAndTheBottom, ()) {
  const double yaw = radians_from_degrees(*rc::gen::inRange(-180, 180));
  const double bearing = radians_from_degrees(*rc::gen::inRange(-180, 180));
  const Box3<Ego> box = standing_box(15 * std::cos(bearing), 15 * std::sin(bearing), yaw, usual_size);
  const Eigen::Vector3d size(0.1 * *rc::gen::inRange(30, 90), 0.1 * *rc::gen::inRange(12, 30), 2.0);
  const Box3<Ego> resized = resized_keeping_seen(box, size, Point<Ego>(0, 0, 0));
  RC_ASSERT(resized.size == size);
  const Eigen::Vector3d sensor = (box.pose.inverse() * Point<Ego>(0, 0, 0)).metres;
  const Eigen::Vector3d moved = (box.pose.inverse() * resized.centre()).metres;
  for (int axis = 0; axis < 2; ++axis)
    if (std::abs(sensor[axis]) > 0.5 * box.size[axis]) {
      const double side = sensor[axis] > 0 ? 0.5 : -0.5;
      RC_ASSERT(std::abs(moved[axis] + side * size[axis] - side * box.size[axis]) < 1e-9);
    }
  RC_ASSERT(std::abs(moved.z() - 0.5 * size.z() + 0.5 * box.size.z()) < 1e-9);
}

}  // namespace
}  // namespace sweepmark
