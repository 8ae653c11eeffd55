#include "core/assist/standing.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "core/geometry/iou.hpp"
#include "tests/core/assist_track/seen_scene.hpp"

namespace sweepmark {
namespace {

using test::SeenScene;

const Eigen::Vector3d true_size(4.4, 1.8, 1.5);

// A vehicle that drives past a parked car at 10 m/s; in the sweeps of `hidden` nothing is seen of the car.
struct DriveBy {
  std::size_t sweeps = 30;
  std::set<std::size_t> hidden;

  Trajectory trajectory() const {
    return Trajectory({{{0}, {}},
                       {{static_cast<std::int64_t>(sweeps) * 100'000'000},
                        {Eigen::Quaterniond::Identity(), {static_cast<double>(sweeps), 0, 0}}}},
                      PoseSource::recorded);
  }
  Box3<Ego> box(std::size_t sweep) const {
    return test::standing_box(16.0 - static_cast<double>(sweep), 6, 0.1, true_size);
  }
  SweepSource source() const {
    SweepSource result;
    for (std::size_t i = 0; i < sweeps; ++i)
      result.times.push_back({static_cast<std::int64_t>(i) * 100'000'000});
    result.read = [scene = *this](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
      SeenScene seen(static_cast<unsigned>(sweep) + 1);
      seen.add_ground(scene.box(sweep).centre().metres.head<2>(), 6, 0.4);
      if (!scene.hidden.contains(sweep)) seen.add_box(scene.box(sweep), 0.15);
      return std::make_shared<const PointCloud>(seen.cloud());
    };
    return result;
  }
};

Box3<Ego> askew(const Box3<Ego>& box, const Eigen::Vector3d& off, double turn) {
  return {box.pose * Pose<BoxLocal, BoxLocal>(rotation_about_z(turn), off), box.size};
}

// The car as seen from every sweep but the anchor's, each box off at random, every fifth one far.
std::vector<Proposal> proposals_of(const DriveBy& scene, std::size_t anchor) {
  std::mt19937 random(7);
  std::normal_distribution<double> off(0.0, 0.08), turn(0.0, 0.03);
  std::vector<Proposal> result;
  for (std::size_t i = 0; i < scene.sweeps; ++i) {
    if (i == anchor || scene.hidden.contains(i)) continue;
    const double far = i % 5 == 0 ? 0.8 : 0.0;
    const Box3<Ego> box = askew(scene.box(i), {off(random) + far, off(random) - far, 0}, turn(random));
    result.push_back({i, scene.source().times[i], box, 0.9, 100, {}});
  }
  return result;
}

double iou_of(const DriveBy& scene, const StandingBox& held) {
  const Trajectory trajectory = scene.trajectory();
  const auto sweep = static_cast<std::size_t>(held.time.ns / 100'000'000);
  return iou_3d(held.box, scene.box(sweep));
}

TEST(StandingBox, IsBetterThanTheBoxItBeganWith) {
  const DriveBy scene;
  const Keyframe anchor{
      scene.source().times[3], askew(scene.box(3), {0.3, -0.2, 0.05}, 0.08), Origin::human, {}};
  const auto held = standing_box(scene.source(), scene.trajectory(), {&anchor, 1}, proposals_of(scene, 3),
                                 {.usual_size = true_size, .size_is_known = true});
  ASSERT_TRUE(held) << to_string(held.error());
  EXPECT_EQ(held->sweeps, scene.sweeps);
  EXPECT_GT(iou_of(scene, *held), iou_3d(anchor.box, scene.box(3)));
  EXPECT_GT(iou_of(scene, *held), 0.88);
  EXPECT_EQ(held->box.size, anchor.box.size);
}

TEST(StandingBox, TakesItsSizeFromAllThatWasSeen) {
  const DriveBy scene;
  Box3<Ego> small = scene.box(15);
  small.size = {4.2, 1.7, 1.4};
  const Keyframe anchor{scene.source().times[15], small, Origin::human, {}};
  std::vector<Proposal> proposals;
  for (std::size_t i = 0; i < scene.sweeps; ++i)
    if (i != 15)
      proposals.push_back({i, scene.source().times[i], {scene.box(i).pose, small.size}, 0.9, 100, {}});
  const auto held =
      standing_box(scene.source(), scene.trajectory(), {&anchor, 1}, proposals, {.usual_size = small.size});
  ASSERT_TRUE(held) << to_string(held.error());
  EXPECT_LT((held->box.size - true_size).cwiseAbs().maxCoeff(), 0.12) << held->box.size.transpose();
}

TEST(StandingBox, ReachesFromTheFirstSweepThatHoldsPointsToTheLast) {
  DriveBy scene;
  for (std::size_t i = 0; i < 4; ++i) scene.hidden.insert(i);
  for (std::size_t i = 10; i < 16; ++i) scene.hidden.insert(i);  // something stood before it
  for (std::size_t i = 27; i < scene.sweeps; ++i) scene.hidden.insert(i);
  const SweepSource source = scene.source();
  const Keyframe anchor{source.times[8], scene.box(8), Origin::human, {}};
  const std::vector<Proposal> beside = {{9, source.times[9], scene.box(9), 0.9, 100, {}}};
  const auto held = standing_box(source, scene.trajectory(), {&anchor, 1}, beside,
                                 {.usual_size = true_size, .size_is_known = true});
  ASSERT_TRUE(held) << to_string(held.error());
  EXPECT_EQ(held->first, source.times[4]);
  EXPECT_EQ(held->last, source.times[26]);
}

TEST(StandingBox, BelievesNoSweepThatIsUnsureOrEmpty) {
  const DriveBy scene;
  const SweepSource source = scene.source();
  const Keyframe anchor{source.times[12], scene.box(12), Origin::human, {}};
  std::vector<Proposal> proposals;
  for (std::size_t i = 13; i < 20; ++i)
    proposals.push_back({i,
                         source.times[i],
                         askew(scene.box(i), {2, 1, 0}, 0.5),
                         i % 2 ? 0.1 : 0.9,
                         i % 2 ? std::size_t{200} : std::size_t{3},
                         {}});
  const auto held = standing_box(source, scene.trajectory(), {&anchor, 1}, proposals,
                                 {.usual_size = true_size, .size_is_known = true});
  ASSERT_TRUE(held) << to_string(held.error());
  EXPECT_EQ(held->sweeps, 1u);
  EXPECT_GT(iou_3d(held->box, scene.box(12)), 0.999);
}

TEST(StandingBox, NeedsAnAnchorAndCanBeCancelled) {
  const DriveBy scene;
  const auto none = standing_box(scene.source(), scene.trajectory(), {}, {}, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::invalid_argument);
  const Keyframe anchor{scene.source().times[12], scene.box(12), Origin::human, {}};
  std::stop_source stop;
  stop.request_stop();
  const auto cancelled =
      standing_box(scene.source(), scene.trajectory(), {&anchor, 1}, {}, {}, {stop.get_token(), {}});
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace sweepmark
