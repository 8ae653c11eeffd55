#include "app/gui/panel.hpp"
#include "app/gui/side_view.hpp"

namespace sweepmark::gui {

Panel panel_side_top() {
  return {"side_top", "Top", Slot::side_top, [](GuiContext& context, const Area& area) { draw_side_view(context, area, BoxSide::top); }};
}

}  // namespace sweepmark::gui
