// The small bar beside the selected box: what is done to a box most often, without a way to a panel.
#pragma once

#include "app/gui/drawing.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

// Where the bar goes for a box that takes `bounds` (window pixels): right of it, within `view`.
Area box_bar_area(const Area& bounds, const Area& view);
// Draws it and answers clicks.
void draw_box_bar(GuiContext& context, const SweepScene& scene, const ShownBox& box, const Area& bar);

// Commands that the bar, the inspector and the timeline share.
void set_class(GuiContext& context, TrackId track, ClassId id);
void set_motion(GuiContext& context, TrackId track, Motion motion);
void toggle_keyframe(GuiContext& context, const SweepScene& scene, const ShownBox& box);
const char* name_of(Motion motion);   // "smooth", as commands name it
const char* title_of(Motion motion);  // "Smooth curve"

}  // namespace sweepmark::gui
