#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/gui/shell/parts.hpp"
#include "app/gui/shell/settings.hpp"

namespace sweepmark::gui {
namespace {

struct Group {
  std::string_view name;
  std::vector<const Action*> actions;
};

std::vector<Group> groups() {
  std::vector<Group> all;
  for (const ActionFamily& family : action_families())
    for (const Action& action : family) {
      auto found = std::ranges::find(all, action.group, &Group::name);
      if (found == all.end()) found = all.insert(all.end(), {action.group, {}});
      found->actions.push_back(&action);
    }
  return all;
}

void draw_group(GuiContext& context, const Group& group, float keys_width) {
  if (context.shell->fonts.strong) ImGui::PushFont(context.shell->fonts.strong);
  ImGui::TextColored(theme::vec(theme::accent), "%s", std::string(group.name).c_str());
  if (context.shell->fonts.strong) ImGui::PopFont();
  for (const Action* action : group.actions) {
    const std::string keys = keys_text(context, action->name);
    if (keys.empty()) continue;
    ImGui::TextUnformatted(keys.c_str());
    ImGui::SameLine(keys_width);
    ImGui::TextDisabled("%s", title_of(*action, context).c_str());
  }
  ImGui::Spacing();
}

std::size_t lines_of(const GuiContext& context, const Group& group) {
  const auto bound = std::ranges::count_if(
      group.actions, [&](const Action* action) { return !keys_text(context, action->name).empty(); });
  return static_cast<std::size_t>(bound) + 2;
}

}  // namespace

// Columns of whole groups, filled to about the same length.
void draw_key_sheet(GuiContext& context, const Area& window) {
  if (!context.ui.help_open) return;
  const float scale = context.shell->scale;
  const ImVec2 size(std::min(1160 * scale, window.width * 0.96f),
                    std::min(760 * scale, window.height * 0.92f));
  ImGui::SetNextWindowPos(
      ImVec2(window.x + (window.width - size.x) / 2, window.y + (window.height - size.y) / 2));
  ImGui::SetNextWindowSize(size);
  if (!ImGui::IsPopupOpen("Keys")) ImGui::OpenPopup("Keys");
  if (!ImGui::BeginPopupModal("Keys", &context.ui.help_open,
                              ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove))
    return;
  const std::vector<Group> all = groups();
  std::size_t total = 0;
  for (const Group& group : all) total += lines_of(context, group);
  constexpr int columns = 3;
  ImGui::BeginChild("sheet", ImVec2(0, -ImGui::GetTextLineHeightWithSpacing()));
  // Close lines: the whole sheet is seen at once on a small screen too.
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8 * scale, 1 * scale));
  if (ImGui::BeginTable("columns", columns)) {
    ImGui::TableNextColumn();
    std::size_t used = 0;
    int column = 1;
    for (const Group& group : all) {
      if (column < columns && used > 0 &&
          used + lines_of(context, group) / 2 > total * static_cast<std::size_t>(column) / columns) {
        ImGui::TableNextColumn();
        ++column;
      }
      draw_group(context, group, 168 * scale);
      used += lines_of(context, group);
    }
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
  ImGui::EndChild();
  ImGui::TextDisabled("Other keys: %s, an object such as {\"box.keyframe\": \"K\"}.",
                      default_keys_file().string().c_str());
  if (!context.ui.help_open || ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) {
    context.ui.help_open = false;
    ImGui::CloseCurrentPopup();
  }
  ImGui::EndPopup();
}

}  // namespace sweepmark::gui
