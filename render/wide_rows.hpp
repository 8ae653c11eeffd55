// Planes for eight points at a time. Only for files that are built for x86-64.
#pragma once

#include <immintrin.h>

#include "render/cloud_projection.hpp"

// Without "fma": a fused multiply-add rounds once where the scalar code rounds twice, and the pictures would
// differ.
#define SWEEPMARK_AVX2 __attribute__((target("avx2")))

namespace sweepmark {

struct WideRow {
  __m256 x, y, z, constant;
};

SWEEPMARK_AVX2 inline WideRow widened(const PlaneRow& row) {
  return {_mm256_set1_ps(row[0]), _mm256_set1_ps(row[1]), _mm256_set1_ps(row[2]), _mm256_set1_ps(row[3])};
}

// In the order of operations of the scalar value_at.
SWEEPMARK_AVX2 inline __m256 value_at(const WideRow& row, __m256 x, __m256 y, __m256 z) {
  const __m256 xy = _mm256_add_ps(_mm256_mul_ps(row.x, x), _mm256_mul_ps(row.y, y));
  return _mm256_add_ps(_mm256_add_ps(xy, _mm256_mul_ps(row.z, z)), row.constant);
}

// Where eight points lie, as CloudProjection says it of one.
struct WidePixels {
  __m256 u, v, depth;
};

class WideProjection {
 public:
  SWEEPMARK_AVX2 explicit WideProjection(const CloudProjection& projection)
      : u_(widened(projection.u)),
        v_(widened(projection.v)),
        depth_(widened(projection.depth)),
        near_(_mm256_set1_ps(projection.near)),
        far_(_mm256_set1_ps(projection.far)) {}

  template <bool perspective>
  SWEEPMARK_AVX2 WidePixels at(__m256 x, __m256 y, __m256 z) const {
    WidePixels pixels{value_at(u_, x, y, z), value_at(v_, x, y, z), value_at(depth_, x, y, z)};
    if constexpr (perspective) {
      const __m256 scale = _mm256_div_ps(_mm256_set1_ps(1.0f), pixels.depth);
      pixels.u = _mm256_mul_ps(pixels.u, scale);
      pixels.v = _mm256_mul_ps(pixels.v, scale);
    }
    return pixels;
  }
  // Lanes from near to far. Ordered comparisons here and below: a NaN is outside.
  SWEEPMARK_AVX2 __m256 ahead(__m256 depth) const {
    return _mm256_and_ps(_mm256_cmp_ps(depth, near_, _CMP_GE_OQ), _mm256_cmp_ps(depth, far_, _CMP_LE_OQ));
  }

 private:
  WideRow u_, v_, depth_;
  __m256 near_, far_;
};

// Lanes from `begin` on that lie before `end`.
SWEEPMARK_AVX2 inline __m256 within(__m256 value, __m256 begin, __m256 end) {
  return _mm256_and_ps(_mm256_cmp_ps(value, begin, _CMP_GE_OQ), _mm256_cmp_ps(value, end, _CMP_LT_OQ));
}

}  // namespace sweepmark
