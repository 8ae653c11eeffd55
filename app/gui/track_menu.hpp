// What can be done to an object as a whole: the same entries wherever an object is listed.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// The entries, inside a popup. They act on the selected object.
void draw_track_menu(GuiContext& context);

// "Car 12", or its name where a person gave one: "the red van (12)".
std::string title_of(const Document& document, const Track& track);

}  // namespace sweepmark::gui
