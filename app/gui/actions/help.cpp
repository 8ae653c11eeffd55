// The palette and the sheet of all keys.
#include "app/gui/action.hpp"
#include "app/gui/shell/shell_state.hpp"

namespace sweepmark::gui {
namespace {

void toggle_palette(GuiContext& context) {
  context.ui.help_open = false;
  context.ui.palette_open = !context.ui.palette_open;
  context.shell->palette = {.query = "", .selected = 0, .just_opened = context.ui.palette_open};
}

void toggle_keys(GuiContext& context) {
  context.ui.palette_open = false;
  context.ui.help_open = !context.ui.help_open;
}

}  // namespace

ActionFamily actions_help() {
  return {
      {"help.palette", "Any command…", "Help", "Ctrl+P", nullptr, toggle_palette},
      {"help.keys", "All keys", "Help", "F1", nullptr, toggle_keys},
  };
}

}  // namespace sweepmark::gui
