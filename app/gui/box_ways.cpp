#include "app/gui/box_ways.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <array>
#include <cmath>

#include "app/gui/action.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

namespace {

constexpr std::array<BoxWay, 4> ways = {BoxWay::click, BoxWay::three_clicks, BoxWay::corners, BoxWay::copy};
constexpr float legend_ems = 17.5f;  // the legend's width and margins

const char* short_title(BoxWay way) {
  switch (way) {
    case BoxWay::click:
      return "Click fits";
    case BoxWay::three_clicks:
      return "Three clicks";
    case BoxWay::corners:
      return "Two corners";
    case BoxWay::copy:
      break;
  }
  return "As the last";
}

std::string keys_of(const GuiContext& context, std::string_view action) {
  return context.shell ? to_string(context.shell->keymap.chords_of(action)) : std::string();
}

}  // namespace

std::string_view action_of(BoxWay way) {
  constexpr std::array<std::string_view, 4> names = {"box_way.click", "box_way.three_clicks",
                                                     "box_way.corners", "box_way.copy"};
  return names[static_cast<std::size_t>(way)];
}

void take_way(GuiContext& context, BoxWay way) {
  context.resources.memory().drag = {};
  context.ui.draft.reset();
  context.ui.main_view = "view3d";
  context.ui.tool = "box";
  context.ui.box_way = way;
}

std::string hint_of(BoxWay way, std::size_t clicks, const std::string& class_name) {
  switch (way) {
    case BoxWay::three_clicks:
      if (clicks == 1) return fmt::format("{}: click the other end of its front edge", class_name);
      if (clicks == 2) return fmt::format("{}: click where it ends at the rear", class_name);
      return fmt::format("New {}: click one end of its front edge, or drag a rectangle round it", class_name);
    case BoxWay::corners:
      if (clicks == 1)
        return fmt::format("{}: click the opposite corner; what is between is fitted", class_name);
      return fmt::format("New {}: click a corner of a rectangle round it, or drag the rectangle", class_name);
    case BoxWay::copy:
      return fmt::format("New {}: click where it stands; size and heading of the last one · drag fits",
                         class_name);
    case BoxWay::click:
      break;
  }
  return fmt::format(
      "New {}: click on the object to fit it, on the ground for the usual size, or drag round it · "
      "Shift: several",
      class_name);
}

Area draw_box_ways(GuiContext& context, const Area& view) {
  const float em = ImGui::GetFontSize(), gap = 0.25f * em, height = std::round(1.75f * em);
  std::array<std::string, ways.size()> labels;
  std::array<float, ways.size()> widths{};
  float width = gap;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    labels[i] = short_title(ways[i]);
    widths[i] = std::round(ImGui::CalcTextSize(labels[i].c_str()).x + 1.2f * em);
    width += widths[i] + gap;
  }
  const float left = legend_ems * em, room = view.width - left;
  // Over the legend where there is no room beside it.
  const bool beside = room > width + em;
  const Area row{std::round(view.x + (beside ? left + 0.5f * (room - width) : 0.6f * em)),
                 std::round(view.y + view.height - (beside ? 1 : 4.2f) * (height + 2 * gap) - 0.5f * em),
                 width, height + 2 * gap};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner(row), far_corner(row), IM_COL32(31, 34, 39, 235), 5.0f);
  list.AddRect(corner(row), far_corner(row), theme::line, 5.0f);
  float x = row.x + gap;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    const std::string name(action_of(ways[i]));
    ImGui::SetCursorScreenPos({x, row.y + gap});
    ImGui::PushStyleColor(ImGuiCol_Button, context.ui.box_way == ways[i] ? theme::accent_dim : theme::panel);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
    if (ImGui::Button(labels[i].c_str(), {widths[i], height})) take_way(context, ways[i]);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor();
    mark_item(context.ui.places, name);
    if (ImGui::IsItemHovered()) {
      const std::string tip = fmt::format(
          "{}   {}",
          hint_of(ways[i], 0, class_name(context.workspace->document().taxonomy, context.ui.current_class)),
          keys_of(context, name));
      ImGui::SetTooltip("%s", tip.c_str());
      offer_hint(context, tip);
    }
    x += widths[i] + gap;
  }
  return row;
}

}  // namespace sweepmark::gui
