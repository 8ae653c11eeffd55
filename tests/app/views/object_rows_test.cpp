#include "app/gui/object_rows.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/small_drive.hpp"

namespace sweepmark::gui {
namespace {

std::shared_ptr<Track> track_of(std::uint32_t id, std::uint16_t class_id) {
  auto track = std::make_shared<Track>();
  track->id = TrackId{id};
  track->properties.class_id = ClassId{class_id};
  return track;
}

Document three_objects(const Drive& drive) {
  Document document = new_document();
  auto car = track_of(1, 1);
  car->properties.name = "the Red van";
  car->keyframes.push_back({drive.sweeps[2].time, {}, Origin::human, {}});
  car->keyframes.push_back({drive.sweeps[3].time, {}, Origin::automatic, {}, 0.7});
  car->keyframes.push_back({drive.sweeps[4].time, {}, Origin::automatic, {}, 0.3});
  car->keyframes.push_back({drive.sweeps[6].time, {}, Origin::imported, {}});
  auto parked = track_of(2, 1);
  parked->properties.standing = true;
  parked->keyframes.push_back({drive.sweeps[0].time, {}, Origin::human, {}});
  const auto other = track_of(13, 2);
  for (const auto& track : {car, parked, other}) document.tracks[track->id] = track;
  document.relations.insert({RelationKind::tows, TrackId{1}, TrackId{13}});
  return document;
}

std::vector<std::uint32_t> numbers(const std::vector<ObjectRow>& rows) {
  std::vector<std::uint32_t> ids;
  for (const ObjectRow& row : rows) ids.push_back(row.track.value);
  return ids;
}

std::vector<std::uint32_t> found(const std::vector<ObjectRow>& rows, const std::string& filter) {
  std::vector<ObjectRow> kept;
  std::ranges::copy_if(rows, std::back_inserter(kept),
                       [&](const ObjectRow& row) { return passes(row, filter); });
  return numbers(kept);
}

TEST(ObjectRows, CountWhatPeopleAndAlgorithmsPlaced) {
  const Drive drive = test::small_drive();
  const std::vector<ObjectRow> rows = object_rows(three_objects(drive), drive, {TrackId{13}});
  ASSERT_EQ(numbers(rows), (std::vector<std::uint32_t>{1, 2, 13}));
  EXPECT_EQ(rows[0].placed, 2u);
  EXPECT_EQ(rows[0].automatic, 2u);
  EXPECT_EQ(rows[0].least_confidence, 0.3);
  EXPECT_EQ(rows[0].sweeps, 5u);
  EXPECT_TRUE(rows[0].related && rows[2].related && !rows[1].related);
  EXPECT_TRUE(rows[1].standing);
  EXPECT_TRUE(rows[2].has_findings && !rows[0].has_findings);
  EXPECT_FALSE(rows[2].lifetime);
}

TEST(ObjectRows, AreFoundByWordsOfClassNumberNameAndState) {
  const Drive drive = test::small_drive();
  const std::vector<ObjectRow> rows = object_rows(three_objects(drive), drive, {TrackId{13}});
  EXPECT_EQ(found(rows, ""), (std::vector<std::uint32_t>{1, 2, 13}));
  EXPECT_EQ(found(rows, "red"), (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(found(rows, rows[1].class_name + " 2"), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(found(rows, "standing"), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(found(rows, "proposed"), (std::vector<std::uint32_t>{1}));
  EXPECT_EQ(found(rows, "findings"), (std::vector<std::uint32_t>{13}));
  EXPECT_TRUE(found(rows, "red standing").empty());
}

TEST(ObjectRows, SortWithThoseWithoutConfidenceLast) {
  const Drive drive = test::small_drive();
  std::vector<ObjectRow> rows = object_rows(three_objects(drive), drive, {});
  for (const bool ascending : {true, false}) {
    sort_rows(rows, ObjectColumn::confidence, ascending);
    EXPECT_EQ(rows.front().track, TrackId{1}) << ascending;
  }
  sort_rows(rows, ObjectColumn::placed, false);
  EXPECT_EQ(rows.front().track, TrackId{1});
  EXPECT_EQ(rows.back().track, TrackId{13});
  sort_rows(rows, ObjectColumn::sweeps, true);
  EXPECT_EQ(rows.front().track, TrackId{13});
  sort_rows(rows, ObjectColumn::name, true);
  EXPECT_TRUE(std::ranges::is_sorted(
      rows, {}, [](const ObjectRow& row) { return std::pair(row.class_name, row.track); }));
}

TEST(ObjectList, IsOrderedAnewOnlyWhereRowsOrWishChange) {
  const Drive drive = test::small_drive();
  const std::vector<ObjectRow> rows = object_rows(three_objects(drive), drive, {});
  ObjectList list;
  EXPECT_TRUE(list.is_old(Revision(0)));
  list.take(Revision(3), rows);
  EXPECT_FALSE(list.is_old(Revision(3)));
  const ObjectWish by_number{"", ObjectColumn::automatic, false};
  EXPECT_EQ(numbers(list.shown(by_number)).front(), 1u);
  const ObjectRow* const kept = list.shown().data();
  // Nothing is worked out again: what was handed out is handed out again.
  const_cast<ObjectRow*>(kept)->name = "marked";
  EXPECT_EQ(list.shown(by_number).data(), kept);
  EXPECT_EQ(list.shown(by_number).front().name, "marked");
  EXPECT_EQ(numbers(list.shown({"standing", ObjectColumn::name, true})), (std::vector<std::uint32_t>{2}));
  EXPECT_EQ(list.shown(by_number).front().name, "the Red van");
  list.take(Revision(4), {rows.back()});
  EXPECT_EQ(numbers(list.shown(by_number)), (std::vector<std::uint32_t>{13}));
}

}  // namespace
}  // namespace sweepmark::gui
