#include "app/gui/certainty.hpp"

#include <gtest/gtest.h>

namespace sweepmark::gui {
namespace {

void add_track(Document& document, std::uint32_t id, const std::vector<std::optional<double>>& confidences) {
  auto track = std::make_shared<Track>();
  track->id = TrackId{id};
  std::int64_t ns = 0;
  track->keyframes.push_back({{ns}, {}, Origin::human, {}});
  for (const auto& confidence : confidences)
    track->keyframes.push_back({{ns += 100}, {}, Origin::automatic, {}, confidence});
  document.tracks[track->id] = track;
}

TEST(LeastCertain, LeadsFromTheLeastCertainUpAndRoundAgain) {
  Document document;
  add_track(document, 1, {0.9, 0.2, std::nullopt, 0.2});
  std::vector<std::int64_t> visited;
  std::optional<UncertainBox> at;
  for (int i = 0; i < 5; ++i) {
    at = least_certain(document, TrackId{1}, at);
    ASSERT_TRUE(at);
    visited.push_back(at->time.ns);
  }
  EXPECT_EQ(visited, (std::vector<std::int64_t>{300, 200, 400, 100, 300}));
}

TEST(LeastCertain, OfAllObjectsPassesFromOneToTheNext) {
  Document document;
  add_track(document, 1, {0.5});
  add_track(document, 2, {0.4, 0.6});
  const auto first = least_certain(document, std::nullopt, std::nullopt);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->track, TrackId{2});
  EXPECT_EQ(least_certain(document, std::nullopt, first)->track, TrackId{1});
}

TEST(LeastCertain, IsNothingWherePeoplePlacedEveryBox) {
  Document document;
  add_track(document, 1, {});
  EXPECT_FALSE(least_certain(document, TrackId{1}, std::nullopt));
  EXPECT_FALSE(least_certain(document, TrackId{7}, std::nullopt));
  EXPECT_FALSE(least_certain(Document{}, std::nullopt, std::nullopt));
}

TEST(ConfidenceColour, GetsBluerAllTheWayAndHoldsBeyondTheEnds) {
  for (double c = 0; c < 1; c += 0.05) EXPECT_LT(confidence_colour(c).b, confidence_colour(c + 0.05).b) << c;
  EXPECT_EQ(confidence_colour(-3).packed(), confidence_colour(0).packed());
  EXPECT_EQ(confidence_colour(7).packed(), confidence_colour(1).packed());
}

}  // namespace
}  // namespace sweepmark::gui
