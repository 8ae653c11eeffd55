// What is said of an object, as a menu: its absences, whether it stands still, and the ontology's flags and
// choices.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// Between BeginPopup and EndPopup.
void draw_flags_menu(GuiContext& context, const Track& track, TimestampNs time);

}  // namespace sweepmark::gui
