#include <algorithm>
#include <bit>

#include "render/eye_dome.hpp"
#include "render/splat_block.hpp"

namespace sweepmark {

namespace {

void splat(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid) {
  SplatBlock block(grid);
  splat_each(run, projection, grid, run.begin, block);
  block.flush();
}

void lesser(PixelKey* out, const PixelKey* a, const PixelKey* b, PixelKey last, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) out[i] = b[i] < a[i] && b[i] <= last ? b[i] : a[i];
}

void shade(const EyeDomeRows& rows, std::uint32_t* rgba, std::size_t count) {
  shade_pixels(rows, rgba, count);
}

bool is_shown(const SplatRun& run, std::size_t i) {
  return !run.shown || (run.shown[i / 8] >> (i % 8) & 1u);
}

// Half of the pixels that a square has more than one.
float half_aside(const PointSquares& squares, float depth) {
  float aside = 0.0f;
  for (int d = 1; d < squares.largest; ++d)
    if (depth <= squares.reach[static_cast<std::size_t>(d - 1)]) aside += 0.5f;
  return aside;
}

}  // namespace

void splat_each(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid,
                std::size_t begin, SplatBlock& block) {
  for (std::size_t i = begin; i < run.end; ++i) {
    const float x = run.x[i], y = run.y[i], z = run.z[i];
    const float depth = value_at(projection.depth, x, y, z);
    const float scale = projection.perspective ? 1.0f / depth : 1.0f;
    float u = value_at(projection.u, x, y, z) * scale;
    float v = value_at(projection.v, x, y, z) * scale;
    if (grid.squares.by_depth) {
      const float aside = half_aside(grid.squares, depth);
      u -= aside;
      v -= aside;
    }
    // Written so that a NaN is outside.
    if (!(depth >= projection.near && depth <= projection.far && u >= grid.u_begin && u < grid.u_end &&
          v >= grid.v_begin && v < grid.v_end) ||
        !is_shown(run, i))
      continue;
    block.place[block.count] =
        static_cast<std::uint32_t>(v) * grid.stride + static_cast<std::uint32_t>(u) + grid.first_column;
    block.depth_bits[block.count] = std::bit_cast<std::uint32_t>(depth);
    block.id[block.count] = run.first_id + static_cast<std::uint32_t>(i);
    block.expect(block.count);
    if (++block.count >= SplatBlock::full) block.flush();
  }
}

const SplatKernels& scalar_kernels() {
  static const SplatKernels kernels{"scalar", splat, lesser, shade};
  return kernels;
}

const SplatKernels& best_kernels() {
  const SplatKernels* avx2 = avx2_kernels();
  return avx2 ? *avx2 : scalar_kernels();
}

}  // namespace sweepmark
