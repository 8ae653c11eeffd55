// Time along a drive. Sweeps, images and poses meet by time, never by index.
#pragma once

#include <cmath>
#include <compare>
#include <cstdint>

namespace sweepmark {

// Nanoseconds since an epoch that is the drive's own affair (unix for most recorders).
struct TimestampNs {
  std::int64_t ns = 0;
  auto operator<=>(const TimestampNs&) const = default;
};

inline double seconds_between(TimestampNs from, TimestampNs to) {
  return static_cast<double>(to.ns - from.ns) * 1e-9;
}

inline TimestampNs later_by_seconds(TimestampNs time, double seconds) {
  return {time.ns + static_cast<std::int64_t>(std::llround(seconds * 1e9))};
}

// A closed interval of time.
struct TimeInterval {
  TimestampNs first;
  TimestampNs last;
  bool contains(TimestampNs t) const { return first <= t && t <= last; }
  auto operator<=>(const TimeInterval&) const = default;
};

}  // namespace sweepmark
