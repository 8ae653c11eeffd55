// Which page the batch view shows of an object: in time order the one that has the cursor, for review pages
// of the sweeps where something may be wrong.
#pragma once

#include "app/gui/batch_memory.hpp"
#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// The page of a track that is shown now. For review it may be empty: there is nothing to look at.
BatchPage shown_page(GuiContext& context, const Track& track);
// The page that a turn would lead to in the direction of the last step, for loading ahead; empty where none
// is.
BatchPage page_ahead(GuiContext& context, const Track& track);

// Opens the batch view at the first page for review of the selected object; where one is shown already, the
// next page. After the last it begins again, with the labels as they are by then.
void review_next(GuiContext& context);
void show_in_time_order(GuiContext& context);
// Leafs a page on or back, in the order that is shown.
void turn_page(GuiContext& context, bool forward);

}  // namespace sweepmark::gui
