// Where the clipping box comes from.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// Each sets the box and turns clipping on.
// Round the selected box, half a metre larger; false where none is selected.
bool clip_to_selected(GuiContext& context);
// What the 3D view shows about the place it looks at: as wide as the view and as deep, turned with it, ten
// metres up and down.
void clip_to_view(GuiContext& context);
// On and off; where there is none in this drive, round the selected box, else about what the view shows.
void toggle_clipping(GuiContext& context);

}  // namespace sweepmark::gui
