// Sets of moments as lists of closed intervals at whole nanoseconds.
#pragma once

#include <vector>

#include "core/base/time.hpp"

namespace sweepmark::commands {

// The intervals without `cut`. Sorted and disjoint where they were.
std::vector<TimeInterval> without(const std::vector<TimeInterval>& intervals, const TimeInterval& cut);

// Sorted and disjoint; neighbours that touch become one.
std::vector<TimeInterval> joined(std::vector<TimeInterval> intervals);

// What lies within `window`.
std::vector<TimeInterval> within(const std::vector<TimeInterval>& intervals, const TimeInterval& window);

}  // namespace sweepmark::commands
