// The vehicle's axes in the corner of the 3D view; a click on an end looks from there.
#pragma once

#include "app/gui/drawing.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

// The square it takes in the upper right corner of a view.
Area gizmo_area(const Area& view);
// Draws and answers clicks. True while the mouse is over it: the click is not for the tool.
bool draw_gizmo(GuiContext& context, const SweepScene& scene, ImDrawList& list, const Area& view);

}  // namespace sweepmark::gui
