// What colours mean in the 3D view, and how long a metre is.
#pragma once

#include "app/gui/view3d_overlay.hpp"

namespace sweepmark::gui {

// Lower left. Returns the place it takes.
Area draw_legend(GuiContext& context, const PointStyle& style, const SweepScene& scene,
                 const OverlayPlace& place);

// Round numbers from low to high, both included where they are round: steps of 1, 2 or 5 times a power of
// ten, at most `most` of them. Empty where high is not above low.
std::vector<double> round_ticks(double low, double high, int most);

}  // namespace sweepmark::gui
