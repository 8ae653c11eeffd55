#include "render/eye_dome.hpp"
#include "render/splat_block.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#include <cstring>

#include "render/wide_rows.hpp"

namespace sweepmark {

namespace {

// For each mask of eight lanes, the lanes that are set, moved to the front.
struct LaneTable {
  alignas(32) std::uint32_t lanes[256][8] = {};

  constexpr LaneTable() {
    for (unsigned mask = 0; mask < 256; ++mask)
      for (unsigned lane = 0, next = 0; lane < 8; ++lane)
        if (mask >> lane & 1u) lanes[mask][next++] = lane;
  }
};
constexpr LaneTable lane_table;

SWEEPMARK_AVX2 inline void append(SplatBlock& block, unsigned mask, __m256i place, __m256i depth,
                                  __m256i id) {
  const __m256i lanes = _mm256_load_si256(reinterpret_cast<const __m256i*>(lane_table.lanes[mask]));
  const auto store = [](std::uint32_t* to, __m256i values)
                         SWEEPMARK_AVX2 { _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), values); };
  store(&block.place[block.count], _mm256_permutevar8x32_epi32(place, lanes));
  store(&block.depth_bits[block.count], _mm256_permutevar8x32_epi32(depth, lanes));
  store(&block.id[block.count], _mm256_permutevar8x32_epi32(id, lanes));
  const std::size_t end = block.count + static_cast<std::size_t>(__builtin_popcount(mask));
  for (; block.count < end; ++block.count) block.expect(block.count);
  if (block.count >= SplatBlock::full) block.flush();
}

// The bits of points i … i + 7.
inline unsigned shown_bits(const std::uint8_t* shown, std::size_t i) {
  std::uint16_t two_bytes;
  std::memcpy(&two_bytes, shown + i / 8, sizeof two_bytes);
  return two_bytes >> (i % 8) & 0xffu;
}

// Half of the pixels that a square has more than one.
SWEEPMARK_AVX2 inline __m256 half_aside(const PointSquares& squares, __m256 depth) {
  __m256 aside = _mm256_setzero_ps();
  for (int d = 1; d < squares.largest; ++d) {
    const __m256 reach = _mm256_set1_ps(squares.reach[static_cast<std::size_t>(d - 1)]);
    aside =
        _mm256_add_ps(aside, _mm256_and_ps(_mm256_cmp_ps(depth, reach, _CMP_LE_OQ), _mm256_set1_ps(0.5f)));
  }
  return aside;
}

template <bool perspective>
SWEEPMARK_AVX2 void splat_eights(const SplatRun& run, const CloudProjection& projection,
                                 const KeyGrid& grid) {
  const WideProjection wide(projection);
  const __m256 u_begin = _mm256_set1_ps(grid.u_begin), u_end = _mm256_set1_ps(grid.u_end);
  const __m256 v_begin = _mm256_set1_ps(grid.v_begin), v_end = _mm256_set1_ps(grid.v_end);
  const __m256i stride = _mm256_set1_epi32(static_cast<int>(grid.stride)),
                first_column = _mm256_set1_epi32(static_cast<int>(grid.first_column));
  const __m256i steps = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
  const auto [xs, ys, zs, begin, end, first_id, shown] = run;  // copies: what is written may not be these
  const bool by_depth = grid.squares.by_depth;
  SplatBlock block(grid);
  std::size_t i = begin;
  for (; i + 8 <= end; i += 8) {
    const __m256 x = _mm256_loadu_ps(xs + i), y = _mm256_loadu_ps(ys + i), z = _mm256_loadu_ps(zs + i);
    auto [u, v, depth] = wide.at<perspective>(x, y, z);
    if (perspective && by_depth) {
      const __m256 aside = half_aside(grid.squares, depth);
      u = _mm256_sub_ps(u, aside);
      v = _mm256_sub_ps(v, aside);
    }
    const __m256 inside =
        _mm256_and_ps(wide.ahead(depth), _mm256_and_ps(within(u, u_begin, u_end), within(v, v_begin, v_end)));
    auto mask = static_cast<unsigned>(_mm256_movemask_ps(inside));
    if (shown) mask &= shown_bits(shown, i);
    if (mask == 0) continue;
    const __m256i column = _mm256_add_epi32(_mm256_cvttps_epi32(u), first_column);
    const __m256i place = _mm256_add_epi32(_mm256_mullo_epi32(_mm256_cvttps_epi32(v), stride), column);
    const __m256i id = _mm256_add_epi32(
        _mm256_set1_epi32(static_cast<int>(first_id + static_cast<std::uint32_t>(i))), steps);
    append(block, mask, place, _mm256_castps_si256(depth), id);
  }
  splat_each(run, projection, grid, i, block);
  block.flush();
}

SWEEPMARK_AVX2 void splat(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid) {
  if (projection.perspective)
    splat_eights<true>(run, projection, grid);
  else
    splat_eights<false>(run, projection, grid);
}

SWEEPMARK_AVX2 void lesser(PixelKey* out, const PixelKey* a, const PixelKey* b, PixelKey last,
                           std::size_t count) {
  const __m256i latest = _mm256_set1_epi64x(last);
  std::size_t i = 0;
  for (; i + 4 <= count; i += 4) {
    const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i));
    const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(b + i));
    const __m256i take_second =
        _mm256_andnot_si256(_mm256_cmpgt_epi64(second, latest), _mm256_cmpgt_epi64(first, second));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + i), _mm256_blendv_epi8(first, second, take_second));
  }
  for (; i < count; ++i) out[i] = b[i] < a[i] && b[i] <= last ? b[i] : a[i];
}

SWEEPMARK_AVX2 void shade(const EyeDomeRows& rows, std::uint32_t* rgba, std::size_t count) {
  shade_pixels(rows, rgba, count);
}

}  // namespace

const SplatKernels* avx2_kernels() {
  static const SplatKernels kernels{"avx2", splat, lesser, shade};
  return __builtin_cpu_supports("avx2") ? &kernels : nullptr;
}

}  // namespace sweepmark

#else

namespace sweepmark {
const SplatKernels* avx2_kernels() {
  return nullptr;
}
}  // namespace sweepmark

#endif
