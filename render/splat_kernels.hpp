// The inner loops of software drawing, for each instruction set. All give the same bits.
//
// A picture under work is a grid of 64-bit keys, depth bits above and point id below: the lesser key is
// nearer, or of the lower id where two are equally near, so "smallest key wins" is the whole of hidden-point
// removal and independent of order and threads. A depth is positive, so its IEEE bits order as integers.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "render/cloud_projection.hpp"
#include "render/point_squares.hpp"

namespace sweepmark {

using PixelKey = std::int64_t;
inline constexpr PixelKey no_point = std::numeric_limits<PixelKey>::max();
inline std::uint32_t id_of(PixelKey key) {
  return static_cast<std::uint32_t>(key & 0xffffffff);
}
inline float depth_of(PixelKey key) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(key >> 32));
}
// The greatest key of a depth.
inline PixelKey last_key_at(float depth) {
  return static_cast<PixelKey>(std::bit_cast<std::uint32_t>(depth)) << 32 | 0xffffffff;
}

inline constexpr std::uint32_t keys_a_block = 64;

// Keys row by row, a whole number of blocks each. Only points whose u and v lie in the bounds are drawn; the
// bounds lie within the grid.
struct KeyGrid {
  PixelKey* keys = nullptr;
  std::uint8_t* touched = nullptr;  // a byte a block, set to 1 where a key is lowered
  std::uint32_t stride = 0;
  std::uint32_t first_column = 0;  // where u = 0 is
  float u_begin = 0, u_end = 0, v_begin = 0, v_end = 0;
  PointSquares squares;  // the place that is written is where the square begins
};

// Points begin … end − 1 of the arrays; point i has the id first_id + i.
struct SplatRun {
  const float* x = nullptr;
  const float* y = nullptr;
  const float* z = nullptr;
  std::size_t begin = 0, end = 0;
  std::uint32_t first_id = 0;
  // A bit a point, the lowest of a byte first, 0 where it is not drawn; two bytes past the last may be read.
  // Null: all are drawn.
  const std::uint8_t* shown = nullptr;
};

// See eye_dome.hpp.
struct EyeDomeRows;

struct SplatKernels {
  std::string_view name;
  // Lowers the one key each point falls on.
  void (*splat)(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid);
  // out[i] = min(a[i], b[i]), of b only what is not past `last`; out may be a or b.
  void (*lesser)(PixelKey* out, const PixelKey* a, const PixelKey* b, PixelKey last, std::size_t count);
  void (*shade)(const EyeDomeRows& rows, std::uint32_t* rgba, std::size_t count);
};

const SplatKernels& scalar_kernels();
const SplatKernels* avx2_kernels();  // null where the processor or the build has none
const SplatKernels& best_kernels();  // the fastest this processor runs

}  // namespace sweepmark
