// Laying sweeps together, in the background.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// As the dialog's choice says. The stack is shown as it grows; the job's cross stops it, and what is there
// stays to be gone on with.
void start_stacking(GuiContext& context);
void drop_stack(GuiContext& context);
bool has_stack(const GuiContext& context);

}  // namespace sweepmark::gui
