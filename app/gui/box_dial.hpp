// One dimension of the box at a time: Z, X, C choose it, ± and Ctrl+wheel change it.
#pragma once

#include <string>

#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

// Chooses an axis; the same one again changes between the extent along it and the place.
void choose_axis(UiState& ui, int axis);
// "± and Ctrl+wheel: length · Z again: move along it"
std::string said_of(const BoxDial& dial);
// One step of the dial: longer, or moved ahead, left or up.
Box3<Ego> dialled(const Box3<Ego>& box, const BoxDial& dial, double metres);
// Ctrl+wheel over a view: the draft of the shown box follows, and becomes one command when Ctrl is let go.
void take_dial_wheel(GuiContext& context, bool hovered);

}  // namespace sweepmark::gui
