// A stack as one file for other programs.
#pragma once

#include <cstddef>
#include <filesystem>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"

namespace sweepmark {

// Writes all points of a complete stack as binary PLY 1.0 or PCD 0.7, by the target's ending: x, y, z in
// world metres (float32, or float64 where coordinates exceed 10 km), intensity (float32, where the stack has
// it), sweep and row (uint32), block by block from coarse to fine. One block is in memory at a time; the
// target appears when it is whole. Returns the points written. Movers in frames of their own have no place in
// the world and are not in it.
Result<std::size_t> export_stack(const std::filesystem::path& stack, const std::filesystem::path& target,
                                 const Progress& progress = {});

}  // namespace sweepmark
