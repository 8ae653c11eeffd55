// The row of buttons over the cells of the batch view: from where boxes are seen, in which order, the pages,
// and what is to become of marked cells.
#pragma once

#include "app/gui/batch_page.hpp"
#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// `page` may be empty: then there is nothing to leaf through.
void draw_batch_header(GuiContext& context, const BatchPage& page, const Area& area);

}  // namespace sweepmark::gui
