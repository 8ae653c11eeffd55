#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/icons.hpp"
#include "app/gui/merging.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/view_resources.hpp"

namespace sweepmark::gui {
namespace {

std::string hint_of(const GuiContext& context) {
  if (!context.workspace) return "Open a folder with a drive, or drop one on this window.";
  if (std::string merging = merge_hint(context); !merging.empty()) return merging;
  if (context.ui.remark && context.now < context.ui.remark->until) return context.ui.remark->text;
  if (!context.ui.hint.empty()) return context.ui.hint;
  return "Right drag turns the view, middle drag moves it, the wheel comes nearer.";
}

void draw_job(GuiContext& context, const JobStatus& job) {
  const float scale = context.shell->scale;
  ImGui::TextUnformatted(job.cancelling ? "stopping…" : job.title.c_str());
  if (ImGui::IsItemHovered() && !job.what.empty()) ImGui::SetTooltip("%s", job.what.c_str());
  ImGui::SameLine();
  ImGui::ProgressBar(static_cast<float>(job.fraction), ImVec2(110 * scale, ImGui::GetTextLineHeight()), "");
  ImGui::SameLine();
  ImGui::PushID(job.id);
  if (ImGui::SmallButton(icons::close)) context.shell->cancel_job = job.id;
  mark_item(context.ui.places, "job.cancel");
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("Cancel");
  ImGui::PopID();
}

float width_of_job(const GuiContext& context, const JobStatus& job) {
  return ImGui::CalcTextSize(job.cancelling ? "stopping…" : job.title.c_str()).x + 160 * context.shell->scale;
}

}  // namespace

void draw_status_line(GuiContext& context, const Area& area) {
  ImGui::SetNextWindowPos(ImVec2(area.x, area.y));
  ImGui::SetNextWindowSize(ImVec2(area.width, area.height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                      ImVec2(10 * context.shell->scale, 4 * context.shell->scale));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
  ImGui::Begin("status", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(2);
  const std::string frame =
      fmt::format("{:.1f} ms · {}", context.shell->frame_ms, context.resources.backend_name());
  // As wide as the widest it is likely to be, so that nothing beside it jitters.
  const float frame_width = ImGui::CalcTextSize("000.0 ms · ").x +
                            ImGui::CalcTextSize(std::string(context.resources.backend_name()).c_str()).x;
  float right = area.width - frame_width - 14 * context.shell->scale;
  const std::size_t shown_jobs = std::min<std::size_t>(context.shell->jobs.size(), 2);
  const float top = ImGui::GetCursorPosY();
  ImGui::SetCursorPos(ImVec2(right, top));
  ImGui::TextDisabled("%s", frame.c_str());
  mark_item(context.ui.places, "frame_time");
  for (std::size_t i = 0; i < shown_jobs; ++i) {
    right -= width_of_job(context, context.shell->jobs[i]) + 16 * context.shell->scale;
    ImGui::SetCursorPos(ImVec2(right, top));
    draw_job(context, context.shell->jobs[i]);
  }
  ImGui::SetCursorPos(ImVec2(10 * context.shell->scale, top));
  ImGui::PushClipRect(ImVec2(area.x, area.y),
                      ImVec2(area.x + right - 8 * context.shell->scale, area.y + area.height), true);
  ImGui::TextUnformatted(hint_of(context).c_str());
  mark_item(context.ui.places, "hint");
  ImGui::PopClipRect();
  ImGui::End();
}

}  // namespace sweepmark::gui
