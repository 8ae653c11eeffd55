#include "core/assist/propagate.hpp"

#include <gtest/gtest.h>

#include <set>

#include "core/assist/object_motion.hpp"
#include "core/geometry/iou.hpp"
#include "tests/core/assist_track/seen_scene.hpp"

namespace sweepmark {
namespace {

using test::SeenScene;
using test::standing_box;

const Eigen::Vector3d car_size(4.4, 1.8, 1.5);

// A car that crosses in front of a standing vehicle at 8 m/s; in the sweeps of `hidden` nothing is seen of
// it.
struct Crossing {
  std::size_t sweeps = 24;
  std::set<std::size_t> hidden;

  Box3<Ego> box(std::size_t sweep) const {
    return standing_box(14, -9.0 + 0.8 * static_cast<double>(sweep), 1.5708, car_size);
  }
  SweepSource source() const {
    SweepSource result;
    for (std::size_t i = 0; i < sweeps; ++i)
      result.times.push_back({static_cast<std::int64_t>(i) * 100'000'000});
    result.read = [scene = *this](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
      SeenScene seen(static_cast<unsigned>(sweep) + 1);
      seen.add_ground({14, 0}, 14, 0.4);
      if (!scene.hidden.contains(sweep)) seen.add_box(scene.box(sweep), 0.15);
      return std::make_shared<const PointCloud>(seen.cloud());
    };
    return result;
  }
  Keyframe anchor(std::size_t sweep) const { return {source().times[sweep], box(sweep), Origin::human, {}}; }
};

// A vehicle that is known to stand.
Trajectory standing_still() {
  return Trajectory({{{0}, {}}}, PoseSource::recorded);
}

PropagateOptions car_options() {
  return propagate_options(true, car_size, PoseSource::recorded);
}

void expect_close(const Crossing& scene, const std::vector<Proposal>& proposals, double least_iou) {
  for (const Proposal& proposal : proposals)
    EXPECT_GT(iou_3d(proposal.box, scene.box(proposal.sweep)), least_iou) << "sweep " << proposal.sweep;
}

TEST(Propagate, FollowsACrossingCarBothWaysToTheDrivesEnds) {
  const Crossing scene;
  const Keyframe anchor = scene.anchor(12);
  const auto found = propagate(scene.source(), standing_still(), {&anchor, 1}, car_options(), {});
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->proposals.size(), scene.sweeps - 1);
  EXPECT_EQ(found->first, PropagationEnd::drive_ends);
  EXPECT_EQ(found->last, PropagationEnd::drive_ends);
  expect_close(scene, found->proposals, 0.8);
  for (const Proposal& proposal : found->proposals) {
    EXPECT_NE(proposal.sweep, 12u);  // the person's box stands
    EXPECT_GE(proposal.confidence, 0.0);
    EXPECT_LE(proposal.confidence, 1.0);
  }
}

TEST(Propagate, BridgesAShortOcclusionAndFindsTheCarAgain) {
  Crossing scene;
  scene.hidden = {14, 15, 16, 17};
  const Keyframe anchor = scene.anchor(8);
  const auto found = propagate(scene.source(), standing_still(), {&anchor, 1}, car_options(), {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->proposals.size(), scene.sweeps - 1);
  expect_close(scene, found->proposals, 0.6);
  for (const Proposal& proposal : found->proposals)
    EXPECT_EQ(proposal.points == 0, scene.hidden.contains(proposal.sweep)) << "sweep " << proposal.sweep;
  const auto least = least_certain_sweep(found->proposals);
  ASSERT_TRUE(least);
  EXPECT_TRUE(scene.hidden.contains(static_cast<std::size_t>(least->ns / 100'000'000)));
}

TEST(Propagate, StopsWhereTheObjectIsGone) {
  Crossing scene;
  scene.sweeps = 40;
  for (std::size_t sweep = 10; sweep < 40; ++sweep) scene.hidden.insert(sweep);
  const Keyframe anchor = scene.anchor(4);
  const auto found = propagate(scene.source(), standing_still(), {&anchor, 1}, car_options(), {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->last, PropagationEnd::lost);
  ASSERT_FALSE(found->proposals.empty());
  EXPECT_EQ(found->proposals.back().sweep, 9u);  // what was bridged in vain is not proposed
}

TEST(Propagate, ResolvesOnlyBesideANewAnchor) {
  const Crossing scene;
  const std::vector<Keyframe> before = {scene.anchor(2), scene.anchor(10), scene.anchor(18)};
  std::vector<Keyframe> after = before;
  after.insert(after.begin() + 2, scene.anchor(14));
  after[2].box.pose =
      after[2].box.pose * Pose<BoxLocal, BoxLocal>(Eigen::Quaterniond::Identity(), {0.1, 0.05, 0});
  const auto first = propagate(scene.source(), standing_still(), before, car_options(), {});
  const auto second = propagate(scene.source(), standing_still(), after, car_options(), {});
  ASSERT_TRUE(first && second);
  std::size_t compared = 0;
  for (const Proposal& a : first->proposals)
    for (const Proposal& b : second->proposals) {
      if (a.sweep != b.sweep || (a.sweep > 10 && a.sweep < 18)) continue;
      ++compared;
      EXPECT_EQ(a.box.pose.translation(), b.box.pose.translation()) << "sweep " << a.sweep;
      EXPECT_EQ(a.confidence, b.confidence);
    }
  EXPECT_EQ(compared, 2u + 7u + 5u);
  for (const Proposal& proposal : second->proposals)
    EXPECT_TRUE(proposal.sweep != 2 && proposal.sweep != 10 && proposal.sweep != 14 && proposal.sweep != 18);
  expect_close(scene, second->proposals, 0.8);
}

TEST(Propagate, SaysTheSameEveryTime) {
  const Crossing scene;
  const Keyframe anchor = scene.anchor(6);
  const auto one = propagate(scene.source(), standing_still(), {&anchor, 1}, car_options(), {});
  const auto two = propagate(scene.source(), standing_still(), {&anchor, 1}, car_options(), {});
  ASSERT_TRUE(one && two);
  ASSERT_EQ(one->proposals.size(), two->proposals.size());
  for (std::size_t i = 0; i < one->proposals.size(); ++i) {
    EXPECT_EQ(one->proposals[i].box.pose.matrix(), two->proposals[i].box.pose.matrix());
    EXPECT_EQ(one->proposals[i].confidence, two->proposals[i].confidence);
  }
}

TEST(Propagate, TakesASweepThatCannotBeReadForAnOcclusion) {
  const Crossing scene;
  SweepSource source = scene.source();
  source.read = [sound = source.read](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
    if (sweep == 9) return fail(ErrorCode::malformed, "damaged");
    return sound(sweep);
  };
  const Keyframe anchor = scene.anchor(5);
  const auto found = propagate(source, standing_still(), {&anchor, 1}, car_options(), {});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->proposals.size(), scene.sweeps - 1);
}

TEST(Propagate, RefusesWhatItCannotStartFrom) {
  const Crossing scene;
  const auto code = [&](const std::vector<Keyframe>& anchors) {
    const auto found = propagate(scene.source(), standing_still(), anchors, car_options(), {});
    return found ? ErrorCode::internal : found.error().code;
  };
  EXPECT_EQ(code({}), ErrorCode::invalid_argument);
  EXPECT_EQ(code({scene.anchor(9), scene.anchor(3)}), ErrorCode::invalid_argument);
  Keyframe between = scene.anchor(3);
  between.time.ns += 5;
  EXPECT_EQ(code({between}), ErrorCode::invalid_argument);
  Keyframe flat = scene.anchor(3);
  flat.box.size.z() = 0;
  EXPECT_EQ(code({flat}), ErrorCode::invalid_argument);
}

TEST(Propagate, CanBeCancelled) {
  const Crossing scene;
  const Keyframe anchor = scene.anchor(3);
  std::stop_source stop;
  stop.request_stop();
  const auto found =
      propagate(scene.source(), standing_still(), {&anchor, 1}, car_options(), {stop.get_token(), {}});
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::cancelled);
}

TEST(LeastCertainSweep, IsTheEarliestOfTheLowest) {
  std::vector<Proposal> proposals(4);
  for (std::size_t i = 0; i < 4; ++i) proposals[i].time.ns = static_cast<std::int64_t>(i);
  proposals[0].confidence = 0.9;
  proposals[1].confidence = proposals[3].confidence = 0.2;
  proposals[2].confidence = 0.5;
  EXPECT_EQ(least_certain_sweep(proposals)->ns, 1);
  EXPECT_FALSE(least_certain_sweep({}));
}

TEST(ObjectMotion, GoesWhereItPointsAndBack) {
  ObjectMotion motion(Pose<World, BoxLocal>(rotation_about_z(0.5), {10, 5, 0}), {});
  motion.expect_velocity({8 * std::cos(0.5), 8 * std::sin(0.5), 0}, 0.5);
  motion.predict(0.5);
  EXPECT_NEAR(
      (motion.pose().translation() - Eigen::Vector3d(10 + 4 * std::cos(0.5), 5 + 4 * std::sin(0.5), 0))
          .norm(),
      0.0, 1e-6);
  motion.predict(-0.5);
  EXPECT_NEAR((motion.pose().translation() - Eigen::Vector3d(10, 5, 0)).norm(), 0.0, 1e-6);
  const Eigen::Matrix4d covariance = motion.pose_covariance();
  EXPECT_GT(covariance.ldlt().vectorD().minCoeff(), 0.0);
}

}  // namespace
}  // namespace sweepmark
