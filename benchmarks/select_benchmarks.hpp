// Points chosen by a gesture on the screen: select/{brush,lasso,all}/{frustum,visible}/N, and PCL's own
// frustum filter.
#pragma once

#include <benchmark/benchmark.h>

#include "benchmarks/bench_clouds.hpp"

namespace sweepmark::bench {

inline constexpr std::size_t select_points = 20'000'000;
// A rectangle in the middle, a third of the picture wide and high.
inline constexpr double rectangle_share = 1.0 / 3.0;

void register_select_ours();
void register_select_pcl();

}  // namespace sweepmark::bench
