#include "app/gui/panel.hpp"
#include "app/gui/side_view.hpp"

namespace sweepmark::gui {

Panel panel_side_side() {
  return {"side_side", "Side", Slot::side_side, [](GuiContext& context, const Area& area) { draw_side_view(context, area, BoxSide::side); }};
}

}  // namespace sweepmark::gui
