#include "core/assist/refit.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/assist/interpolate.hpp"
#include "core/assist/stray_likeliest.hpp"
#include "tests/core/assist_track/seen_scene.hpp"

namespace sweepmark {
namespace {

constexpr int sweeps = 21;  // a tenth of a second apart

TimestampNs time_of(int sweep) {
  return {sweep * 100'000'000LL};
}

// A car that brakes and pulls away again between its keyframes, up to a metre from where a curve has it.
Box3<Ego> true_box(int sweep) {
  const double u = sweep / 20.0;
  const double held_up = 16 * u * u * (1 - u) * (1 - u);
  return test::standing_box(8 + 10 * u - held_up, 6, 0.0, {4.4, 1.9, 1.5});
}

Keyframe keyframe(int sweep, Origin origin = Origin::human) {
  return {time_of(sweep), true_box(sweep), origin, {}};
}

Track braking_car() {
  Track track{TrackId(1), {}, {keyframe(0), keyframe(20)}};
  track.properties.size = true_box(0).size;
  return track;
}

// In `hidden` sweeps there is ground alone.
SweepSource seen(std::vector<int> hidden = {}) {
  SweepSource source;
  for (int i = 0; i < sweeps; ++i) source.times.push_back(time_of(i));
  source.read = [hidden](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
    const int i = static_cast<int>(sweep);
    test::SeenScene scene(static_cast<unsigned>(i));
    scene.add_ground({12, 6}, 10, 0.4);
    if (std::ranges::find(hidden, i) == hidden.end()) scene.add_box(true_box(i), 0.15);
    return std::make_shared<const PointCloud>(scene.cloud());
  };
  return source;
}

// The vehicle stands, and says so.
Trajectory standing_vehicle() {
  return Trajectory({{time_of(0), {}}, {time_of(20), {}}}, PoseSource::recorded);
}

double offset(const Box3<Ego>& box, int sweep) {
  return (box.centre().metres - true_box(sweep).centre().metres).norm();
}

TEST(Refit, FindsTheCarWhereTheCurveIsAMetreOff) {
  const Track track = braking_car();
  const auto refit = refit_track(track, seen(), standing_vehicle(), {});
  ASSERT_TRUE(refit);
  ASSERT_EQ(refit->size(), 19u);
  EXPECT_GT(offset(box_at(track, standing_vehicle(), time_of(10))->box, 10), 0.8);
  for (const Proposal& proposal : *refit) {
    EXPECT_LT(offset(proposal.box, static_cast<int>(proposal.sweep)), 0.2) << proposal.sweep;
    EXPECT_EQ(proposal.box.size, true_box(0).size);
    EXPECT_GT(proposal.confidence, 0.5);
    EXPECT_LE(proposal.confidence, 1.0);
  }
}

TEST(Refit, ProposesNothingAtKeyframesThatStandAndReplacesItsOwn) {
  Track track = braking_car();
  track.keyframes.insert(track.keyframes.begin() + 1, {keyframe(7), keyframe(12, Origin::automatic)});
  const auto refit = refit_track(track, seen(), standing_vehicle(), {});
  ASSERT_TRUE(refit);
  const auto proposed = [&](int sweep) {
    return std::ranges::find(*refit, time_of(sweep), &Proposal::time) != refit->end();
  };
  for (const int stands : {0, 7, 20}) EXPECT_FALSE(proposed(stands)) << stands;
  EXPECT_TRUE(proposed(12));
}

TEST(Refit, WhatIsHiddenFollowsItsNeighboursAndIsLessSure) {
  const auto all = refit_track(braking_car(), seen(), standing_vehicle(), {});
  const auto some = refit_track(braking_car(), seen({9, 10, 11}), standing_vehicle(), {});
  ASSERT_TRUE(all && some);
  const Proposal &with = (*all)[9], &without = (*some)[9];
  ASSERT_EQ(without.sweep, 10u);
  EXPECT_EQ(without.points, 0u);
  EXPECT_LT(offset(without.box, 10), 0.3);
  EXPECT_LT(without.confidence, with.confidence);
}

TEST(Refit, UnseenThroughoutIsTheCurve) {
  std::vector<int> hidden(sweeps);
  for (int i = 0; i < sweeps; ++i) hidden[static_cast<std::size_t>(i)] = i;
  const Track track = braking_car();
  const auto refit = refit_track(track, seen(hidden), standing_vehicle(), {});
  ASSERT_TRUE(refit);
  for (const Proposal& proposal : *refit)
    EXPECT_LT(
        (proposal.box.centre().metres - box_at(track, standing_vehicle(), proposal.time)->box.centre().metres)
            .norm(),
        1e-9);
}

TEST(Refit, SweepsThatCannotBeReadAndTracksWithoutKeyframesAreNoErrors) {
  SweepSource broken = seen();
  broken.read = [](std::size_t) -> Result<std::shared_ptr<const PointCloud>> {
    return fail(ErrorCode::unreadable, "no such file");
  };
  const auto refit = refit_track(braking_car(), broken, standing_vehicle(), {});
  ASSERT_TRUE(refit);
  EXPECT_EQ(refit->size(), 19u);
  EXPECT_TRUE(refit_track(Track{}, seen(), standing_vehicle(), {})->empty());
}

// At 12 m/s, and each sweep meets it up to 0.05 s before or after its own moment: up to 0.6 m from its box.
TEST(Refit, OfWhatDrivesHoldsToTheMomentOfTheSweepAndNotOfItsPoints) {
  const auto car_at = [](double seconds) {
    return test::standing_box(8 + 12 * seconds, 6, 0.0, {4.4, 1.9, 1.5});
  };
  SweepSource source;
  for (int i = 0; i < sweeps; ++i) source.times.push_back(time_of(i));
  source.read = [&](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
    const float late = 0.05f * static_cast<float>(std::cos(2.0 * static_cast<double>(sweep)));
    test::SeenScene scene(static_cast<unsigned>(sweep));
    scene.add_box(car_at(0.1 * static_cast<double>(sweep) + late), 0.15);
    const PointCloud seen = scene.cloud();
    return std::make_shared<const PointCloud>(
        make_point_cloud(seen.x, seen.y, seen.z, {{"time", std::vector<float>(seen.size(), late)}}));
  };
  Track track{TrackId(1), {}, {}};
  for (const int i : {0, 10, 20}) track.keyframes.push_back({time_of(i), car_at(0.1 * i), Origin::human, {}});
  const auto refit = refit_track(track, source, standing_vehicle(), {});
  ASSERT_TRUE(refit);
  for (const Proposal& proposal : *refit) {
    const Box3<Ego> truth = car_at(0.1 * static_cast<double>(proposal.sweep));
    EXPECT_LT((proposal.box.centre().metres - truth.centre().metres).norm(), 0.06) << proposal.sweep;
    EXPECT_GT(proposal.points, 0u) << proposal.sweep;
  }
}

std::vector<StrayMoment> stretch_with(double (*stray_along)(double seconds)) {
  std::vector<StrayMoment> stretch;
  for (int i = 0; i <= 10; ++i) {
    StraySighting seen{400.0 * StrayInformation::Identity(), Stray::Zero()};
    if (i > 0 && i < 10) seen.weighted[0] = 400.0 * stray_along(0.1 * i);
    stretch.push_back({0.1 * i, seen});
  }
  return stretch;
}

TEST(Stray, SightingsThatScatterAboutTheCurveAreNotFollowedAndThoseThatLeaveItTogetherAre) {
  const auto scattered = stretch_with([](double s) { return 0.05 * std::cos(31.4 * s); });
  for (const StrayBelief& belief : likeliest_stray(scattered, {}, {}))
    EXPECT_LT(std::abs(belief.stray[0]), 0.01);
  const auto left = stretch_with([](double s) { return std::sin(3.14 * s); });
  EXPECT_NEAR(likeliest_stray(left, {}, {})[5].stray[0], 1.0, 0.1);
}

TEST(Stray, WhatIsSeenIsLikelierUnderTheHabitsThatForeseeIt) {
  const StrayHabits steady{Stray::Constant(0.01), Stray::Constant(0.001)}, unsteady{};
  const auto still = stretch_with([](double) { return 0.0; });
  const auto left = stretch_with([](double s) { return std::sin(3.14 * s); });
  EXPECT_GT(log_likelihood(still, steady), log_likelihood(still, unsteady));
  EXPECT_LT(log_likelihood(left, steady), log_likelihood(left, unsteady));
  EXPECT_EQ(log_likelihood({}, steady), 0.0);
  EXPECT_TRUE(likeliest_stray({}, steady, {}).empty());
}

TEST(Stray, GrowsUnsureAwayFromKeyframesAndGoesNowhereByItself) {
  const StraySighting at_keyframe{1e4 * StrayInformation::Identity(), Stray::Zero()};
  const auto beliefs = smoothed_stray(
      std::vector<StrayMoment>{{0, at_keyframe}, {1, {}}, {2, {}}, {3, {}}, {4, at_keyframe}}, {});
  for (const StrayBelief& belief : beliefs) EXPECT_LT(belief.stray.norm(), 1e-9);
  EXPECT_GT(beliefs[1].covariance(0, 0), beliefs[0].covariance(0, 0));
  EXPECT_GT(beliefs[2].covariance(0, 0), beliefs[1].covariance(0, 0));
  EXPECT_NEAR(beliefs[1].covariance(0, 0), beliefs[3].covariance(0, 0), 0.5 * beliefs[1].covariance(0, 0));
}

TEST(Stray, ADirectionThatIsLeftOpenStaysWithTheMotion) {
  const StraySighting at_keyframe{1e4 * StrayInformation::Identity(), Stray::Zero()};
  StraySighting across;  // 0.3 m to the left, nothing about the rest
  across.information(1, 1) = 1e4;
  across.weighted[1] = 0.3 * 1e4;
  const auto beliefs =
      smoothed_stray(std::vector<StrayMoment>{{0, at_keyframe}, {1, across}, {2, at_keyframe}}, {});
  EXPECT_NEAR(beliefs[1].stray[1], 0.3, 0.01);
  EXPECT_NEAR(beliefs[1].stray[0], 0.0, 1e-9);
  EXPECT_GT(beliefs[1].covariance(0, 0), 10 * beliefs[1].covariance(1, 1));
}

}  // namespace
}  // namespace sweepmark
