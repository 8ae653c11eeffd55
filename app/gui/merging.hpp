// Making one object of two: the first is named, and the next object that is selected, in whatever list or
// view, goes into it.
#pragma once

#include <string>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// The selected object waits for the one that is to go into it.
void begin_merge(GuiContext& context);
// What the status line says while it waits: what a click does and how to leave. Empty where nothing waits.
std::string merge_hint(const GuiContext& context);
// Esc. False where nothing waited.
bool leave_merge(GuiContext& context);
// Does what is waited for. To be called once a frame, after the hand has had its say.
void settle_merge(GuiContext& context);

}  // namespace sweepmark::gui
