#include <algorithm>
#include <bit>

#include "render/splat_block.hpp"

namespace sweepmark {

namespace {

void splat(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid) {
  SplatBlock block(grid.keys);
  splat_each(run, projection, grid, run.begin, block);
  block.flush();
}

void lesser(PixelKey* out, const PixelKey* a, const PixelKey* b, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) out[i] = std::min(a[i], b[i]);
}

}  // namespace

void splat_each(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid,
                std::size_t begin, SplatBlock& block) {
  for (std::size_t i = begin; i < run.end; ++i) {
    const float x = run.x[i], y = run.y[i], z = run.z[i];
    const float depth = value_at(projection.depth, x, y, z);
    const float scale = projection.perspective ? 1.0f / depth : 1.0f;
    const float u = value_at(projection.u, x, y, z) * scale;
    const float v = value_at(projection.v, x, y, z) * scale;
    // Written so that a NaN is outside.
    if (!(depth >= projection.near && depth <= projection.far && u >= grid.u_begin && u < grid.u_end &&
          v >= grid.v_begin && v < grid.v_end))
      continue;
    block.place[block.count] = static_cast<std::uint32_t>(v) * grid.stride + static_cast<std::uint32_t>(u);
    block.depth_bits[block.count] = std::bit_cast<std::uint32_t>(depth);
    block.id[block.count] = run.first_id + static_cast<std::uint32_t>(i);
    block.expect(block.count);
    if (++block.count >= SplatBlock::full) block.flush();
  }
}

const SplatKernels& scalar_kernels() {
  static const SplatKernels kernels{"scalar", splat, lesser};
  return kernels;
}

const SplatKernels& best_kernels() {
  const SplatKernels* avx2 = avx2_kernels();
  return avx2 ? *avx2 : scalar_kernels();
}

}  // namespace sweepmark
