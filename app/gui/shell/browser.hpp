// A file browser inside the window: the same on every desktop, and recordings can drive it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

struct BrowserEntry {
  std::string name;
  bool is_folder = false;
  std::uintmax_t bytes = 0;  // of a file
};

struct Browser {
  std::filesystem::path folder;
  std::vector<BrowserEntry>
      entries;  // folders first, then files, each in natural order; hidden ones are left out
  std::string filter;
  int selected = -1;       // in what the filter lets through
  std::string problem;     // why the folder cannot be read
  std::string recognised;  // what the folder is, where a drive reader knows it
  bool focus_filter = false;
};

// Lists a folder. Where it cannot be read, `problem` says so and the list is empty.
void browse(Browser& browser, const std::filesystem::path& folder);

// Indices into entries that the filter lets through.
std::vector<int> filtered(const Browser& browser);

// Draws breadcrumbs, filter and list in the room that is left of the window but for `below` pixels. Arrow
// keys and Enter go through the list. Returns the path that was chosen by a double click on a file or Enter
// on one; folders are entered.
std::optional<std::filesystem::path> draw_browser(GuiContext& context, Browser& browser, float below);

}  // namespace sweepmark::gui
