#include "app/gui/timeline_lanes.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace sweepmark::gui {
namespace {

Drive drive_of(std::size_t sweeps) {
  Drive drive;
  for (std::size_t i = 0; i < sweeps; ++i)
    drive.sweeps.push_back(
        {SensorId{"lidar"}, TimestampNs{static_cast<std::int64_t>(i) * 100'000'000}, "sweep.bin"});
  return drive;
}

Track track_with(const Drive& drive, const std::vector<std::size_t>& keyframes) {
  Track track;
  track.id = TrackId{1};
  for (const std::size_t sweep : keyframes)
    track.keyframes.push_back({drive.sweeps[sweep].time, {}, Origin::human, {}});
  return track;
}

std::vector<std::pair<std::size_t, std::size_t>> pairs(const std::vector<LaneSpan>& spans) {
  std::vector<std::pair<std::size_t, std::size_t>> result;
  for (const LaneSpan& span : spans) result.emplace_back(span.first, span.last);
  return result;
}

using Spans = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(Lane, HasDiamondsAtKeyframesAndSpansBetweenThem) {
  const Drive drive = drive_of(20);
  const Lane lane = lane_of(track_with(drive, {2, 8, 12}), drive);
  ASSERT_EQ(lane.keyframes.size(), 3u);
  EXPECT_EQ(lane.keyframes[1].sweep, 8u);
  EXPECT_EQ(pairs(lane.interpolated), (Spans{{2, 8}, {8, 12}}));
  EXPECT_TRUE(lane.absent.empty());
}

TEST(Lane, LeavesAbsencesOutOfTheSpans) {
  const Drive drive = drive_of(20);
  Track track = track_with(drive, {2, 12});
  track.properties.absences = {{drive.sweeps[5].time, drive.sweeps[7].time}};
  const Lane lane = lane_of(track, drive);
  EXPECT_EQ(pairs(lane.absent), (Spans{{5, 7}}));
  EXPECT_EQ(pairs(lane.interpolated), (Spans{{2, 4}, {8, 12}}));
}

TEST(Lane, OfKeyframesOnlyHasNothingBetween) {
  const Drive drive = drive_of(20);
  Track track = track_with(drive, {2, 12});
  track.properties.motion = Motion::keyframes_only;
  EXPECT_TRUE(lane_of(track, drive).interpolated.empty());
}

TEST(Lane, SaysWhatThereIsAtEachSweep) {
  const Drive drive = drive_of(20);
  Track track = track_with(drive, {2, 8, 12});
  track.keyframes[1].origin = Origin::automatic;
  track.keyframes[1].confidence = 0.25;
  track.properties.absences = {{drive.sweeps[10].time, drive.sweeps[11].time}};
  track.attribute_events[{drive.sweeps[4].time, "occluded"}] = "2";
  track.attribute_events[{drive.sweeps[6].time, "occluded"}] = "";
  const Lane lane = lane_of(track, drive);
  EXPECT_EQ(said_at(lane, 0), "outside its life");
  EXPECT_EQ(said_at(lane, 2), "keyframe placed by hand");
  EXPECT_EQ(said_at(lane, 3), "between keyframes");
  EXPECT_EQ(said_at(lane, 5), "between keyframes · occluded 2");
  EXPECT_EQ(said_at(lane, 6), "between keyframes");
  EXPECT_EQ(said_at(lane, 8), "proposed box, confidence 0.25");
  EXPECT_EQ(said_at(lane, 10), "gone or out of sight");
  EXPECT_EQ(said_at(lane, 13), "outside its life");
  track.properties.motion = Motion::keyframes_only;
  EXPECT_EQ(said_at(lane_of(track, drive), 3), "no box");
}

TEST(Lane, EndsOfALifeLieOutsideTheMarksAndNeverPassEachOther) {
  for (const std::size_t sweeps : {10u, 400u, 5000u}) {
    const TimeScale scale = whole_drive(sweeps, 100, 900);
    const LaneSpan life{sweeps / 3, sweeps / 2};
    EXPECT_LE(life_begins_at(scale, life, 4), scale.x(static_cast<double>(life.first)) - 6);
    EXPECT_GE(life_ends_at(scale, life, 4), scale.x(static_cast<double>(life.last)) + 6);
    // At the ends of the drive they stay where they can be seen and taken hold of.
    const LaneSpan whole{0, sweeps - 1};
    EXPECT_GE(life_begins_at(scale, whole, 4), 100);
    EXPECT_LE(life_ends_at(scale, whole, 4), 1000);
    EXPECT_LT(life_begins_at(scale, whole, 4), life_ends_at(scale, whole, 4));
  }
  EXPECT_EQ(with_edge_at({3, 7}, true, 9).first, 7u);
  EXPECT_EQ(with_edge_at({3, 7}, true, 0).first, 0u);
  EXPECT_EQ(with_edge_at({3, 7}, false, 1).last, 3u);
  EXPECT_EQ(with_edge_at({3, 7}, false, 9).last, 9u);
}

TEST(LaneOrder, PutsTheSelectedObjectOnTopAndKeepsTheOthersInOrder) {
  Document document;
  for (const std::uint32_t id : {1u, 2u, 3u, 4u}) {
    auto track = std::make_shared<Track>();
    track->id = TrackId{id};
    document.tracks[track->id] = track;
  }
  EXPECT_EQ(lane_order(document, TrackId{3}),
            (std::vector<TrackId>{TrackId{3}, TrackId{1}, TrackId{2}, TrackId{4}}));
  EXPECT_EQ(lane_order(document, std::nullopt).front(), TrackId{1});
  EXPECT_EQ(lane_order(document, TrackId{9}).size(), 4u);
}

RC_GTEST_PROP(Scale, ASweepsPlaceLeadsBackToTheSweep, ()) {
  const auto sweeps = static_cast<std::size_t>(*rc::gen::inRange(1, 5000));
  const TimeScale scale = whole_drive(sweeps, 100, 900);
  const auto sweep = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(sweeps)));
  RC_ASSERT(sweep_under(scale, scale.x(static_cast<double>(sweep)), sweeps) == sweep);
  RC_ASSERT(sweep_under(scale, -1e4f, sweeps) == 0u);
  RC_ASSERT(sweep_under(scale, 1e5f, sweeps) == sweeps - 1);
}

RC_GTEST_PROP(Scale, ZoomingStaysWithinTheDrive, ()) {
  const auto sweeps = static_cast<std::size_t>(*rc::gen::inRange(1, 2000));
  TimeScale scale = whole_drive(sweeps, 100, 900);
  for (const int notches : *rc::gen::container<std::vector<int>>(12, rc::gen::inRange(-3, 4)))
    scale = zoomed(scale, notches > 0 ? 0.7 : 1.4, static_cast<float>(*rc::gen::inRange(100, 1001)), sweeps);
  RC_ASSERT(scale.last > scale.first);
  RC_ASSERT(scale.first >= -0.5 - 1e-6);
  RC_ASSERT(scale.last <= static_cast<double>(sweeps) - 0.5 + 1e-6);
}

TEST(Scale, ZoomingKeepsWhatIsUnderTheMouse) {
  const TimeScale whole = whole_drive(500, 0, 1000);
  const TimeScale near = zoomed(whole, 0.5, 400, 500);
  EXPECT_NEAR(near.sweep(400), whole.sweep(400), 1e-3);
  EXPECT_NEAR(near.last - near.first, 250, 1e-9);
}

TEST(Ruler, StepsAreRoundAndFarEnoughApart) {
  for (const std::size_t sweeps : {5u, 50u, 500u, 50'000u}) {
    const TimeScale scale = whole_drive(sweeps, 0, 1000);
    const std::size_t step = ruler_step(scale, 100);
    EXPECT_GE(static_cast<double>(step) * scale.pixels_per_sweep(), 100);
    std::size_t lead = step;
    while (lead % 10 == 0) lead /= 10;
    EXPECT_TRUE(lead == 1 || lead == 2 || lead == 5) << step;
  }
}

}  // namespace
}  // namespace sweepmark::gui
