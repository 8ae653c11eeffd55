#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"

namespace sweepmark::gui {
namespace {

// The usual menus at their usual places; what other groups there are stands before Help.
std::vector<std::string_view> menu_names() {
  std::vector<std::string_view> names = {"File", "Edit", "View", "Navigate", "Boxes", "Classes", "Tools"};
  for (const ActionFamily& family : action_families())
    for (const Action& action : family)
      if (action.group != "Help" && std::ranges::find(names, action.group) == names.end())
        names.push_back(action.group);
  names.push_back("Help");
  return names;
}

std::vector<const Action*> actions_of(std::string_view group) {
  std::vector<const Action*> list;
  for (const ActionFamily& family : action_families())
    for (const Action& action : family)
      if (action.group == group) list.push_back(&action);
  return list;
}

void draw_entry(GuiContext& context, const Action& action) {
  const std::string keys = keys_text(context, action.name);
  std::string title = title_of(action, context);
  if (context.workspace && action.name == "edit.undo")
    title += " " + context.workspace->session().undo_title();
  if (context.workspace && action.name == "edit.redo")
    title += " " + context.workspace->session().redo_title();
  if (ImGui::MenuItem(title.c_str(), keys.c_str(), action.checked && action.checked(context),
                      is_enabled(action, context)))
    context.shell->run_action = std::string(action.name);
  mark_item(context.ui.places, "action." + std::string(action.name));
}

void draw_recent(GuiContext& context) {
  if (!ImGui::BeginMenu("Open recent", !context.shell->recent.empty())) return;
  for (const RecentDrive& recent : context.shell->recent) {
    const std::string label = recent.drive.empty()
                                  ? recent.path.string()
                                  : fmt::format("{}  ({})", recent.path.string(), recent.drive);
    if (ImGui::MenuItem(label.c_str())) context.shell->open = OpenRequest{recent.path, recent.drive};
  }
  ImGui::EndMenu();
}

void draw_menus(GuiContext& context) {
  for (std::string_view name : menu_names()) {
    const auto actions = actions_of(name);
    if (actions.empty()) continue;
    const bool open = ImGui::BeginMenu(std::string(name).c_str());
    mark_item(context.ui.places, "menu." + std::string(name));
    if (!open) continue;
    for (const Action* action : actions) {
      draw_entry(context, *action);
      if (action->name == "file.open") draw_recent(context);
    }
    ImGui::EndMenu();
  }
}

struct StateText {
  std::string text;
  ImU32 colour;
};

StateText save_state(const GuiContext& context) {
  if (!context.shell->waiting_for.empty())
    return {std::string(icons::clock) + " waiting for the labels file", theme::warning};
  if (!context.shell->save_problem.empty()) return {std::string(icons::error) + " not saved", theme::error};
  return {fmt::format("{} saved · revision {}", icons::check, context.workspace->session().revision().value),
          theme::good};
}

std::string save_detail(const GuiContext& context) {
  if (!context.shell->waiting_for.empty()) return context.shell->waiting_for;
  if (!context.shell->save_problem.empty()) return context.shell->save_problem;
  return context.workspace->session().store().description();
}

// drive · layer · saved, at the right end; the drive's name gives way where there is no room.
void draw_state(GuiContext& context) {
  const StateText state = save_state(context);
  const std::string layer = context.workspace->session().layer().value;
  const std::string dot = "  ·  ";
  std::string drive = context.workspace->drive().name;
  const float padding = 12 * context.shell->scale;
  const float room = ImGui::GetContentRegionAvail().x - padding;
  const auto width = [&] { return ImGui::CalcTextSize((drive + dot + layer + dot + state.text).c_str()).x; };
  while (width() > room && drive.size() > 4) drive = drive.substr(0, drive.size() - 4) + "…";
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, room - width()));
  ImGui::TextUnformatted(drive.c_str());
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", context.workspace->drive().root.string().c_str());
  ImGui::SameLine(0, 0);
  ImGui::TextDisabled("%s%s%s", dot.c_str(), layer.c_str(), dot.c_str());
  ImGui::SameLine(0, 0);
  ImGui::TextColored(theme::vec(state.colour), "%s", state.text.c_str());
  mark_item(context.ui.places, "save_state");
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", save_detail(context).c_str());
}

}  // namespace

void draw_menu_bar(GuiContext& context) {
  if (!ImGui::BeginMainMenuBar()) return;
  draw_menus(context);
  if (context.workspace) draw_state(context);
  ImGui::EndMainMenuBar();
}

}  // namespace sweepmark::gui
