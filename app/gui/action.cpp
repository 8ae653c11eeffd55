#include "app/gui/action.hpp"

namespace sweepmark::gui {

const Action* action_named(std::string_view name) {
  for (const ActionFamily& family : action_families())
    for (const Action& action : family)
      if (action.name == name) return &action;
  return nullptr;
}

std::string title_of(const Action& action, const GuiContext& context) {
  const std::string now = action.title_now ? action.title_now(context) : std::string();
  return now.empty() ? std::string(action.title) : now;
}

bool is_enabled(const Action& action, const GuiContext& context) {
  return !action.enabled || action.enabled(context);
}

Result<Keymap> default_keymap() {
  std::vector<DefaultBinding> defaults;
  for (const ActionFamily& family : action_families())
    for (const Action& action : family) defaults.push_back({action.name, action.keys});
  return Keymap::from_defaults(defaults);
}

}  // namespace sweepmark::gui
