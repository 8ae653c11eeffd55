#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <cstdlib>

#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"
#include "core/base/text.hpp"

namespace sweepmark::gui {
namespace {

bool escape_pressed() {
  return ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false);
}

void draw_choice_row(GuiContext& context, const DriveListing& listing) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  if (ImGui::Selectable(listing.name.c_str(), false, ImGuiSelectableFlags_SpanAllColumns))
    context.shell->open = OpenRequest{context.shell->choices_path, listing.name};
  mark_item(context.ui.places, "choice." + listing.name);
  ImGui::TableNextColumn();
  ImGui::Text("%zu", listing.sweeps);
  ImGui::TableNextColumn();
  ImGui::Text("%zu", listing.images);
  ImGui::TableNextColumn();
  ImGui::TextUnformatted(listing.has_truth ? icons::check : "");
}

}  // namespace

void begin_browsing(ShellState& shell) {
  std::filesystem::path start = std::getenv("HOME") ? std::getenv("HOME") : "/";
  std::error_code ignored;
  if (!shell.recent.empty() && std::filesystem::exists(shell.recent.front().path.parent_path(), ignored))
    start = shell.recent.front().path.parent_path();
  browse(shell.browser, start);
}

void offer_choice(ShellState& shell, const std::filesystem::path& path, std::vector<DriveListing> drives) {
  shell.choices_path = path;
  shell.choices = std::move(drives);
  shell.choices_filter.clear();
  shell.dialog = Dialog::choose_drive;
}

void draw_open_dialog(GuiContext& context, const Area& window) {
  ShellState& shell = *context.shell;
  if (!begin_dialog(context, Dialog::open_drive, "Open a drive", window, 820, 600)) return;
  const float foot = ImGui::GetFrameHeightWithSpacing() + 2 * ImGui::GetTextLineHeightWithSpacing();
  std::optional<std::filesystem::path> wanted;
  if (const auto file = draw_browser(context, shell.browser, foot)) wanted = *file;
  ImGui::PushTextWrapPos();
  if (!shell.browser.recognised.empty())
    ImGui::TextColored(theme::vec(theme::good), "%s This folder is a drive or a set of drives: %s",
                       icons::check, shell.browser.recognised.c_str());
  else
    ImGui::TextDisabled("Go to the folder that holds the drive; what is known of it shows here.");
  ImGui::PopTextWrapPos();
  if (primary_button(fmt::format("{}  Open this folder", icons::folder_open).c_str()))
    wanted = shell.browser.folder;
  mark_item(context.ui.places, "open.this");
  ImGui::SameLine();
  const bool cancelled = ImGui::Button("Cancel");
  if (wanted) shell.open = OpenRequest{*wanted, ""};
  if (wanted || cancelled || escape_pressed()) shell.dialog = Dialog::none;
  end_dialog();
}

void draw_drive_choice(GuiContext& context, const Area& window) {
  ShellState& shell = *context.shell;
  if (!begin_dialog(context, Dialog::choose_drive, "Which drive?", window, 640, 520)) return;
  ImGui::TextWrapped("%s holds %zu drives.", shell.choices_path.string().c_str(), shell.choices.size());
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##filter", "type to narrow down", &shell.choices_filter);
  if (ImGui::BeginTable("drives", 4,
                        ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_BordersOuter)) {
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableSetupColumn("Drive", ImGuiTableColumnFlags_WidthStretch);
    ImGui::TableSetupColumn("Sweeps", ImGuiTableColumnFlags_WidthFixed);
    ImGui::TableSetupColumn("Images", ImGuiTableColumnFlags_WidthFixed);
    ImGui::TableSetupColumn("Labels", ImGuiTableColumnFlags_WidthFixed);
    ImGui::TableHeadersRow();
    for (const DriveListing& listing : shell.choices)
      if (lowered(listing.name).find(lowered(shell.choices_filter)) != std::string::npos)
        draw_choice_row(context, listing);
    ImGui::EndTable();
  }
  if (shell.open || escape_pressed()) shell.dialog = Dialog::none;
  end_dialog();
}

}  // namespace sweepmark::gui
