#include "app/gui/panel.hpp"
#include "app/gui/side_view.hpp"

namespace sweepmark::gui {

Panel panel_side_rear() {
  return {"side_rear", "Rear", Slot::side_rear, [](GuiContext& context, const Area& area) { draw_side_view(context, area, BoxSide::rear); }};
}

}  // namespace sweepmark::gui
