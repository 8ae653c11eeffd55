// Eye-dome lighting: a pixel is darkened by how much nearer than it its neighbours are (C. Boucheny,
// "Visualisation scientifique de grands volumes de données", 2009; as CloudCompare and Potree do it). Nothing
// but depths is needed, so clouds without normals show their shapes.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

#include "render/point_squares.hpp"

namespace sweepmark {

// Depth as the shading compares it. In perspective its binary logarithm, so that a step shades alike at every
// distance; in an orthographic view, where a pixel is equally wide at every depth, depth times a constant
// that agrees with the logarithm at the camera's distance.
struct EyeDomeScale {
  bool perspective = true;
  float per_metre = 0.0f;  // orthographic only
  float darkening = 0.0f;  // halvings of brightness a unit of mean step
  int reach = 1;           // pixels from a pixel to its eight neighbours, along and across
};
EyeDomeScale eye_dome_scale(const PointStyle& style, const PointSquares& squares, const ViewCamera& camera);

// A depth that no pixel has: nothing is drawn there. Not less than any other.
inline constexpr float no_eye_depth = 1e30f;

// Of pixels of one row and the rows `reach` above and below, each from `reach` pixels before the first pixel
// to as many after the last.
struct EyeDomeRows {
  const float* above = nullptr;
  const float* own = nullptr;
  const float* below = nullptr;
  EyeDomeScale scale;
};

// log2 of a positive number within 1.3·10⁻⁴, without steps: the exponent, and for the mantissa a polynomial
// fitted by least squares that is exact at its ends. Plain arithmetic, so that every instruction set and the
// shader agree.
inline float quick_log2(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value);
  const auto exponent = static_cast<float>((bits >> 23) - 127);
  const float s = std::bit_cast<float>((bits & 0x7fffff) | 0x3f800000) - 1.0f;
  return exponent + (s + s * (s - 1.0f) * ((-0.08065316f * s + 0.23750133f) * s - 0.43837933f));
}

// 2^−x for x ≥ 0 within 1.6·10⁻⁴ of its value, likewise; stays what it is at 30 from there on.
inline float quick_exp2_of_minus(float x) {
  const float within = x < 30.0f ? x : 30.0f;
  const auto whole = static_cast<std::int32_t>(within);
  const float part = static_cast<float>(whole) - within;  // −1 … 0
  const float share = 1.0f + 0.5f * part + part * (part + 1.0f) * (0.03957248f * part + 0.19164406f);
  return std::bit_cast<float>(std::bit_cast<std::int32_t>(share) - (whole << 23));
}

inline float eye_depth(const EyeDomeScale& scale, float depth) {
  return scale.perspective ? quick_log2(depth) : depth * scale.per_metre;
}

// The work of SplatKernels::shade, inlined into each instruction set.
__attribute__((always_inline)) inline void shade_pixels(const EyeDomeRows& rows, std::uint32_t* rgba,
                                                        std::size_t count) {
  const int r = rows.scale.reach;
  const float* const neighbours[8] = {rows.above - r, rows.above,     rows.above + r, rows.own - r,
                                      rows.own + r,   rows.below - r, rows.below,     rows.below + r};
  const float halvings = 0.125f * rows.scale.darkening;
  for (std::size_t i = 0; i < count; ++i) {
    const float own = rows.own[i];
    float steps = 0.0f;
    for (const float* neighbour : neighbours) {
      const float step = own - neighbour[i];
      steps += step > 0.0f ? step : 0.0f;
    }
    const float share = own < no_eye_depth ? quick_exp2_of_minus(halvings * steps) : 1.0f;
    const std::uint32_t colour = rgba[i];
    const auto shaded = [&](int shift) {
      const auto channel = static_cast<float>(static_cast<std::int32_t>(colour >> shift & 0xffu));
      return static_cast<std::uint32_t>(static_cast<std::int32_t>(channel * share + 0.5f)) << shift;
    };
    rgba[i] = shaded(0) | shaded(8) | shaded(16) | (colour & 0xff000000u);
  }
}

}  // namespace sweepmark
