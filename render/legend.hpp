// What is written beside a strip of colours.
#pragma once

#include <string>
#include <vector>

namespace sweepmark {

struct LegendTick {
  double value;
  double share;  // along the strip: 0 at its low end, 1 at its high end
  std::string text;
};

// At most `most` ticks at round values within low … high: multiples of 1, 2 or 5 times a power of ten (P.
// Heckbert, "Nice numbers for graph labels", 1990), with as many decimals as tell them apart. Empty unless
// low < high and both are finite.
std::vector<LegendTick> legend_ticks(double low, double high, int most);

}  // namespace sweepmark
