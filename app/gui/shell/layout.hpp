// Where everything stands on the window: arithmetic only.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "app/gui/panel.hpp"

namespace sweepmark::gui {

enum class Splitter { left, right, bottom, sides, right_top };

struct SplitterPlace {
  Splitter which;
  Area grip;
  bool moves_sideways;
};

struct Layout {
  std::array<Area, 9> slots;  // by Slot
  std::array<SplitterPlace, 5> splitters;

  const Area& operator[](Slot slot) const { return slots[static_cast<std::size_t>(slot)]; }
};

std::string_view name_of(Slot slot);

// Divides `all` (what lies between menu bar and status line) by the shares of `view`. No two slots overlap,
// none leaves `all`, and none is too small to use as long as the window is at least 1280 × 720 times `scale`.
Layout arrange(const Area& all, float scale, const ViewState& view);

// The main view reaches down over the side views.
void give_sides_to_main(Layout& layout);

// Moves a splitter by pixels, within what arrange would honour.
void move_splitter(ViewState& view, Splitter which, float pixels, const Area& all, float scale);

}  // namespace sweepmark::gui
