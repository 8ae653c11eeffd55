// The classes: colour, hotkey, how many objects. A click takes a class for the boxes to come.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/panel.hpp"
#include "app/gui/shell/shell_state.hpp"

namespace sweepmark::gui {
namespace {

std::size_t objects_of(const Document& document, ClassId id) {
  return static_cast<std::size_t>(std::ranges::count_if(
      document.tracks, [&](const auto& entry) { return entry.second->properties.class_id == id; }));
}

// Edited in place: the picker's last colour becomes one command when the hand lets go.
void draw_colour(GuiContext& context, ClassId id, const ClassDefinition& definition) {
  float colour[3] = {definition.colour[0] / 255.0f, definition.colour[1] / 255.0f,
                     definition.colour[2] / 255.0f};
  ImGui::ColorEdit3("##colour", colour, ImGuiColorEditFlags_NoInputs | ImGuiColorEditFlags_NoLabel);
  mark_item(context.ui.places, fmt::format("class.{}.colour", id.value));
  if (!ImGui::IsItemDeactivatedAfterEdit()) return;
  const auto byte = [](float value) {
    return std::clamp(static_cast<int>(std::lround(value * 255)), 0, 255);
  };
  context.run(
      "class.set",
      {{"id", id.value},
       {"name", definition.name},
       {"colour", {byte(colour[0]), byte(colour[1]), byte(colour[2])}},
       {"usual_size", {definition.usual_size.x(), definition.usual_size.y(), definition.usual_size.z()}},
       {"rigid", definition.rigid}});
}

void draw_row(GuiContext& context, ClassId id, const ClassDefinition& definition, int number) {
  const Document& document = context.workspace->document();
  ImGui::PushID(id.value);
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  draw_colour(context, id, definition);
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  if (ImGui::Selectable(definition.name.c_str(), context.ui.current_class == id, ImGuiSelectableFlags_None))
    context.ui.current_class = id;
  mark_item(context.ui.places, "class." + definition.name);
  if (ImGui::IsItemHovered())
    ImGui::SetTooltip("usually %.1f × %.1f × %.1f m; new boxes take the class that is marked",
                      definition.usual_size.x(), definition.usual_size.y(), definition.usual_size.z());
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  if (number <= 9) ImGui::TextDisabled("%d", number);
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  ImGui::TextDisabled("%zu", objects_of(document, id));
  ImGui::PopID();
}

void draw(GuiContext& context, const Area&) {
  if (!context.workspace) return;
  if (!ImGui::BeginTable("classes", 4, ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg)) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, ImGui::GetFrameHeight());
  ImGui::TableSetupColumn("Class", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("Key", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("Key ").x);
  ImGui::TableSetupColumn("Objects", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("Objects").x);
  ImGui::TableHeadersRow();
  int number = 1;
  for (const auto& [id, definition] : context.workspace->document().taxonomy)
    draw_row(context, id, definition, number++);
  ImGui::EndTable();
}

}  // namespace

Panel panel_taxonomy() {
  return {"taxonomy", "Classes", Slot::left, draw};
}

}  // namespace sweepmark::gui
