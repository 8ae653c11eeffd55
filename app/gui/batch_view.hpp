// The batch view: the selected object in twenty sweeps side by side, each box edited in its own cell.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

void draw_batch(GuiContext& context, const Area& area);

}  // namespace sweepmark::gui
