#include "render/eye_dome.hpp"

#include <numbers>

namespace sweepmark {

namespace {
constexpr double usual_darkening = 150.0;
constexpr int reach_by_depth = 2;  // pixels, where squares differ in size
}  // namespace

EyeDomeScale eye_dome_scale(const PointStyle& style, const PointSquares& squares, const ViewCamera& camera) {
  EyeDomeScale scale;
  scale.perspective = !camera.orthographic;
  scale.per_metre = static_cast<float>(1.0 / (std::numbers::ln2 * camera.distance));
  scale.darkening = static_cast<float>(usual_darkening * std::max(style.eye_dome, 0.0));
  // Nearer than a square's edge a neighbour is mostly the same point.
  scale.reach = squares.by_depth ? std::min(squares.largest, reach_by_depth) : squares.largest;
  return scale;
}

}  // namespace sweepmark
