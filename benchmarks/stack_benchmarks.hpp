// Large clouds: put in detail order, stacked into a file, opened and streamed; PCL's octree beside it.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <filesystem>

#include "core/base/result.hpp"

namespace sweepmark::bench {

void register_stack();
void register_stack_drawn();

// The file of a stack of about so many points, made where it is not there yet; gone when the program ends.
Result<std::filesystem::path> built_file(std::size_t points);

// Builds an octree with voxels of `edge_m` over `points` points and returns its leaves.
std::size_t octree_by_pcl(const float* x, const float* y, const float* z, std::size_t points, double edge_m);

// The most memory the process held since the last call of begin_peak_memory, beyond what it held then; bytes.
// 0 where the system does not tell.
void begin_peak_memory();
std::size_t peak_memory();

}  // namespace sweepmark::bench
