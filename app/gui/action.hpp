// Everything a key, a menu entry, a button or the palette can do, by name. One file in actions/ holds one
// family.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "app/gui/input/keymap.hpp"

namespace sweepmark::gui {

struct Action {
  std::string_view name;   // "box.keyframe"
  std::string_view title;  // "Set keyframe here"
  std::string_view group;  // heading on the F1 sheet: "Boxes"
  std::string_view keys;   // default binding: "K", "Ctrl+Shift+Z"; several with " | "; empty: none
  bool (*enabled)(const GuiContext& context);  // null: always
  void (*run)(GuiContext& context);
  bool repeats = false;                                  // a held key runs it again and again
  bool (*checked)(const GuiContext& context) = nullptr;  // null: it is not something that is on or off
  // A title that says more at the moment: null, or an empty text where it has nothing to say.
  std::string (*title_now)(const GuiContext& context) = nullptr;
};
using ActionFamily = std::vector<Action>;

// All families of actions/, listed by the build.
std::span<const ActionFamily> action_families();

const Action* action_named(std::string_view name);  // null where there is none
// As it is to be shown now.
std::string title_of(const Action& action, const GuiContext& context);
bool is_enabled(const Action& action, const GuiContext& context);
// Every action's own keys. Two actions with one chord are an error.
Result<Keymap> default_keymap();

}  // namespace sweepmark::gui
