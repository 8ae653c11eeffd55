// The rectangle that explains best what was seen of an object.
#pragma once

#include <optional>
#include <vector>

#include "core/assist/box_fit_score.hpp"

namespace sweepmark {

// Where to look: the cells an object may fill, the place it was pointed at, what is known of it.
struct SearchSpace {
  const std::vector<Eigen::Vector2d>& cells;
  const DirectionalView& view;
  const SizePrior& prior;
  Eigen::Vector2d held;
  // What hangs together with that place by middling steps: mostly of the object.
  const std::vector<Eigen::Vector2d>& company;
  std::optional<double> line;  // direction of the length: only angles within 20° are tried
};

// Rectangles at angles `step` radians apart, best first, no more than `most`.
std::vector<FittedRectangle> rectangles(const SearchSpace& space, double step, std::size_t most);

// The same between `yaw` − `reach` and `yaw` + `reach`.
std::vector<FittedRectangle> rectangles_about(const SearchSpace& space, double yaw, double reach, double step,
                                              std::size_t most);

double between_lines(double a, double b);  // radians between two headings modulo half a turn

}  // namespace sweepmark
