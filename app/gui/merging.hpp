// Making one object of two: the first is named, and the next object that is selected, in whatever list or
// view, goes into it.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// The selected object waits for the one that is to go into it.
void begin_merge(GuiContext& context);
// Does what is waited for. To be called once a frame, after the hand has had its say.
void settle_merge(GuiContext& context);

}  // namespace sweepmark::gui
