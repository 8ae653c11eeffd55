#include "core/assist/review_page.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace sweepmark {
namespace {

constexpr std::size_t size = 20;

std::vector<TimestampNs> times_of(std::size_t sweeps) {
  std::vector<TimestampNs> times;
  for (std::size_t i = 0; i < sweeps; ++i) times.push_back({static_cast<std::int64_t>(i) * 100'000'000});
  return times;
}

Keyframe keyframe(std::size_t sweep, Origin origin, std::optional<double> confidence = std::nullopt) {
  return {{static_cast<std::int64_t>(sweep) * 100'000'000},
          upright_box(Point<Ego>(0, 0, 0), 0, {4, 2, 1.5}),
          origin,
          {},
          confidence};
}

// Followed from a person's keyframe at `placed` over first … last, equally sure of everything.
Track followed(std::size_t first, std::size_t placed, std::size_t last, double confidence = 0.9) {
  Track track{TrackId(1), {}, {}};
  for (std::size_t sweep = first; sweep <= last; ++sweep)
    track.keyframes.push_back(sweep == placed ? keyframe(sweep, Origin::human)
                                              : keyframe(sweep, Origin::automatic, confidence));
  return track;
}

bool has(const std::vector<std::size_t>& page, std::size_t sweep) {
  return std::ranges::find(page, sweep) != page.end();
}

// Pages one after the other until nothing is left.
std::vector<std::vector<std::size_t>> all_pages(const Track& track, std::size_t sweeps) {
  const auto times = times_of(sweeps);
  std::set<std::size_t> seen;
  std::vector<std::vector<std::size_t>> pages;
  for (auto page = review_page(track, times, size); !page.empty();
       page = review_page(track, times, size, seen)) {
    seen.insert(page.begin(), page.end());
    pages.push_back(std::move(page));
  }
  return pages;
}

TEST(ReviewPage, HoldsWhatLiesJustPastTheEndsTheLeastCertainAndSweepsOverTheWholeLife) {
  Track track = followed(30, 60, 129);
  for (const std::size_t weak : {41u, 42u, 43u, 44u, 45u, 46u, 47u})
    track.keyframes[weak - 30].confidence = 0.3;
  const auto page = review_page(track, times_of(200), size);
  EXPECT_EQ(page.size(), size);
  EXPECT_TRUE(std::ranges::is_sorted(page));
  for (const std::size_t sweep : {28u, 29u, 130u, 131u, 41u, 42u, 43u, 44u, 45u, 46u, 47u})
    EXPECT_TRUE(has(page, sweep)) << sweep;
  EXPECT_FALSE(has(page, 60));
  // Eight are spread over the hundred sweeps of the life: nowhere are more than a few tens unseen.
  for (std::size_t i = 1; i < page.size(); ++i) EXPECT_LE(page[i] - page[i - 1], 14u);
}

TEST(ReviewPage, AnObjectThatNeverMovesIsSpreadEvenly) {
  Track track = followed(0, 0, 99);
  track.properties.standing = true;
  for (std::size_t i = 1; i < 30; ++i) track.keyframes[i].confidence = 0.1;
  const auto page = review_page(track, times_of(100), size);
  EXPECT_EQ(page.size(), size);
  for (std::size_t i = 1; i < page.size(); ++i) EXPECT_NEAR(double(page[i] - page[i - 1]), 5, 1);
}

TEST(ReviewPage, BetweenTwoKeyframesTheMiddleIsTheLeastCertain) {
  const Track track{TrackId(1), {}, {keyframe(0, Origin::human), keyframe(100, Origin::human)}};
  const auto page = review_page(track, times_of(101), size);
  for (const std::size_t sweep : {48u, 49u, 50u, 51u, 52u}) EXPECT_TRUE(has(page, sweep)) << sweep;
  EXPECT_FALSE(has(page, 0) || has(page, 100));
}

TEST(ReviewPage, BoxesFromAFileAreLookedAtTooButTheUnsureFirst) {
  Track track{TrackId(1), {}, {}};
  for (std::size_t sweep = 0; sweep < 60; ++sweep)
    track.keyframes.push_back(sweep >= 50 ? keyframe(sweep, Origin::automatic, 0.5)
                                          : keyframe(sweep, Origin::imported));
  const auto page = review_page(track, times_of(60), size);
  EXPECT_EQ(page.size(), size);
  for (std::size_t sweep = 51; sweep < 59; ++sweep) EXPECT_TRUE(has(page, sweep)) << sweep;
}

TEST(ReviewPage, WhereAllIsAsSureItIsSpreadEvenly) {
  Track track{TrackId(1), {}, {}};
  for (std::size_t sweep = 0; sweep < 100; ++sweep)
    track.keyframes.push_back(keyframe(sweep, Origin::imported));
  const auto page = review_page(track, times_of(100), size);
  ASSERT_EQ(page.size(), size);
  for (std::size_t i = 0; i < page.size(); ++i) EXPECT_EQ(page[i], 5 * i);
}

TEST(ReviewPage, AbsencesAndWhatAPersonPlacedAreLeftOut) {
  Track track = followed(0, 5, 39);
  track.properties.absences = {{{1'000'000'000}, {1'900'000'000}}};
  for (const auto& page : all_pages(track, 40))
    for (const std::size_t sweep : page) EXPECT_FALSE(sweep == 5 || (sweep >= 10 && sweep <= 19)) << sweep;
}

TEST(ReviewPage, AShortLifeTakesLessThanAPageAndNoKeyframeNone) {
  EXPECT_EQ(review_page(followed(4, 5, 6), times_of(10), size), (std::vector<std::size_t>{2, 3, 4, 6, 7, 8}));
  EXPECT_EQ(review_page(followed(0, 1, 1), times_of(2), size), (std::vector<std::size_t>{0}));
  EXPECT_TRUE(review_page(Track{TrackId(1), {}, {}}, times_of(10), size).empty());
  EXPECT_TRUE(review_page(followed(0, 0, 5), {}, size).empty());
  EXPECT_EQ(review_page(followed(4, 5, 6), times_of(10), 1).size(), 1u);
}

RC_GTEST_PROP(ReviewPage, PagesGoThroughTheWholeLifeOnceAndNeverRepeat, ()) {
  const std::size_t sweeps = *rc::gen::inRange<std::size_t>(1, 150);
  const std::size_t first = *rc::gen::inRange<std::size_t>(0, sweeps),
                    last = *rc::gen::inRange<std::size_t>(first, sweeps);
  Track track{TrackId(1), {}, {}};
  track.properties.standing = *rc::gen::arbitrary<bool>();
  for (std::size_t sweep = first; sweep <= last; ++sweep) {
    const int kind = *rc::gen::inRange(0, 4);
    if (kind < 3 || sweep == first || sweep == last)
      track.keyframes.push_back(
          keyframe(sweep, static_cast<Origin>(kind % 3),
                   kind == 2 ? std::optional(0.01 * *rc::gen::inRange(0, 101)) : std::nullopt));
  }
  std::set<std::size_t> expected, shown;
  for (std::size_t i = first - std::min<std::size_t>(2, first); i < std::min(sweeps, last + 3); ++i) {
    const Keyframe* const at = track.keyframe_at(times_of(sweeps)[i]);
    if (!at || at->origin != Origin::human) expected.insert(i);
  }
  const auto pages = all_pages(track, sweeps);
  for (std::size_t i = 0; i < pages.size(); ++i) {
    RC_ASSERT(pages[i].size() <= size);
    RC_ASSERT(pages[i].size() == size || i + 1 == pages.size());
    RC_ASSERT(std::ranges::is_sorted(pages[i]));
    for (const std::size_t sweep : pages[i]) RC_ASSERT(shown.insert(sweep).second);
  }
  RC_ASSERT(shown == expected);
}

}  // namespace
}  // namespace sweepmark
