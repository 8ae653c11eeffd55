#include "core/assist/review_page.hpp"

#include <algorithm>
#include <tuple>

namespace sweepmark {

namespace {

constexpr double vouched_for = 1.0;  // of a box that a file brought

// A sweep within the life of an object, by what is known of the box there.
struct Candidate {
  std::size_t sweep = 0;
  double confidence = 0;
  std::int64_t from_keyframe_ns = 0;  // to the nearest keyframe
};

// The one to be looked at first has the least.
std::tuple<double, std::int64_t, std::size_t> order_of(const Candidate& candidate) {
  return {candidate.confidence, -candidate.from_keyframe_ns, candidate.sweep};
}

// Up to two either side, the nearest to the life first.
std::vector<std::size_t> past_the_ends(const TimeInterval& life, std::span<const TimestampNs> times) {
  const auto index = [&](auto at) { return static_cast<std::size_t>(at - times.begin()); };
  const std::size_t first = index(std::ranges::lower_bound(times, life.first)),
                    behind = index(std::ranges::upper_bound(times, life.last));
  std::vector<std::size_t> found;
  for (std::size_t i = 1; i <= std::min(review_beyond_an_end, first); ++i) found.push_back(first - i);
  for (std::size_t i = 0; i < std::min(review_beyond_an_end, times.size() - behind); ++i)
    found.push_back(behind + i);
  return found;
}

std::int64_t to_nearest_keyframe(const Track& track, TimestampNs time) {
  const auto after = std::ranges::lower_bound(track.keyframes, time, {}, &Keyframe::time);
  if (after == track.keyframes.begin()) return after->time.ns - time.ns;
  const std::int64_t before = time.ns - (after - 1)->time.ns;
  return after == track.keyframes.end() ? before : std::min(before, after->time.ns - time.ns);
}

double confidence_of(const Keyframe& keyframe) {
  return keyframe.origin == Origin::automatic ? keyframe.confidence.value_or(0.0) : vouched_for;
}

// By time.
std::vector<Candidate> within_the_life(const Track& track, const TimeInterval& life,
                                       std::span<const TimestampNs> times,
                                       const std::set<std::size_t>& seen) {
  std::vector<Candidate> found;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (!life.contains(times[i]) || track.absent_at(times[i]) || seen.contains(i)) continue;
    const Keyframe* const keyframe = track.keyframe_at(times[i]);
    if (keyframe && keyframe->origin == Origin::human) continue;
    found.push_back({i, keyframe ? confidence_of(*keyframe) : 0.0, to_nearest_keyframe(track, times[i])});
  }
  return found;
}

}  // namespace

std::vector<std::size_t> review_page(const Track& track, std::span<const TimestampNs> times,
                                     std::size_t page_size, const std::set<std::size_t>& seen) {
  const auto life = track.lifetime();
  if (!life) return {};
  std::set<std::size_t> page;
  for (const std::size_t sweep : past_the_ends(*life, times))
    if (page.size() < page_size && !seen.contains(sweep)) page.insert(sweep);
  std::vector<Candidate> within = within_the_life(track, *life, times, seen);
  const std::size_t room = std::min(page_size - page.size(), within.size());
  const auto unsure = static_cast<std::size_t>(
      std::ranges::count_if(within, [](const Candidate& each) { return each.confidence < vouched_for; }));
  const std::size_t spread =
      track.properties.standing ? room : std::max(room / 2, room - std::min(room, unsure));
  for (std::size_t i = 0; i < spread; ++i) page.insert(within[i * within.size() / spread].sweep);
  std::ranges::sort(within, {}, order_of);
  for (const Candidate& each : within)
    if (page.size() < page_size) page.insert(each.sweep);
  return {page.begin(), page.end()};
}

}  // namespace sweepmark
