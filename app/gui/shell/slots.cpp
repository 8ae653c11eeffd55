#include <imgui.h>

#include <algorithm>
#include <vector>

#include "app/gui/shell/layout.hpp"
#include "app/gui/shell/parts.hpp"

namespace sweepmark::gui {
namespace {

bool is_side(Slot slot) {
  return slot == Slot::side_top || slot == Slot::side_side || slot == Slot::side_rear;
}
bool is_view(Slot slot) {
  return slot == Slot::main_view || is_side(slot) || slot == Slot::timeline || slot == Slot::tool_strip;
}

std::vector<const Panel*> panels_of(Slot slot) {
  std::vector<const Panel*> found;
  for (const Panel& panel : panels())
    if (panel.slot == slot) found.push_back(&panel);
  std::ranges::stable_partition(found, [](const Panel* panel) { return !panel->second; });
  return found;
}

const Panel* open_main_panel(const GuiContext& context, const std::vector<const Panel*>& members) {
  const auto named = std::ranges::find(members, std::string_view(context.ui.main_view), &Panel::name);
  return named != members.end() ? *named : members.empty() ? nullptr : members.front();
}

// Views fill their area to the edge and never scroll; lists and forms have a margin.
void draw_panel(GuiContext& context, const Panel& panel) {
  const bool view = is_view(panel.slot);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding,
                      view ? ImVec2(0, 0) : ImVec2(8 * context.shell->scale, 6 * context.shell->scale));
  const auto flags =
      ImGuiWindowFlags_AlwaysUseWindowPadding |
      (view ? ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse : ImGuiWindowFlags_None);
  // Views paint every pixel of theirs, and below the others is their slot's: another background would be
  // filled for nothing, which software GL feels.
  ImGui::PushStyleColor(ImGuiCol_ChildBg, IM_COL32_BLACK_TRANS);
  const bool shown = ImGui::BeginChild(std::string(panel.name).c_str(), ImVec2(0, 0), false, flags);
  ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (shown) {
    const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
    const Area area{at.x, at.y, size.x, size.y};
    mark_place(context.ui.places, panel.name, area);
    panel.draw(context, area);
  }
  ImGui::EndChild();
}

// Narrow margins where many share little room, so that their titles can be read. To be popped: two.
void push_tab_margins(bool narrow) {
  const ImGuiStyle& style = ImGui::GetStyle();
  ImGui::PushStyleVar(
      ImGuiStyleVar_FramePadding,
      ImVec2(narrow ? 0.25f * ImGui::GetFontSize() : style.FramePadding.x, style.FramePadding.y));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemInnerSpacing,
                      ImVec2(narrow ? 1 : style.ItemInnerSpacing.x, style.ItemInnerSpacing.y));
}

void draw_tabs(GuiContext& context, const std::vector<const Panel*>& members) {
  const bool narrow =
      ImGui::GetContentRegionAvail().x < 5.5f * ImGui::GetFontSize() * static_cast<float>(members.size());
  push_tab_margins(narrow);
  const bool bar = ImGui::BeginTabBar("tabs", ImGuiTabBarFlags_FittingPolicyResizeDown);
  ImGui::PopStyleVar(2);
  if (!bar) return;
  for (const Panel* panel : members) {
    push_tab_margins(narrow);
    const bool open = ImGui::BeginTabItem(std::string(panel->title).c_str());
    ImGui::PopStyleVar(2);
    mark_item(context.ui.places, "tab." + std::string(panel->name));
    if (!open) continue;
    draw_panel(context, *panel);
    ImGui::EndTabItem();
  }
  ImGui::EndTabBar();
}

// Which of them is open is known by name, so that keys open them too; the tabs only show and change it.
void draw_main_tabs(GuiContext& context, const std::vector<const Panel*>& members) {
  UiState& ui = context.ui;
  std::string& tab = context.shell->main_tab;  // the one that is lit
  const std::string open = ui.main_view;
  if (ImGui::BeginTabBar("main", ImGuiTabBarFlags_FittingPolicyResizeDown)) {
    for (const Panel* panel : members) {
      const bool lights_up = panel->name == open && tab != open;
      const bool lit = ImGui::BeginTabItem(std::string(panel->title).c_str(), nullptr,
                                           lights_up ? ImGuiTabItemFlags_SetSelected : 0);
      mark_item(ui.places, "tab." + std::string(panel->name));
      if (ImGui::IsItemClicked()) ui.main_view = panel->name;
      if (lit) ImGui::EndTabItem();
    }
    ImGui::EndTabBar();
  }
  tab = ui.main_view;
  if (const Panel* const panel = open_main_panel(context, members)) draw_panel(context, *panel);
}

void draw_slot(GuiContext& context, Slot slot, const Area& area) {
  const auto members = panels_of(slot);
  ImGui::SetCursorScreenPos(ImVec2(area.x, area.y));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  if (is_view(slot)) ImGui::PushStyleColor(ImGuiCol_ChildBg, IM_COL32_BLACK_TRANS);
  const bool shown =
      ImGui::BeginChild(std::string(name_of(slot)).c_str(), ImVec2(area.width, area.height), false,
                        ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse);
  if (is_view(slot)) ImGui::PopStyleColor();
  ImGui::PopStyleVar();
  if (shown && is_view(slot) && members.size() == 1)
    draw_panel(context, *members.front());
  else if (shown && slot == Slot::main_view)
    draw_main_tabs(context, members);
  else if (shown && !members.empty())
    draw_tabs(context, members);
  ImGui::EndChild();
}

std::string_view name_of(Splitter splitter) {
  constexpr std::array<std::string_view, 5> names = {"left", "right", "bottom", "sides", "right_top"};
  return names[static_cast<std::size_t>(splitter)];
}

void draw_splitter(GuiContext& context, const SplitterPlace& place, const Area& all) {
  ImGui::SetCursorScreenPos(ImVec2(place.grip.x, place.grip.y));
  const std::string name = "splitter." + std::string(name_of(place.which));
  ImGui::InvisibleButton(name.c_str(), ImVec2(place.grip.width, place.grip.height));
  mark_place(context.ui.places, name, place.grip);
  const bool held = ImGui::IsItemActive();
  if (held || ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(place.moves_sideways ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    ImGui::GetWindowDrawList()->AddRectFilled(
        ImVec2(place.grip.x, place.grip.y),
        ImVec2(place.grip.x + place.grip.width, place.grip.y + place.grip.height),
        held ? theme::accent : theme::accent_dim);
  }
  const ImVec2 moved = ImGui::GetIO().MouseDelta;
  if (held)
    move_splitter(context.view, place.which, place.moves_sideways ? moved.x : moved.y, all,
                  context.shell->scale);
}

}  // namespace

void draw_slots(GuiContext& context, const Area& area) {
  context.ui.hovered_sweep.reset();  // a cell that is drawn says it anew
  const Panel* const main = open_main_panel(context, panels_of(Slot::main_view));
  const bool over_sides = main && main->over_sides;
  Layout layout = arrange(area, context.shell->scale, context.view);
  if (over_sides) give_sides_to_main(layout);
  ImGui::SetNextWindowPos(ImVec2(area.x, area.y));
  ImGui::SetNextWindowSize(ImVec2(area.width, area.height));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0);
  ImGui::Begin("body", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse |
                   ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(2);
  for (const SplitterPlace& splitter : layout.splitters)
    if (!over_sides || splitter.which != Splitter::sides) draw_splitter(context, splitter, area);
  // The timeline and the lists come before the views that draw what is hovered and dragged in them.
  for (Slot slot : {Slot::tool_strip, Slot::left, Slot::timeline, Slot::right_bottom, Slot::main_view,
                    Slot::side_top, Slot::side_side, Slot::side_rear, Slot::right_top})
    if (!over_sides || !is_side(slot)) draw_slot(context, slot, layout[slot]);
  ImGui::End();
}

}  // namespace sweepmark::gui
