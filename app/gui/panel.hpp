// Parts of the window. One file in panels/ each; each draws itself into the area it is given and keeps no
// state of its own.
#pragma once

#include <span>
#include <string_view>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

enum class Slot {
  tool_strip,
  left,
  main_view,
  side_top,
  side_side,
  side_rear,
  right_top,
  right_bottom,
  timeline
};

struct Panel {
  std::string_view name;                                // "objects"
  std::string_view title;                               // "Objects"
  Slot slot;                                            // panels of one slot become tabs, in file order
  void (*draw)(GuiContext& context, const Area& area);  // inside an ImGui child window that covers the area
  bool second = false;                                  // in a slot that has others: a tab behind those
  bool over_sides = false;  // of the main view: takes the room of the side views as well
};

std::span<const Panel> panels();

}  // namespace sweepmark::gui
