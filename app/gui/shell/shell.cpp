#include <imgui.h>

#include <algorithm>

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
  draw_palette(context, window);
  draw_key_sheet(context, window);
}

bool begin_dialog(GuiContext& context, Dialog which, const char* title, const Area& window, float width,
                  float height) {
  ShellState& shell = *context.shell;
  if (shell.dialog != which) return false;
  if (!ImGui::IsPopupOpen(title)) ImGui::OpenPopup(title);
  const ImVec2 size(std::min(width * shell.scale, window.width * 0.94f),
                    std::min(height * shell.scale, window.height * 0.9f));
  ImGui::SetNextWindowPos(
      ImVec2(window.x + (window.width - size.x) / 2, window.y + (window.height - size.y) / 2));
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
