#include "app/gui/label_ages.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "app/gui/annotated_points.hpp"
#include "app/gui/view3d_legend.hpp"
#include "core/commands/arguments.hpp"
#include "tests/app/views/tiny_drive.hpp"

namespace sweepmark::gui {
namespace {

const Box3<Ego> box_at_one = upright_box(Point<Ego>(1, 1, 1), 0, {1, 1, 1});

PointCloud two_points() {
  const std::vector<float> diagonal = {1, 50};
  return make_point_cloud(diagonal, diagonal, diagonal, {});
}

TEST(LabelAges, ReadTheLogAndKnowABoxByItsKeyframes) {
  const TinyDrive drive;
  const auto workspace = drive.open();
  ASSERT_NE(workspace, nullptr);
  Session& session = workspace->session();
  const TimestampNs first = workspace->drive().sweeps[0].time, third = workspace->drive().sweeps[2].time;
  ASSERT_TRUE(session.run("box.create",
                          {{"class", 1}, {"time_ns", first.ns}, {"box", commands::box_to(box_at_one)}}));
  const TrackId track = session.document()->tracks.begin()->first;
  ASSERT_TRUE(
      session.run("keyframe.set",
                  {{"track", track.value}, {"time_ns", third.ns}, {"box", commands::box_to(box_at_one)}}));
  LabelAges ages;
  while (!ages.catch_up(session, 1).value()) {
  }
  EXPECT_EQ(ages.revision(), session.revision());
  const Track& created = *session.document()->track(track);
  const auto at_first = ages.box_changed(created, first), at_third = ages.box_changed(created, third);
  ASSERT_TRUE(at_first && at_third);
  EXPECT_LE(*at_first, *at_third);
  EXPECT_EQ(ages.box_changed(created, workspace->drive().sweeps[1].time), std::max(at_first, at_third));
  EXPECT_EQ(ages.box_changed(created, workspace->drive().sweeps[3].time), at_third);
  ASSERT_TRUE(session.undo());
  ASSERT_TRUE(ages.catch_up(session, 100).value());
  EXPECT_EQ(ages.box_changed(created, third), ages.box_changed(created, first));
}

TEST(LabelAges, APointIsAsOldAsTheBoxRoundIt) {
  const TinyDrive drive;
  const auto workspace = drive.open();
  ASSERT_NE(workspace, nullptr);
  Session& session = workspace->session();
  const TimestampNs time = workspace->drive().sweeps[0].time;
  ASSERT_TRUE(
      session.run("box.create", {{"class", 1}, {"time_ns", time.ns}, {"box", commands::box_to(box_at_one)}}));
  LabelAges ages;
  ASSERT_TRUE(ages.catch_up(session, 100).value());
  const Document& document = workspace->document();
  const auto changed = ages.box_changed(*document.tracks.begin()->second, time);
  ASSERT_TRUE(changed);
  const auto hours =
      label_ages(two_points(), {}, time, workspace->boxes_at(0), document, ages, *changed + 7'200'000);
  EXPECT_FLOAT_EQ(hours[0], 2.0f);
  EXPECT_TRUE(std::isnan(hours[1]));
}

TEST(LabelAges, AreSaidInAUnitThatSuitsThem) {
  EXPECT_EQ(age_text(0), "0 s");
  EXPECT_EQ(age_text(0.5), "30 min");
  EXPECT_EQ(age_text(7), "7 h");
  EXPECT_EQ(age_text(72), "3 d");
}

TEST(AnnotatedPoints, TakeTheClassOfTheBoxTheyLieInUnlessTheyHaveOne) {
  const std::vector<float> level = {1, 1, 50};
  const PointCloud cloud = make_point_cloud(std::vector<float>{1, 1.2f, 50}, level, level, {});
  const std::vector<PointLabel> own = {0, packed_label(9, 4), 0};
  const std::vector<VisibleBox> boxes = {{TrackId(12), ClassId(3), box_at_one, true, false}};
  EXPECT_EQ(labels_with_boxes(cloud, &own, {}, boxes),
            (std::vector<PointLabel>{packed_label(3, 12), packed_label(9, 4), 0}));
  EXPECT_EQ(labels_with_boxes(cloud, nullptr, {}, boxes)[1], packed_label(3, 12));
  const std::vector<VisibleBox> ghost = {{TrackId(12), ClassId(3), box_at_one, false, true}};
  EXPECT_EQ(labels_with_boxes(cloud, nullptr, {}, ghost)[0], 0u);
}

TEST(Legend, TicksAreRoundAndWithinTheScale) {
  EXPECT_EQ(round_ticks(0, 10, 5), (std::vector<double>{0, 2, 4, 6, 8, 10}));
  EXPECT_EQ(round_ticks(-1.3, 1.4, 6), (std::vector<double>{-1, -0.5, 0, 0.5, 1}));
  EXPECT_EQ(round_ticks(0, 255, 3), (std::vector<double>{0, 100, 200}));
  EXPECT_TRUE(round_ticks(1, 1, 5).empty());
  EXPECT_TRUE(round_ticks(0, std::nan(""), 5).empty());
  EXPECT_TRUE(round_ticks(0, 1, 0).empty());
}

}  // namespace
}  // namespace sweepmark::gui
