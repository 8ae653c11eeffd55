// Rectangles for what is slim: people, bicycles, motorcycles. Few of their points lie on the sides of a box,
// so their middle and their direction count and not their outline.
#pragma once

#include <optional>

#include "core/assist/box_fit.hpp"
#include "core/assist/box_fit_score.hpp"

namespace sweepmark {

// The rectangle of the figure among `members` (numbers in `around.standing`) at `start`. The middle of the
// filled cells is followed from there (mean shift: Comaniciu and Meer, "Mean shift: a robust approach toward
// feature space analysis", PAMI 2002), which parts people who walk side by side. A bicycle lies along the
// first principal axis of its cells; a person faces across the line of the shoulders, the first principal
// axis at the height of the chest. Sizes are what was seen, held to the usual ones; what is missing of them
// is behind what was seen. Empty where fewer than three cells are filled. A request's heading is kept within
// 20°.
std::optional<FittedRectangle> slim_rectangle(const Surroundings& around,
                                              const std::vector<std::uint32_t>& members,
                                              const Eigen::Vector2d& start, const FitRequest& request);

}  // namespace sweepmark
