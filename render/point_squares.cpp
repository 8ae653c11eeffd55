#include "render/point_squares.hpp"

#include <algorithm>

namespace sweepmark {

PointSquares point_squares(const PointStyle& style, const ViewCamera& camera, Viewport viewport) {
  PointSquares squares;
  if (!(style.size_m > 0.0)) {
    squares.largest = std::clamp(style.size_px, 1, largest_square);
    return squares;
  }
  // Pixels that the square has, times the depth where that shrinks it.
  const double scale =
      style.size_m * (camera.orthographic ? 1.0 : camera.distance) / camera.metres_per_pixel(viewport);
  if (camera.orthographic) {
    squares.largest = static_cast<int>(std::clamp(scale + 0.5, 1.0, static_cast<double>(largest_square)));
    return squares;
  }
  squares.by_depth = true;
  const double near = depth_range(camera).near;
  for (int d = 1; d < largest_square; ++d) {
    const double reach = scale / (d + 0.5);  // rounded to the nearest pixel
    squares.reach[static_cast<std::size_t>(d - 1)] = static_cast<float>(reach);
    if (reach >= near) squares.largest = d + 1;
  }
  return squares;
}

}  // namespace sweepmark
