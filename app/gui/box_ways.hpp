// The box tool's choices: what its clicks mean.
#pragma once

#include "app/gui/gui_context.hpp"
#include "app/gui/input/places.hpp"

namespace sweepmark::gui {

// As an action names it: "box_way.click".
std::string_view action_of(BoxWay way);
// Takes up the box tool in that way; clicks that were begun in another are forgotten.
void take_way(GuiContext& context, BoxWay way);
// What to do next, after so many clicks, for a class of this name.
std::string hint_of(BoxWay way, std::size_t clicks, const std::string& class_name);
// At the bottom of the view, right of the legend; returns its place.
Area draw_box_ways(GuiContext& context, const Area& view);

}  // namespace sweepmark::gui
