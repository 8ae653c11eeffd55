#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <vector>

#include "app/gui/input/fuzzy.hpp"
#include "app/gui/shell/parts.hpp"
#include "core/commands/registry.hpp"

namespace sweepmark::gui {
namespace {

struct Entry {
  std::string title, detail, keys;
  const Action* action = nullptr;    // or
  const Command* command = nullptr;  // one that needs no arguments
  bool enabled = true;
  int score = 0;
};

bool needs_arguments(const Command& command) {
  return std::ranges::any_of(command.arguments,
                             [](const ArgumentSpec& argument) { return argument.required; });
}

std::vector<Entry> all_entries(const GuiContext& context) {
  std::vector<Entry> entries;
  for (const ActionFamily& family : action_families())
    for (const Action& action : family)
      entries.push_back({title_of(action, context), std::string(action.group),
                         keys_text(context, action.name), &action, nullptr, is_enabled(action, context), 0});
  for (const Command& command : all_commands())
    if (!needs_arguments(command))
      entries.push_back({std::string(command.title), std::string(command.name), "", nullptr, &command,
                         context.workspace != nullptr, 0});
  return entries;
}

// The best first; what cannot be done now comes after what can.
std::vector<Entry> matching(const GuiContext& context, const std::string& query) {
  std::vector<Entry> found;
  for (Entry& entry : all_entries(context)) {
    const auto score = fuzzy_score(query, entry.title + " " + entry.detail);
    if (!score) continue;
    entry.score = *score;
    found.push_back(std::move(entry));
  }
  std::ranges::stable_sort(found, [](const Entry& a, const Entry& b) {
    if (a.enabled != b.enabled) return a.enabled;
    if (a.score != b.score) return a.score > b.score;
    return a.title.size() < b.title.size();
  });
  return found;
}

void choose(GuiContext& context, const Entry& entry) {
  if (!entry.enabled) return;
  context.ui.palette_open = false;
  if (entry.action) context.shell->run_action = std::string(entry.action->name);
  if (entry.command) context.run(std::string(entry.command->name), nlohmann::json::object());
}

void draw_entry(GuiContext& context, const Entry& entry, int row, bool scroll_here) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::PushID(row);
  const auto flags =
      ImGuiSelectableFlags_SpanAllColumns | (entry.enabled ? 0 : ImGuiSelectableFlags_Disabled);
  if (ImGui::Selectable(entry.title.c_str(), context.shell->palette.selected == row, flags))
    choose(context, entry);
  mark_item(context.ui.places, fmt::format("palette.{}", row));
  if (scroll_here) ImGui::SetScrollHereY();
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%s", entry.detail.c_str());
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%s", entry.keys.c_str());
  ImGui::PopID();
}

// The index the arrow keys lead to. True where they moved it.
bool move_selection(int& selected, int count) {
  const int before = selected;
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_DownArrow))) ++selected;
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_UpArrow))) --selected;
  selected = std::clamp(selected, 0, std::max(0, count - 1));
  return selected != before;
}

void draw_list(GuiContext& context, const std::vector<Entry>& entries) {
  const bool moved = move_selection(context.shell->palette.selected, static_cast<int>(entries.size()));
  if (ImGui::BeginTable("list", 3, ImGuiTableFlags_ScrollY)) {
    ImGui::TableSetupColumn("title", ImGuiTableColumnFlags_WidthStretch, 3);
    ImGui::TableSetupColumn("group", ImGuiTableColumnFlags_WidthStretch, 1);
    ImGui::TableSetupColumn("keys", ImGuiTableColumnFlags_WidthStretch, 1.4f);
    for (int row = 0; row < static_cast<int>(entries.size()); ++row)
      draw_entry(context, entries[static_cast<std::size_t>(row)], row,
                 moved && row == context.shell->palette.selected);
    ImGui::EndTable();
  }
  const auto selected = static_cast<std::size_t>(context.shell->palette.selected);
  const bool enter = ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Enter), false);
  if (enter && selected < entries.size()) choose(context, entries[selected]);
}

}  // namespace

void draw_palette(GuiContext& context, const Area& window) {
  if (!context.ui.palette_open) return;
  Palette& palette = context.shell->palette;
  const float scale = context.shell->scale, width = std::min(640 * scale, window.width * 0.9f);
  ImGui::SetNextWindowPos(ImVec2(window.x + (window.width - width) / 2, window.y + 60 * scale));
  ImGui::SetNextWindowSize(ImVec2(width, std::min(420 * scale, window.height * 0.7f)));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 8 * scale);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::GetStyleColorVec4(ImGuiCol_PopupBg));
  if (palette.just_opened) ImGui::SetNextWindowFocus();
  ImGui::Begin("palette", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (palette.just_opened) ImGui::SetKeyboardFocusHere();
  palette.just_opened = false;
  ImGui::SetNextItemWidth(-1);
  if (ImGui::InputTextWithHint("##query", "any command, by a few letters", &palette.query))
    palette.selected = 0;
  mark_item(context.ui.places, "palette.query");
  draw_list(context, matching(context, palette.query));
  const bool elsewhere =
      ImGui::IsMouseClicked(0) && !ImGui::IsWindowHovered(ImGuiHoveredFlags_RootAndChildWindows |
                                                          ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  if (elsewhere) context.ui.palette_open = false;
  ImGui::End();
}

}  // namespace sweepmark::gui
