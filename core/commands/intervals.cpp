#include "core/commands/intervals.hpp"

#include <algorithm>

namespace sweepmark::commands {

std::vector<TimeInterval> without(const std::vector<TimeInterval>& intervals, const TimeInterval& cut) {
  std::vector<TimeInterval> rest;
  for (const TimeInterval& interval : intervals) {
    if (interval.last < cut.first || cut.last < interval.first) {
      rest.push_back(interval);
      continue;
    }
    if (interval.first < cut.first) rest.push_back({interval.first, {cut.first.ns - 1}});
    if (cut.last < interval.last) rest.push_back({{cut.last.ns + 1}, interval.last});
  }
  return rest;
}

std::vector<TimeInterval> joined(std::vector<TimeInterval> intervals) {
  std::ranges::sort(intervals);
  std::vector<TimeInterval> result;
  for (const TimeInterval& interval : intervals) {
    if (!result.empty() && interval.first.ns <= result.back().last.ns + 1)
      result.back().last = std::max(result.back().last, interval.last);
    else
      result.push_back(interval);
  }
  return result;
}

std::vector<TimeInterval> within(const std::vector<TimeInterval>& intervals, const TimeInterval& window) {
  std::vector<TimeInterval> inside;
  for (const TimeInterval& interval : intervals)
    if (const TimeInterval both{std::max(interval.first, window.first), std::min(interval.last, window.last)};
        both.first <= both.last)
      inside.push_back(both);
  return inside;
}

}  // namespace sweepmark::commands
