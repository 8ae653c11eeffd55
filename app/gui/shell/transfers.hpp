// Export and import in the background: what their dialogs wish for, one at a time.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// Starts what the dialogs wish for. To be called once a frame.
void go_on_with_transfers(GuiContext& context);

}  // namespace sweepmark::gui
