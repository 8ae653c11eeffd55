// The three views that look straight at a side of the selected box, with handles to change it.
#pragma once

#include "app/gui/box_edit.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

void draw_side_view(GuiContext& context, const Area& area, BoxSide side);

// Points inside the selected box and beside its faces; worked out once for each box and sweep.
const BoxEvidence& evidence_of(GuiContext& context, const SweepScene& scene, const Box3<Ego>& box);

}  // namespace sweepmark::gui
