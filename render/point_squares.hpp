// How large the square of a point is drawn.
#pragma once

#include <array>

#include "render/point_backend.hpp"

namespace sweepmark {

inline constexpr int largest_square = 8;  // pixels

// Squares of one size in pixels, or (in perspective, for a size in metres) of a size by depth.
struct PointSquares {
  int largest = 1;  // pixels; without `by_depth` the edge of every square
  bool by_depth = false;
  // A square is wider than d pixels up to the depth reach[d − 1]; descending. So of two points the nearer has
  // the larger square, which the software backend relies on. Not of use without `by_depth`.
  std::array<float, largest_square - 1> reach{};

  // What is added to a pixel coordinate so that its whole part is where the square begins: a square of even
  // size is centred on the point itself, rounded to whole pixels; of odd size on the point's pixel. By depth
  // half a pixel is left to take off for each pixel more than one.
  double shift() const { return by_depth ? 0.0 : -0.5 * (largest - 1); }
};
PointSquares point_squares(const PointStyle& style, const ViewCamera& camera, Viewport viewport);

}  // namespace sweepmark
