#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {
namespace {

// The usual menus at their usual places; what other groups there are stands before Help.
std::vector<std::string_view> menu_names() {
  std::vector<std::string_view> names = {"File",  "Edit",    "View",    "Navigate",
                                         "Boxes", "Objects", "Classes", "Tools"};
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

struct PosesText {
  const char* text;
  const char* detail;
};

PosesText poses_text(const Workspace& workspace) {
  switch (trajectory_of(workspace.document(), workspace.drive()).source()) {
    case PoseSource::recorded:
      return {"poses: recorded", "The drive recorded where the vehicle was."};
    case PoseSource::estimated:
      return {"poses: estimated", "Where the vehicle was is estimated from the sweeps (menu Drive)."};
    case PoseSource::none:
      break;
  }
  return {"poses: none",
          "The drive does not say where the vehicle was, so boxes between keyframes follow the vehicle.\n"
          "Click to estimate its motion from the sweeps (menu Drive)."};
}

// Where there are none, a click sees to it.
void draw_poses(GuiContext& context) {
  const PosesText poses = poses_text(*context.workspace);
  const bool none =
      trajectory_of(context.workspace->document(), context.workspace->drive()).source() == PoseSource::none;
  ImGui::TextColored(theme::vec(none ? theme::warning : theme::text_dim), "%s", poses.text);
  mark_item(context.ui.places, "poses");
  if (!ImGui::IsItemHovered()) return;
  ImGui::SetTooltip("%s", poses.detail);
  if (none && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) context.shell->run_action = "ego.estimate";
}

// drive · poses · layer · saved, at the right end; the drive's name gives way where there is no room.
void draw_state(GuiContext& context) {
  const StateText state = save_state(context);
  const std::string layer = context.workspace->session().layer().value;
  const std::string dot = "  ·  ";
  std::string drive = context.workspace->drive().name;
  const float padding = 12 * context.shell->scale;
  const float room = ImGui::GetContentRegionAvail().x - padding;
  const std::string rest = dot + poses_text(*context.workspace).text + dot + layer + dot + state.text;
  const auto width = [&] { return ImGui::CalcTextSize((drive + rest).c_str()).x; };
  while (width() > room && drive.size() > 4) drive = drive.substr(0, drive.size() - 4) + "…";
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, room - width()));
  ImGui::TextUnformatted(drive.c_str());
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", context.workspace->drive().root.string().c_str());
  ImGui::SameLine(0, 0);
  ImGui::TextDisabled("%s", dot.c_str());
  ImGui::SameLine(0, 0);
  draw_poses(context);
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
