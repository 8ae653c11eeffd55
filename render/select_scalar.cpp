#include "render/select_kernels.hpp"

namespace sweepmark {

std::size_t select_each(const SelectRun& run, const CloudProjection& projection, const PixelMask& mask,
                        std::size_t begin) {
  const float left = static_cast<float>(mask.left()), right = static_cast<float>(mask.right()),
              top = static_cast<float>(mask.top()), bottom = static_cast<float>(mask.bottom());
  std::size_t count = 0;
  for (std::size_t i = begin; i < run.end; ++i) {
    const float x = run.x[i], y = run.y[i], z = run.z[i];
    const float depth = value_at(projection.depth, x, y, z);
    if (!(depth >= projection.near && depth <= projection.far)) continue;
    const float scale = projection.perspective ? 1.0f / depth : 1.0f;
    const float u = value_at(projection.u, x, y, z) * scale, v = value_at(projection.v, x, y, z) * scale;
    if (!(u >= left && u < right && v >= top && v < bottom)) continue;
    if (!mask.at(static_cast<int>(u), static_cast<int>(v))) continue;
    run.bits[i / 64] |= std::uint64_t{1} << (i % 64);
    ++count;
  }
  return count;
}

namespace {

std::size_t select(const SelectRun& run, const CloudProjection& projection, const PixelMask& mask) {
  return select_each(run, projection, mask, run.begin);
}

}  // namespace

const SelectKernels& scalar_select_kernels() {
  static const SelectKernels kernels{select};
  return kernels;
}

const SelectKernels& best_select_kernels() {
  const SelectKernels* avx2 = avx2_select_kernels();
  return avx2 ? *avx2 : scalar_select_kernels();
}

}  // namespace sweepmark
