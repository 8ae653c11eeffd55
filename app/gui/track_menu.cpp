#include "app/gui/track_menu.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include "app/gui/action.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {
namespace {

void entry(GuiContext& context, std::string_view name) {
  const Action* const action = action_named(name);
  if (!action) return;
  const std::string keys = keys_text(context, name);
  if (ImGui::MenuItem(title_of(*action, context).c_str(), keys.c_str(),
                      action->checked && action->checked(context), is_enabled(*action, context)))
    context.shell->run_action = std::string(name);
  mark_item(context.ui.places, "track_menu." + std::string(name));
}

}  // namespace

void draw_track_menu(GuiContext& context) {
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) ImGui::CloseCurrentPopup();
  for (const char* name : {"track.follow", "track.hold_still", "track.refit", "navigate.least_certain"})
    entry(context, name);
  ImGui::Separator();
  for (const char* name : {"track.accept", "track.accept_all"}) entry(context, name);
  ImGui::Separator();
  for (const char* name : {"track.begins_here", "track.ends_here", "track.split", "track.merge"})
    entry(context, name);
  ImGui::Separator();
  for (const char* name : {"track.rename", "track.standing", "box.one_size", "box.copy_on", "box.interpolate",
                           "box.absent", "box.delete"})
    entry(context, name);
}

std::string title_of(const Document& document, const Track& track) {
  return track.properties.name.empty()
             ? fmt::format("{} {}", class_name(document.taxonomy, track.properties.class_id), track.id.value)
             : fmt::format("{} ({})", track.properties.name, track.id.value);
}

}  // namespace sweepmark::gui
