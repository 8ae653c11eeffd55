#include "core/commands/suggest_between.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

#include "core/geometry/iou.hpp"
#include "tests/core/assist_track/seen_scene.hpp"

namespace sweepmark {
namespace {

using test::SeenScene;
using test::standing_box;

constexpr std::size_t sweeps = 16;
const Eigen::Vector3d car_size(4.4, 1.8, 1.5);

// A car that crosses in front of a standing vehicle at 8 m/s.
Box3<Ego> car_at(std::size_t sweep) {
  return standing_box(14, -6.0 + 0.8 * static_cast<double>(sweep), 1.5708, car_size);
}

struct Scene {
  Drive drive;
  SweepSource source;
  Document document = new_document();
  mutable std::set<std::size_t> read;

  Scene() {
    std::vector<TimedPose> poses;
    for (std::size_t i = 0; i < sweeps; ++i) {
      const TimestampNs time{static_cast<std::int64_t>(i) * 100'000'000};
      drive.sweeps.push_back({SensorId("lidar"), time, {}});
      poses.push_back({time, {}});
      source.times.push_back(time);
    }
    drive.trajectory = Trajectory(std::move(poses), PoseSource::recorded);
    source.read = [this](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
      read.insert(sweep);
      SeenScene seen(static_cast<unsigned>(sweep) + 1);
      seen.add_ground({14, 0}, 12, 0.5);
      seen.add_box(car_at(sweep), 0.15);
      return std::make_shared<const PointCloud>(seen.cloud());
    };
    auto track = std::make_shared<Track>();
    track->id = TrackId{1};
    track->properties.class_id = document.taxonomy.begin()->first;
    track->properties.size = car_size;
    for (const std::size_t sweep : {2u, 6u, 9u, 14u})
      track->keyframes.push_back({drive.sweeps[sweep].time, car_at(sweep), Origin::human, {}});
    document.tracks[track->id] = track;
  }
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  SuggestContext context() const { return {document, drive, source}; }
  std::set<std::size_t> proposed(const CommandCall& call) const {
    std::set<std::size_t> found;
    for (const auto& keyframe : call.args.at("keyframes"))
      found.insert(drive.sweep_at({keyframe.at("time_ns").get<std::int64_t>()}).value());
    return found;
  }
};

TEST(SuggestGapsBeside, ProposesBetweenTheNeighboursAndReadsNoOtherSweep) {
  const Scene scene;
  const auto call =
      suggest_gaps_beside(scene.context(), TrackId{1}, std::array{scene.drive.sweeps[6].time}, {});
  ASSERT_TRUE(call) << to_string(call.error());
  EXPECT_EQ(call->name, "track.propose");
  EXPECT_EQ(scene.proposed(*call), (std::set<std::size_t>{3, 4, 5, 7, 8}));
  EXPECT_GE(*scene.read.begin(), 2u);
  EXPECT_LE(*scene.read.rbegin(), 9u);
}

TEST(SuggestGapsBeside, GoesOnPastTheLastKeyframe) {
  const Scene scene;
  const auto call =
      suggest_gaps_beside(scene.context(), TrackId{1}, std::array{scene.drive.sweeps[14].time}, {});
  ASSERT_TRUE(call) << to_string(call.error());
  EXPECT_EQ(scene.proposed(*call), (std::set<std::size_t>{10, 11, 12, 13, 15}));
}

TEST(SuggestGapsBeside, SeveralBoxesOfOneCommandAreOneStretch) {
  const Scene scene;
  const auto call = suggest_gaps_beside(
      scene.context(), TrackId{1},
      std::array{scene.drive.sweeps[6].time, scene.drive.sweeps[7].time, scene.drive.sweeps[9].time}, {});
  ASSERT_TRUE(call) << to_string(call.error());
  EXPECT_EQ(scene.proposed(*call), (std::set<std::size_t>{3, 4, 5, 7, 8, 10, 11, 12, 13}));
  EXPECT_EQ(*scene.read.begin(), 2u);
  EXPECT_EQ(*scene.read.rbegin(), 14u);
}

// Proposals beyond the corrected box say how far the object is taken to live; a person may have cut it there.
TEST(SuggestGapsBeside, EndsWhereTheProposalsEnd) {
  Scene scene;
  auto track = std::make_shared<Track>(*scene.document.track(TrackId{1}));
  track->keyframes.pop_back();
  for (const std::size_t sweep : {10u, 11u, 12u})
    track->keyframes.push_back({scene.drive.sweeps[sweep].time, car_at(sweep), Origin::automatic, {}, 0.9});
  scene.document.tracks[track->id] = track;
  const auto call =
      suggest_gaps_beside(scene.context(), TrackId{1}, std::array{scene.drive.sweeps[9].time}, {});
  ASSERT_TRUE(call) << to_string(call.error());
  EXPECT_EQ(scene.proposed(*call), (std::set<std::size_t>{7, 8, 10, 11, 12}));
}

TEST(SuggestStanding, RefusesWhatWasPlacedInSeveralPlaces) {
  const Scene scene;
  const auto call = suggest_standing(scene.context(), TrackId{1}, {});
  ASSERT_FALSE(call);
  EXPECT_EQ(call.error().code, ErrorCode::invalid_argument);
  EXPECT_NE(call.error().message.find("it moves"), std::string::npos) << call.error().message;
}

TEST(SuggestRefit, RefusesWhatStandsStill) {
  Scene scene;
  auto track = std::make_shared<Track>(*scene.document.track(TrackId{1}));
  track->properties.standing = true;
  scene.document.tracks[track->id] = track;
  EXPECT_EQ(suggest_refit(scene.context(), TrackId{1}, {}).error().code, ErrorCode::invalid_argument);
}

// What the whole track would be given there, for less.
TEST(SuggestGapsBeside, FindsWhatFollowingTheWholeObjectFinds) {
  const Scene scene;
  const auto gap =
      suggest_gaps_beside(scene.context(), TrackId{1}, std::array{scene.drive.sweeps[6].time}, {});
  const auto whole = suggest_following(scene.context(), TrackId{1}, {});
  ASSERT_TRUE(gap && whole);
  for (const auto& keyframe : gap->args.at("keyframes"))
    EXPECT_NE(std::ranges::find(whole->args.at("keyframes"), keyframe), whole->args.at("keyframes").end());
}

TEST(SuggestGapsBeside, SaysWhatIsNotThere) {
  const Scene scene;
  EXPECT_EQ(suggest_gaps_beside(scene.context(), TrackId{9}, std::array{TimestampNs{0}}, {}).error().code,
            ErrorCode::not_found);
  EXPECT_EQ(suggest_gaps_beside(scene.context(), TrackId{1}, std::array{scene.drive.sweeps[3].time}, {})
                .error()
                .code,
            ErrorCode::not_found);
}

TEST(SuggestRefit, ProposesEverySweepBetweenTheKeyframesThatStand) {
  const Scene scene;
  const auto call = suggest_refit(scene.context(), TrackId{1}, {});
  ASSERT_TRUE(call) << to_string(call.error());
  EXPECT_EQ(scene.proposed(*call), (std::set<std::size_t>{3, 4, 5, 7, 8, 10, 11, 12, 13}));
}

}  // namespace
}  // namespace sweepmark
