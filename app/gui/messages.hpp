// How long what was said stays on the window.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// Drops what was shown long enough, and the oldest where there are too many. Errors stay until they are sent
// away.
void expire_messages(UiState& ui, double now);
// Until the next of them goes; large where none does.
double seconds_to_next_expiry(const UiState& ui, double now);

}  // namespace sweepmark::gui
