#include <fmt/format.h>
#include <imgui.h>

#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"
#include "core/formats/label_format.hpp"

namespace sweepmark::gui {
namespace {

void draw_losses(const LabelFormat& format, const char* heading) {
  if (format.declared_losses.empty()) {
    ImGui::TextColored(theme::vec(theme::good), "%s Nothing is lost.", icons::check);
    return;
  }
  ImGui::TextColored(theme::vec(theme::warning), "%s %s", icons::warning, heading);
  for (std::string_view loss : format.declared_losses) {
    ImGui::Bullet();
    ImGui::SameLine();
    ImGui::PushTextWrapPos();
    ImGui::TextUnformatted(loss.data(), loss.data() + loss.size());
    ImGui::PopTextWrapPos();
  }
}

void draw_formats(GuiContext& context, Transfer& transfer) {
  for (const LabelFormat& format : label_formats()) {
    if (ImGui::RadioButton(std::string(format.name).c_str(), transfer.format == format.name)) {
      transfer.format = format.name;
      transfer.result.clear();
      transfer.problem.clear();
    }
    mark_item(context.ui.places, "export.format." + std::string(format.name));
    ImGui::SameLine();
    ImGui::TextDisabled("%s", std::string(format.description).c_str());
  }
}

void draw_place_browser(GuiContext& context, Transfer& transfer, float below) {
  Browser& browser = context.shell->browser;
  const auto file = draw_browser(context, browser, below + ImGui::GetFrameHeightWithSpacing());
  const bool folder = ImGui::Button(fmt::format("{} Take this folder", icons::check).c_str());
  if (!file && !folder) return;
  transfer.place_text = (file ? *file : browser.folder).string();
  transfer.browsing = false;
}

// What the source is; the application has it looked at when the text has changed.
void draw_source(const Transfer& transfer, bool known, const LabelFormat* format) {
  if (format) {
    ImGui::TextColored(theme::vec(theme::good), "%s %s", icons::check, transfer.format.c_str());
    return draw_losses(*format, "What this format does not carry:");
  }
  if (known)
    ImGui::TextWrapped("%s", transfer.source_problem.c_str());
  else
    ImGui::TextDisabled("%s looking at it …", icons::clock);
}

void draw_result(const Transfer& transfer) {
  ImGui::PushTextWrapPos();
  if (transfer.running) ImGui::TextDisabled("%s under way; its progress is in the status line", icons::clock);
  if (!transfer.result.empty())
    ImGui::TextColored(theme::vec(theme::good), "%s %s", icons::check, transfer.result.c_str());
  if (!transfer.problem.empty())
    ImGui::TextColored(theme::vec(theme::error), "%s %s", icons::error, transfer.problem.c_str());
  ImGui::PopTextWrapPos();
}

// The row of buttons at the bottom. True where the first was pressed.
bool draw_buttons(GuiContext& context, Transfer& transfer, const char* verb, bool possible) {
  ImGui::BeginDisabled(!possible || transfer.running.has_value() || transfer.place_text.empty());
  const bool pressed = primary_button(verb);
  mark_item(context.ui.places, "transfer.go");
  ImGui::EndDisabled();
  ImGui::SameLine();
  if (ImGui::Button("Close") || ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false))
    context.shell->dialog = Dialog::none;
  mark_item(context.ui.places, "transfer.close");
  if (!pressed) return false;
  transfer.place = transfer.place_text;
  transfer.wanted = true;
  return true;
}

}  // namespace

void draw_export_dialog(GuiContext& context, const Area& window) {
  if (!begin_dialog(context, Dialog::export_labels, "Export labels", window, 780, 600)) return;
  Transfer& transfer = context.shell->transfer;
  const float foot = ImGui::GetFrameHeightWithSpacing();
  ImGui::BeginChild("content", ImVec2(0, -foot));
  draw_formats(context, transfer);
  ImGui::Separator();
  ImGui::TextUnformatted("Where to:");
  draw_path_field(context, transfer.place_text, transfer.browsing, "transfer.place");
  if (transfer.browsing) draw_place_browser(context, transfer, 0);
  const LabelFormat* format = label_format_named(transfer.format);
  if (format && !transfer.browsing)
    draw_losses(*format, transfer.result.empty() ? "This format cannot keep everything:"
                                                 : "What this export could not keep:");
  draw_result(transfer);
  ImGui::EndChild();
  draw_buttons(context, transfer, "Export", format && context.workspace);
  end_dialog();
}

void draw_import_dialog(GuiContext& context, const Area& window) {
  if (!begin_dialog(context, Dialog::import_labels, "Import labels", window, 780, 600)) return;
  Transfer& transfer = context.shell->transfer;
  const float foot = ImGui::GetFrameHeightWithSpacing();
  ImGui::BeginChild("content", ImVec2(0, -foot));
  ImGui::TextWrapped(
      "A file or folder of labels; its format is recognised by what it holds. The labels join those that are "
      "here.");
  draw_path_field(context, transfer.place_text, transfer.browsing, "transfer.place");
  if (transfer.browsing) draw_place_browser(context, transfer, 0);
  const bool known = !transfer.looking && transfer.looked_at == transfer.place_text;
  const LabelFormat* const format = known ? label_format_named(transfer.format) : nullptr;
  if (!transfer.place_text.empty() && !transfer.browsing) draw_source(transfer, known, format);
  draw_result(transfer);
  ImGui::EndChild();
  draw_buttons(context, transfer, "Import", format && context.workspace);
  end_dialog();
}

void draw_save_scene_dialog(GuiContext& context, const Area& window) {
  if (!begin_dialog(context, Dialog::save_scene, "Save the scene for ParaView", window, 780, 480)) return;
  Transfer& transfer = context.shell->transfer;
  const float foot = ImGui::GetFrameHeightWithSpacing();
  ImGui::BeginChild("content", ImVec2(0, -foot));
  ImGui::TextWrapped(
      "All points of the sweep at the cursor with their channels and labels, its boxes, and the meshes that "
      "are "
      "shown, in the world's frame. The file ends in .vtm; its parts go to a folder beside it.");
  draw_path_field(context, transfer.place_text, transfer.browsing, "transfer.place");
  if (transfer.browsing) draw_place_browser(context, transfer, 0);
  draw_result(transfer);
  ImGui::EndChild();
  draw_buttons(context, transfer, "Save", context.workspace != nullptr);
  end_dialog();
}

}  // namespace sweepmark::gui
