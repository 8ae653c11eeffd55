#include "app/gui/batch_view.hpp"
#include "app/gui/panel.hpp"

namespace sweepmark::gui {

Panel panel_batch() {
  return {"batch", "Batch", Slot::main_view, draw_batch, true, true};
}

}  // namespace sweepmark::gui
