// The same object in twenty sweeps side by side.
#include "app/gui/action.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/batch_review.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {
namespace {

bool is_open(const GuiContext& context) {
  return has_drive(context) && batch_is_open(context.ui);
}
bool has_marked(const GuiContext& context) {
  return is_open(context) && context.ui.selected && !context.resources.memory().batch.marked.empty();
}

void next_look(GuiContext& context) {
  BatchLook& look = context.resources.memory().batch.look;
  look = static_cast<BatchLook>((static_cast<int>(look) + 1) % 4);
}

}  // namespace

ActionFamily actions_batch() {
  return {
      {"batch.toggle", "Twenty sweeps side by side", "Batch", "J", has_drive, toggle_batch, false, is_open},
      {"batch.review", "Review the object: page after page", "Batch", "Y", has_selection, review_next},
      {"batch.time_order", "In time order", "Batch", "Shift+Y", is_open, show_in_time_order},
      {"batch.look", "Next side: top, side, rear, both", "Batch", "Shift+J", is_open, next_look},
      {"batch.mark_page", "Mark or unmark all cells (Ctrl+A)", "Batch", "", is_open, mark_page},
      {"batch.accept", "Accept the marked boxes", "Batch", "", has_marked, accept_marked},
      {"batch.absent", "Gone from the marked sweeps, or there again", "Batch", "", has_marked,
       toggle_marked_absent},
      {"batch.clear", "Remove the marked keyframes", "Batch", "", has_marked, clear_marked},
  };
}

}  // namespace sweepmark::gui
