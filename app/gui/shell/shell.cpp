#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"

namespace sweepmark::gui {

void draw_shell(GuiContext& context, const Area& window) {
  draw_menu_bar(context);
  const float menu = ImGui::GetFrameHeight(), status = ImGui::GetFrameHeight() + 2 * context.shell->scale;
  const Area body{window.x, window.y + menu, window.width, window.height - menu - status};
  if (context.workspace)
    draw_slots(context, body);
  else
    draw_start_screen(context, body);
  draw_status_line(context, {window.x, window.y + window.height - status, window.width, status});
  draw_messages(context, body);
  draw_open_dialog(context, window);
  draw_drive_choice(context, window);
  draw_export_dialog(context, window);
  draw_import_dialog(context, window);
  draw_rename_dialog(context, window);
  draw_ontology_dialog(context, window);
  draw_stack_dialog(context, window);
  draw_mesh_dialog(context, window);
  draw_save_scene_dialog(context, window);
  draw_palette(context, window);
  draw_key_sheet(context, window);
}

bool begin_dialog(GuiContext& context, Dialog which, const char* title, const Area& window, float width,
                  float height, DialogPlace place) {
  ShellState& shell = *context.shell;
  if (shell.dialog != which) return false;
  if (!ImGui::IsPopupOpen(title)) ImGui::OpenPopup(title);
  const ImVec2 size(std::min(width * shell.scale, window.width * 0.94f),
                    std::min(height * shell.scale, window.height * 0.9f));
  const float beside = window.width - size.x, beneath = window.height - size.y;
  const bool middle = place == DialogPlace::middle;
  ImGui::SetNextWindowPos(ImVec2(window.x + (middle ? beside / 2 : beside), window.y + beneath / 2));
  // ImGui darkens at the end of the frame, by what the style says then.
  ImGui::GetStyle().Colors[ImGuiCol_ModalWindowDimBg] = theme::vec(middle ? theme::dimmed : 0);
  ImGui::SetNextWindowSize(size);
  bool open = true;
  const auto flags = ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoCollapse;
  const bool shown = ImGui::BeginPopupModal(title, &open, flags);
  if (shown)
    mark_place(context.ui.places, "dialog",
               {ImGui::GetWindowPos().x, ImGui::GetWindowPos().y, size.x, size.y});
  if (!open) shell.dialog = Dialog::none;
  if (shown && shell.dialog == Dialog::none) ImGui::CloseCurrentPopup();
  return shown;
}

void end_dialog() {
  ImGui::EndPopup();
}

void draw_path_field(GuiContext& context, std::string& path, bool& browsing, std::string_view place) {
  const std::string label = fmt::format("{} Browse", icons::folder_open);
  const ImGuiStyle& style = ImGui::GetStyle();
  ImGui::SetNextItemWidth(-ImGui::CalcTextSize(label.c_str()).x - 2 * style.FramePadding.x -
                          style.ItemSpacing.x);
  ImGui::InputText("##path", &path);
  mark_item(context.ui.places, place);
  ImGui::SameLine();
  if (ImGui::Button(label.c_str())) {
    browsing = !browsing;
    if (browsing) begin_browsing(*context.shell);
  }
  mark_item(context.ui.places, std::string(place) + "/browse");
}

std::string keys_text(const GuiContext& context, std::string_view action) {
  return to_string(context.shell->keymap.chords_of(action));
}

bool primary_button(const char* label, ImVec2 size) {
  ImGui::PushStyleColor(ImGuiCol_Button, theme::accent_dim);
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, theme::accent);
  const bool pressed = ImGui::Button(label, size);
  ImGui::PopStyleColor(2);
  return pressed;
}

}  // namespace sweepmark::gui
