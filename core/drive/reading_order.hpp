// Large sweeps come in the order they are drawn by.
#pragma once

#include "core/drive/drive.hpp"

namespace sweepmark {

// A terrestrial scan or a map, not a sweep of a lidar that spins.
inline constexpr std::size_t large_sweep_points = 1'000'000;

// Makes read_sweep hand out sweeps of more than large_sweep_points in detail order
// (core/cloud/detail_order.hpp), so that whoever opens the drive has points in the same order. Rows stay what
// they were: file_row says each point's. read_recorded_sweep goes on handing out what is recorded.
void order_large_sweeps_when_reading(Drive& drive, std::size_t large = large_sweep_points);

}  // namespace sweepmark
