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

}  // namespace sweepmark
