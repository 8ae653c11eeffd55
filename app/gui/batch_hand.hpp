// What keys act on while the batch view is open: the cell under the mouse, or the cells that were marked.
#pragma once

#include <cstddef>
#include <set>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

bool batch_is_open(const UiState& ui);
void toggle_batch(GuiContext& context);
// Marks first, then the view. False where there was nothing to leave.
bool leave_batch(GuiContext& context);

// The sweep of the cell under the mouse; without one, the sweep under the cursor.
std::size_t sweep_in_hand(const UiState& ui);
bool has_marks(GuiContext& context);
const std::set<std::size_t>& marked_sweeps(GuiContext& context);
// Marks the whole page, or unmarks everything where the whole page is marked already.
void mark_page(GuiContext& context);

// The boxes of the marked cells become keyframes that a person placed, as they are.
void accept_marked(GuiContext& context);
// The same for one cell.
void accept_cell(GuiContext& context, std::size_t sweep);
// The marked cells lose their keyframes; those without one stay as they are. An object that loses its last
// one goes, and that is said.
void clear_marked(GuiContext& context);
// The same for the keyframe of the selected object at one sweep.
void clear_cell(GuiContext& context, std::size_t sweep);
// The object is gone from the marked cells; where it is gone from all of them already, it is there again.
void toggle_marked_absent(GuiContext& context);

}  // namespace sweepmark::gui
