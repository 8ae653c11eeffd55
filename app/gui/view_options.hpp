// How points are looked at: a button in the 3D view that opens all there is to choose, and beside it what the
// filters leave out, so that nobody labels filtered points unawares.
#pragma once

#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

// Upper left of the view, below the read-out. Returns the place it takes.
Area draw_view_row(GuiContext& context, const SweepScene& scene, const Area& view);

// "height", "age of label"
std::string_view title_of(PointColouring colouring);
inline constexpr int colourings = static_cast<int>(PointColouring::flat) + 1;

}  // namespace sweepmark::gui
