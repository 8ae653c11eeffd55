// The tools as icons, with their keys.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/panel.hpp"
#include "app/gui/shell/parts.hpp"
#include "app/gui/tool.hpp"

namespace sweepmark::gui {
namespace {

void draw_tool(GuiContext& context, const Tool& tool, float edge) {
  const bool active = context.ui.tool == tool.name;
  const std::string action = "tool." + std::string(tool.name), keys = keys_text(context, action);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  ImGui::PushStyleColor(ImGuiCol_Button, active ? theme::accent_dim : theme::panel);
  const std::string label = fmt::format("{}##{}", tool.icon, tool.name);
  if (ImGui::Button(label.c_str(), ImVec2(edge, edge))) context.shell->run_action = action;
  ImGui::PopStyleColor();
  mark_item(context.ui.places, action);
  if (ImGui::IsItemHovered())
    ImGui::SetTooltip("%s  %s\n%s", std::string(tool.title).c_str(), keys.c_str(),
                      std::string(tool.hint).c_str());
  // The key in the lower corner, small: learned by looking.
  ImFont* font = ImGui::GetFont();
  const float size = ImGui::GetFontSize() * 0.72f;
  ImGui::GetWindowDrawList()->AddText(font, size,
                                      ImVec2(at.x + edge - size * 0.75f, at.y + edge - size * 1.15f),
                                      theme::text_dim, keys.c_str());
}

void draw(GuiContext& context, const Area& area) {
  const float edge = std::round(area.width - 8 * context.shell->scale);
  ImGui::SetCursorPos(ImVec2((area.width - edge) / 2, 6 * context.shell->scale));
  ImGui::BeginGroup();
  // Selecting comes first, for it is what every other tool leads back to.
  for (const Tool& tool : tools())
    if (tool.name == "select") draw_tool(context, tool, edge);
  for (const Tool& tool : tools())
    if (tool.name != "select") draw_tool(context, tool, edge);
  ImGui::EndGroup();
}

}  // namespace

Panel panel_tool_strip() {
  return {"tool_strip", "Tools", Slot::tool_strip, draw};
}

}  // namespace sweepmark::gui
