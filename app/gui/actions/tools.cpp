// One action for each tool: it takes the tool up, or lays it down where it is in hand already.
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "app/gui/action.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/tool.hpp"

namespace sweepmark::gui {
namespace {

constexpr std::size_t most_tools = 16;  // as many functions are made, one for each place in the registry

void take(GuiContext& context, const Tool& tool) {
  for (const Tool& other : tools())
    if (other.name == context.ui.tool && other.cancel) other.cancel(context);
  context.ui.draft.reset();
  context.ui.main_view = "view3d";  // where tools work
  context.ui.tool = context.ui.tool == tool.name ? "select" : std::string(tool.name);
}

template <std::size_t Index>
void take_nth(GuiContext& context) {
  take(context, tools()[Index]);
}

template <std::size_t... Index>
std::array<void (*)(GuiContext&), sizeof...(Index)> takers(std::index_sequence<Index...>) {
  return {take_nth<Index>...};
}

}  // namespace

ActionFamily actions_tools() {
  // Actions name themselves by views: the names live as long as the program.
  static const std::vector<std::string> names = [] {
    std::vector<std::string> list;
    for (const Tool& tool : tools()) list.push_back("tool." + std::string(tool.name));
    return list;
  }();
  const auto functions = takers(std::make_index_sequence<most_tools>());
  ActionFamily actions;
  for (std::size_t i = 0; i < tools().size() && i < most_tools; ++i)
    actions.push_back({names[i], tools()[i].title, "Tools", tools()[i].keys, has_drive, functions[i]});
  return actions;
}

}  // namespace sweepmark::gui
