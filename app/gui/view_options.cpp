#include "app/gui/view_options.hpp"

#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <string>

#include "app/gui/clipping.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr const char* popup_name = "view_options";

void mark(GuiContext& context, const char* name) {
  mark_item(context.ui.places, std::string("view_options/") + name);
}

// A name at the left; what follows starts at the column of the values.
void begin_row(const char* name) {
  ImGui::AlignTextToFramePadding();
  ImGui::TextUnformatted(name);
  ImGui::SameLine(7.5f * ImGui::GetFontSize());
  ImGui::SetNextItemWidth(-1);
}

void heading(const char* text) {
  ImGui::Spacing();
  ImGui::TextDisabled("%s", text);
}

bool drag_number(const char* id, double& value, double step, double low, double high, const char* format) {
  return ImGui::DragScalar(id, ImGuiDataType_Double, &value, static_cast<float>(step), &low, &high, format,
                           ImGuiSliderFlags_AlwaysClamp);
}

void choose_colouring(GuiContext& context) {
  ViewState& view = context.view;
  begin_row("Colour by");
  const bool open = ImGui::BeginCombo("##colouring", std::string(title_of(view.colouring)).c_str(),
                                      ImGuiComboFlags_HeightLarge);
  mark(context, "colouring");
  if (open) {
    for (int i = 0; i < colourings; ++i) {
      const auto each = static_cast<PointColouring>(i);
      if (ImGui::Selectable(std::string(title_of(each)).c_str(), each == view.colouring)) {
        view.colouring = each;
        view.automatic_range = true;
      }
      mark(context, fmt::format("colouring/{}", title_of(each)).c_str());
    }
    ImGui::EndCombo();
  }
  begin_row("Colours");
  const bool maps = ImGui::BeginCombo("##map", std::string(name_of(view.map)).c_str());
  mark(context, "map");
  if (!maps) return;
  for (int i = 0; i <= static_cast<int>(last_colour_map); ++i) {
    const auto each = static_cast<ColourMap>(i);
    if (ImGui::Selectable(std::string(name_of(each)).c_str(), each == view.map)) view.map = each;
    mark(context, fmt::format("map/{}", name_of(each)).c_str());
  }
  ImGui::EndCombo();
}

// Two numbers side by side, the lower never above the higher.
void drag_band(GuiContext& context, const char* name, double& low, double& high, double step) {
  const float width = 0.5f * (ImGui::GetContentRegionAvail().x - ImGui::GetStyle().ItemInnerSpacing.x);
  ImGui::PushID(name);
  ImGui::SetNextItemWidth(width);
  if (drag_number("##low", low, step, -1e4, 1e4, "%.2f")) high = std::max(high, low);
  mark(context, fmt::format("{}/low", name).c_str());
  ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
  ImGui::SetNextItemWidth(width);
  if (drag_number("##high", high, step, -1e4, 1e4, "%.2f")) low = std::min(low, high);
  mark(context, fmt::format("{}/high", name).c_str());
  ImGui::PopID();
}

void choose_range(GuiContext& context, const SweepScene& scene) {
  ViewState& view = context.view;
  begin_row("Values");
  const PointStyle style = point_style(context, scene);
  if (ImGui::Checkbox("automatic", &view.automatic_range) && !view.automatic_range) {
    const double base = view.colouring == PointColouring::height ? scene.world_from_ego.translation().z() : 0;
    view.low = style.low - base;
    view.high = style.high - base;
  }
  mark(context, "automatic");
  if (view.automatic_range) return;
  begin_row("");
  drag_band(context, "values", view.low, view.high, 0.05);
}

void choose_size(GuiContext& context) {
  ViewState& view = context.view;
  begin_row("Point size");
  if (ImGui::RadioButton("pixels", !view.points_by_metre)) view.points_by_metre = false;
  mark(context, "pixels");
  ImGui::SameLine();
  if (ImGui::RadioButton("metres", view.points_by_metre)) view.points_by_metre = true;
  mark(context, "metres");
  begin_row("");
  if (view.points_by_metre)
    drag_number("##metres", view.point_metres, 0.002, 0.001, 10, "%.3f m");
  else
    ImGui::SliderInt("##pixels", &view.point_size, 1, 8, "%d px");
  mark(context, "size");
}

void choose_shading(GuiContext& context) {
  ViewState& view = context.view;
  begin_row("Shading");
  ImGui::Checkbox("##eye_dome", &view.eye_dome);
  mark(context, "eye_dome");
  ImGui::SameLine();
  ImGui::SetNextItemWidth(-1);
  auto strength = static_cast<float>(view.eye_dome_strength);
  if (ImGui::SliderFloat("##strength", &strength, 0.1f, 4.0f, "eye-dome %.1f")) {
    view.eye_dome_strength = strength;
    view.eye_dome = true;
  }
  mark(context, "eye_dome_strength");
}

void choose_band(GuiContext& context, const char* title, const char* name, BandFilter& band) {
  ImGui::PushID(name);
  ImGui::Checkbox(title, &band.on);
  mark(context, name);
  ImGui::SameLine(7.5f * ImGui::GetFontSize());
  drag_band(context, name, band.low, band.high, 0.05);
  ImGui::PopID();
}

void choose_boxes(GuiContext& context) {
  ViewFilters& filters = context.view.filters;
  ImGui::Checkbox("Selected box", &filters.inside_selected);
  mark(context, "inside_selected");
  ImGui::SameLine(9.5f * ImGui::GetFontSize());
  ImGui::SetNextItemWidth(-1);
  drag_number("##margin", filters.margin, 0.02, 0, 100, "and %.2f m round it");
  mark(context, "margin");
  bool on = clips_in(filters, context.workspace->drive().name);
  if (ImGui::Checkbox("Clipping box", &on)) toggle_clipping(context);
  mark(context, "clipping");
  ImGui::SameLine(9.5f * ImGui::GetFontSize());
  if (ImGui::SmallButton("from selected") && !clip_to_selected(context))
    context.say(Message::Kind::info, "Select a box first: the clipping box is laid round it.");
  mark(context, "clip_selected");
  ImGui::SameLine();
  if (ImGui::SmallButton("from view")) clip_to_view(context);
  mark(context, "clip_view");
}

void choose_annotated(GuiContext& context) {
  constexpr std::array<const char*, 3> titles = {"all points", "only annotated", "only not annotated"};
  ViewFilters& filters = context.view.filters;
  begin_row("Labels");
  const bool open = ImGui::BeginCombo("##shown", titles.at(static_cast<std::size_t>(filters.shown)));
  mark(context, "shown");
  if (!open) return;
  for (std::size_t i = 0; i < titles.size(); ++i) {
    if (ImGui::Selectable(titles.at(i), static_cast<std::size_t>(filters.shown) == i))
      filters.shown = static_cast<PointsShown>(i);
    mark(context, fmt::format("shown/{}", i).c_str());
  }
  ImGui::EndCombo();
}

void choose_classes(GuiContext& context) {
  ViewFilters& filters = context.view.filters;
  begin_row("Classes");
  const std::string said =
      filters.hidden_classes.empty() ? "all" : fmt::format("{} hidden", filters.hidden_classes.size());
  const bool open = ImGui::BeginCombo("##classes", said.c_str(), ImGuiComboFlags_HeightLarge);
  mark(context, "classes");
  if (!open) return;
  const auto choose = [&](std::uint16_t id, const std::string& name) {
    bool shown = !filters.hidden_classes.contains(id);
    ImGui::PushID(id);
    if (ImGui::Checkbox(name.c_str(), &shown)) {
      if (shown)
        filters.hidden_classes.erase(id);
      else
        filters.hidden_classes.insert(id);
    }
    ImGui::PopID();
    mark(context, fmt::format("class/{}", name).c_str());
  };
  choose(0, "not annotated");
  for (const auto& [id, definition] : context.workspace->document().taxonomy)
    choose(id.value, definition.name);
  ImGui::EndCombo();
}

void draw_popup(GuiContext& context, const SweepScene& scene, const Area& below) {
  const float em = ImGui::GetFontSize();
  ImGui::SetNextWindowPos({below.x, below.y + below.height + 2});
  ImGui::SetNextWindowSize({22 * em, 0});
  if (!ImGui::BeginPopup(popup_name, ImGuiWindowFlags_NoMove)) return;
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) ImGui::CloseCurrentPopup();
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.5f * em, 0.28f * em});
  choose_colouring(context);
  choose_range(context, scene);
  choose_size(context);
  choose_shading(context);
  heading("Show only");
  choose_band(context, "Height, m", "height", context.view.filters.height);
  choose_band(context, "Range, m", "range", context.view.filters.range);
  choose_boxes(context);
  choose_annotated(context);
  choose_classes(context);
  ImGui::Spacing();
  if (ImGui::Button("Show all points", {-1, 0})) turn_off(context.view.filters);
  mark(context, "all");
  ImGui::PopStyleVar();
  const ImVec2 at = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  mark_place(context.ui.places, popup_name, {at.x, at.y, size.x, size.y});
  ImGui::EndPopup();
}

// "filter: height 0 … 2 m  ×"; a click on it shows all again.
void draw_chip(GuiContext& context, const std::string& text, const Area& view) {
  ImGui::SameLine();
  const float room = view.x + view.width - ImGui::GetCursorScreenPos().x - 2 * ImGui::GetFontSize();
  const std::string shown = fitted("filter: " + text, std::max(40.0f, room - 3 * ImGui::GetFontSize()));
  ImGui::PushStyleColor(ImGuiCol_Button, IM_COL32(92, 62, 12, 235));
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, IM_COL32(122, 84, 20, 245));
  ImGui::PushStyleColor(ImGuiCol_Text, theme::warning);
  if (ImGui::Button(fmt::format("{}  {}##filter", shown, icons::close).c_str()))
    turn_off(context.view.filters);
  ImGui::PopStyleColor(3);
  mark_place(context.ui.places, "view3d/filter",
             {ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y, ImGui::GetItemRectSize().x,
              ImGui::GetItemRectSize().y});
  if (ImGui::IsItemHovered())
    offer_hint(context, "Points are left out: " + text + " · click shows all of them again");
}

}  // namespace

std::string_view title_of(PointColouring colouring) {
  constexpr std::array<std::string_view, colourings> titles = {
      "height", "intensity", "range",        "ring",         "time",
      "class",  "instance",  "age of label", "camera image", "one colour"};
  return titles.at(static_cast<std::size_t>(colouring));
}

Area draw_view_row(GuiContext& context, const SweepScene& scene, const Area& view) {
  const float em = ImGui::GetFontSize();
  ImGui::SetCursorScreenPos({view.x + 0.6f * em, view.y + 2.3f * em});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0.5f * em, 0.18f * em});
  ImGui::BeginGroup();
  if (ImGui::Button(fmt::format("{} View", icons::eye).c_str()) ||
      std::exchange(context.resources.memory().open_view_options, false))
    ImGui::OpenPopup(popup_name);
  const Area button{ImGui::GetItemRectMin().x, ImGui::GetItemRectMin().y, ImGui::GetItemRectSize().x,
                    ImGui::GetItemRectSize().y};
  mark_place(context.ui.places, "view3d/options", button);
  if (ImGui::IsItemHovered()) offer_hint(context, "Colours, sizes and filters of the points");
  if (const std::string text = filter_text(context.view.filters, filter_moment(context, scene));
      !text.empty())
    draw_chip(context, text, view);
  ImGui::EndGroup();
  ImGui::PopStyleVar();
  const ImVec2 low = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
  draw_popup(context, scene, button);
  return {low.x, low.y, size.x, size.y};
}

}  // namespace sweepmark::gui
