#include "render/select_kernels.hpp"

#if defined(__x86_64__)

#include <immintrin.h>

#include "render/wide_rows.hpp"

namespace sweepmark {

namespace {

template <bool perspective>
SWEEPMARK_AVX2 std::size_t select_eights(const SelectRun& run, const CloudProjection& projection,
                                         const PixelMask& mask) {
  const WideProjection wide(projection);
  const __m256 left = _mm256_set1_ps(static_cast<float>(mask.left())),
               right = _mm256_set1_ps(static_cast<float>(mask.right())),
               top = _mm256_set1_ps(static_cast<float>(mask.top())),
               bottom = _mm256_set1_ps(static_cast<float>(mask.bottom()));
  const __m256i words_a_row = _mm256_set1_epi32(static_cast<int>(mask.words_a_row())),
                low_five = _mm256_set1_epi32(31);
  const int* words = reinterpret_cast<const int*>(mask.words().data());
  auto* bytes = reinterpret_cast<std::uint8_t*>(run.bits);  // x86 keeps the lowest byte of a word first
  std::size_t count = 0, i = run.begin;
  for (; i + 8 <= run.end; i += 8) {
    const __m256 x = _mm256_loadu_ps(run.x + i), y = _mm256_loadu_ps(run.y + i),
                 z = _mm256_loadu_ps(run.z + i);
    const auto [u, v, depth] = wide.at<perspective>(x, y, z);
    const __m256 inside =
        _mm256_and_ps(wide.ahead(depth), _mm256_and_ps(within(u, left, right), within(v, top, bottom)));
    if (_mm256_movemask_ps(inside) == 0) continue;
    const __m256i column = _mm256_cvttps_epi32(u), row = _mm256_cvttps_epi32(v);
    const __m256i word = _mm256_add_epi32(_mm256_mullo_epi32(row, words_a_row), _mm256_srli_epi32(column, 5));
    const __m256i held =
        _mm256_mask_i32gather_epi32(_mm256_setzero_si256(), words, word, _mm256_castps_si256(inside), 4);
    const __m256i bit = _mm256_srlv_epi32(held, _mm256_and_si256(column, low_five));
    const int chosen = _mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(bit, 31)));
    bytes[i / 8] = static_cast<std::uint8_t>(chosen);
    count += static_cast<std::size_t>(__builtin_popcount(static_cast<unsigned>(chosen)));
  }
  return count + select_each(run, projection, mask, i);
}

SWEEPMARK_AVX2 std::size_t select(const SelectRun& run, const CloudProjection& projection,
                                  const PixelMask& mask) {
  return projection.perspective ? select_eights<true>(run, projection, mask)
                                : select_eights<false>(run, projection, mask);
}

}  // namespace

const SelectKernels* avx2_select_kernels() {
  static const SelectKernels kernels{select};
  return __builtin_cpu_supports("avx2") ? &kernels : nullptr;
}

}  // namespace sweepmark

#else

namespace sweepmark {
const SelectKernels* avx2_select_kernels() {
  return nullptr;
}
}  // namespace sweepmark

#endif
