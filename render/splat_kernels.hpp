// The two inner loops of software drawing, for each instruction set. All give the same bits.
//
// A picture under work is a grid of 64-bit keys, depth bits above and point id below: the lesser key is
// nearer, or of the lower id where two are equally near, so "smallest key wins" is the whole of hidden-point
// removal and independent of order and threads. A depth is positive, so its IEEE bits order as integers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "render/cloud_projection.hpp"

namespace sweepmark {

using PixelKey = std::int64_t;
inline constexpr PixelKey no_point = std::numeric_limits<PixelKey>::max();
inline std::uint32_t id_of(PixelKey key) {
  return static_cast<std::uint32_t>(key & 0xffffffff);
}

// Keys row by row. Only points whose u and v lie in the bounds are drawn; the bounds lie within the grid.
struct KeyGrid {
  PixelKey* keys = nullptr;
  std::uint32_t stride = 0;
  float u_begin = 0, u_end = 0, v_begin = 0, v_end = 0;
};

// Points begin … end − 1 of the arrays; point i has the id first_id + i.
struct SplatRun {
  const float* x = nullptr;
  const float* y = nullptr;
  const float* z = nullptr;
  std::size_t begin = 0, end = 0;
  std::uint32_t first_id = 0;
};

struct SplatKernels {
  std::string_view name;
  // Lowers the one key each point falls on.
  void (*splat)(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid);
  // out[i] = min(a[i], b[i]); out may be a or b.
  void (*lesser)(PixelKey* out, const PixelKey* a, const PixelKey* b, std::size_t count);
};

const SplatKernels& scalar_kernels();
const SplatKernels* avx2_kernels();  // null where the processor or the build has none
const SplatKernels& best_kernels();  // the fastest this processor runs

}  // namespace sweepmark
