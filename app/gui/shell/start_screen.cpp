#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/icons.hpp"
#include "app/gui/shell/parts.hpp"

namespace sweepmark::gui {
namespace {

void centred(const std::string& text, ImU32 colour) {
  const float width = ImGui::CalcTextSize(text.c_str()).x;
  ImGui::SetCursorPosX(std::max(0.0f, (ImGui::GetWindowWidth() - width) / 2));
  ImGui::TextColored(theme::vec(colour), "%s", text.c_str());
}

void draw_title(GuiContext& context) {
  if (context.shell->fonts.large) ImGui::PushFont(context.shell->fonts.large);
  centred("Sweepmark", theme::text);
  if (context.shell->fonts.large) ImGui::PopFont();
  centred("Label lidar drives with their cameras", theme::text_dim);
  ImGui::Dummy(ImVec2(0, 14 * context.shell->scale));
}

void draw_choices(GuiContext& context, float width) {
  const float height = 42 * context.shell->scale;
  const std::string open =
      fmt::format("{}  Open a folder…   ({})", icons::folder_open, keys_text(context, "file.open"));
  if (primary_button(open.c_str(), ImVec2(width, height))) context.shell->run_action = "file.open";
  mark_item(context.ui.places, "start.open");
  if (!context.shell->sample) return;
  const std::string sample = fmt::format("{}  Try the sample drive", icons::car);
  if (ImGui::Button(sample.c_str(), ImVec2(width, height)))
    context.shell->open = OpenRequest{*context.shell->sample, ""};
  mark_item(context.ui.places, "start.sample");
}

// Long paths lose their beginning, for it is the end that tells them apart.
std::string shortened(std::string text, float width) {
  const std::string full = text;
  for (std::size_t cut = 1; ImGui::CalcTextSize(text.c_str()).x > width && cut + 8 < full.size(); ++cut)
    if ((static_cast<unsigned char>(full[cut]) & 0xc0u) != 0x80u) text = "…" + full.substr(cut);
  return text;
}

void draw_recent(GuiContext& context, float width) {
  if (context.shell->recent.empty()) return;
  ImGui::Dummy(ImVec2(0, 10 * context.shell->scale));
  ImGui::TextDisabled("%s  Recent drives", icons::history);
  ImGui::Separator();
  for (std::size_t i = 0; i < std::min<std::size_t>(context.shell->recent.size(), 6); ++i) {
    const RecentDrive& recent = context.shell->recent[i];
    const std::string full =
        recent.drive.empty() ? recent.path.string() : recent.path.string() + "  ·  " + recent.drive;
    ImGui::PushID(static_cast<int>(i));
    if (ImGui::Selectable(shortened(full, width - 12 * context.shell->scale).c_str()))
      context.shell->open = OpenRequest{recent.path, recent.drive};
    mark_item(context.ui.places, fmt::format("start.recent.{}", i));
    if (ImGui::IsItemHovered()) ImGui::SetTooltip("%s", full.c_str());
    ImGui::PopID();
  }
}

void draw_opening(GuiContext& context, float width) {
  for (const JobStatus& job : context.shell->jobs) {
    ImGui::Dummy(ImVec2(0, 10 * context.shell->scale));
    ImGui::TextUnformatted(job.title.c_str());
    ImGui::ProgressBar(static_cast<float>(job.fraction), ImVec2(width, 0), job.what.c_str());
  }
}

}  // namespace

void draw_start_screen(GuiContext& context, const Area& area) {
  const float scale = context.shell->scale;
  const float width = std::min(460 * scale, area.width * 0.8f);
  ImGui::SetNextWindowPos(ImVec2(area.x, area.y));
  ImGui::SetNextWindowSize(ImVec2(area.width, area.height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::PushStyleColor(ImGuiCol_WindowBg, theme::background);
  ImGui::Begin("start", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  ImGui::SetCursorPos(
      ImVec2((area.width - width) / 2, std::max(16 * scale, area.height * 0.5f - 220 * scale)));
  ImGui::PushStyleColor(ImGuiCol_ChildBg, theme::background);
  ImGui::BeginChild("column", ImVec2(width, 440 * scale));
  draw_title(context);
  draw_choices(context, width);
  draw_opening(context, width);
  draw_recent(context, width);
  ImGui::Dummy(ImVec2(0, 16 * scale));
  centred("or drop a folder on this window", theme::text_dim);
  centred(fmt::format("{} all keys   ·   {} any command", keys_text(context, "help.keys"),
                      keys_text(context, "help.palette")),
          theme::text_dim);
  ImGui::EndChild();
  ImGui::PopStyleColor();
  ImGui::End();
}

}  // namespace sweepmark::gui
