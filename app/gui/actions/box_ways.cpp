// What the clicks of the box tool mean.
#include "app/gui/box_ways.hpp"
#include "app/gui/action.hpp"
#include "app/gui/selection.hpp"

namespace sweepmark::gui {
namespace {

template <BoxWay Way>
Action way_action(std::string_view title, std::string_view keys) {
  return {action_of(Way), title,
          "Tools",        keys,
          has_drive,      [](GuiContext& context) { take_way(context, Way); },
          false,          [](const GuiContext& context) { return context.ui.box_way == Way; }};
}

}  // namespace

ActionFamily actions_box_ways() {
  return {
      way_action<BoxWay::click>("Box by a click", "Shift+1"),
      way_action<BoxWay::three_clicks>("Box by three clicks", "Shift+2"),
      way_action<BoxWay::corners>("Box by two corners", "Shift+3"),
      way_action<BoxWay::copy>("Box as the last of its class", "Shift+4"),
  };
}

}  // namespace sweepmark::gui
