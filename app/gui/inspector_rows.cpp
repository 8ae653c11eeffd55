#include "app/gui/inspector_rows.hpp"

#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "app/gui/attribute_states.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/track_menu.hpp"
#include "app/gui/view_scene.hpp"
#include "core/base/text.hpp"

namespace sweepmark::gui {
namespace {

struct AttributeRow {
  GuiContext& context;
  const Track& track;
  TimestampNs time;
  const AttributeState& state;

  std::string place() const { return "inspector/" + state.definition.name; }
  void set(const std::string& value) const {
    nlohmann::json args = {{"track", track.id.value}, {"name", state.definition.name}, {"value", value}};
    if (state.definition.scope == AttributeScope::frame) args["time_ns"] = time.ns;
    context.run("track.set_attribute", std::move(args));
  }
};

// Esc ends an edit too, and is to change nothing.
bool edit_ended() {
  return ImGui::IsItemDeactivatedAfterEdit() &&
         !ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false);
}

void choice_field(const AttributeRow& row) {
  const std::string& value = row.state.value;
  if (!ImGui::BeginCombo("##value", value.empty() ? "not said" : value.c_str())) return;
  for (const std::string& option : row.state.definition.options) {
    if (ImGui::Selectable(option.c_str(), option == value)) row.set(option);
    mark_item(row.context.ui.places, row.place() + "/" + option);
  }
  ImGui::EndCombo();
}

void number_field(const AttributeRow& row) {
  const AttributeDefinition& definition = row.state.definition;
  double number = parse_double(row.state.value).value_or(0);
  const std::string shown = row.state.value.empty()   ? std::string("not said")
                            : definition.unit.empty() ? std::string("%g")
                                                      : "%g " + definition.unit;
  ImGui::InputDouble("##value", &number, 0, 0, shown.c_str());
  if (!edit_ended()) return;
  if (definition.least) number = std::max(number, *definition.least);
  if (definition.most) number = std::min(number, *definition.most);
  row.set(fmt::format("{:g}", number));
}

void text_field(const AttributeRow& row) {
  std::string text = row.state.value;
  ImGui::InputTextWithHint("##value", "not said", &text);
  if (edit_ended() && text != row.state.value) row.set(text);
}

// Two buttons rather than a box to tick: "not said" is a third answer.
void flag_field(const AttributeRow& row, float width) {
  const float gap = ImGui::GetStyle().ItemInnerSpacing.x, half = std::floor((width - gap) / 2);
  for (const char* const answer : {"true", "false"}) {
    const bool chosen = row.state.value == answer;
    if (chosen) ImGui::PushStyleColor(ImGuiCol_Button, theme::accent_dim);
    if (ImGui::Button(answer[0] == 't' ? "yes" : "no", {half, 0})) row.set(answer);
    if (chosen) ImGui::PopStyleColor();
    mark_item(row.context.ui.places, row.place() + "/" + answer);
    if (answer[0] == 't') ImGui::SameLine(0, gap);
  }
}

std::string origin_of(const AttributeRow& row) {
  switch (row.state.source) {
    case AttributeState::Source::here:
      return "set at this sweep";
    case AttributeState::Source::earlier:
      return fmt::format("since sweep {}",
                         row.context.workspace->drive().sweep_near(row.state.since).value_or(0));
    case AttributeState::Source::object:
      return "of the whole object";
    case AttributeState::Source::usual:
      return "what the ontology takes for granted";
    case AttributeState::Source::nothing:
      break;
  }
  return row.state.definition.required ? "required, and not said yet" : "not said";
}

void tell(const AttributeRow& row) {
  if (!ImGui::IsItemHovered()) return;
  const AttributeDefinition& definition = row.state.definition;
  const char* const reach = definition.scope == AttributeScope::frame
                                ? "A change holds from this sweep on."
                                : "A change holds for the whole object.";
  ImGui::SetTooltip("%s%s%s: %s. %s", definition.guideline.c_str(), definition.guideline.empty() ? "" : "\n",
                    definition.name.c_str(), origin_of(row).c_str(), reach);
  offer_hint(row.context, fmt::format("{}: {}. {}", definition.name, origin_of(row), reach));
}

void field(const AttributeRow& row, float width) {
  ImGui::SetNextItemWidth(width);
  switch (row.state.definition.type) {
    case AttributeType::choice:
      return choice_field(row);
    case AttributeType::number:
      return number_field(row);
    case AttributeType::text:
      return text_field(row);
    case AttributeType::flag:
      return flag_field(row, width);
  }
}

void reset_button(const AttributeRow& row) {
  if (ImGui::Button(icons::undo, {ImGui::GetFrameHeight(), 0})) row.set("");
  mark_item(row.context.ui.places, row.place() + "/reset");
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("Set here: take it back to what is inherited");
}

void attribute_row(const AttributeRow& row) {
  const AttributeState& state = row.state;
  ImGui::PushID(state.definition.name.c_str());
  row_title(state.definition.name.c_str());
  const float gap = ImGui::GetStyle().ItemInnerSpacing.x;
  const float side = state.set_here() ? ImGui::GetFrameHeight() + gap : 0;
  if (state.missing()) {
    ImGui::PushStyleColor(ImGuiCol_FrameBg, IM_COL32(122, 82, 20, 255));
    ImGui::PushStyleColor(ImGuiCol_Button, IM_COL32(122, 82, 20, 255));
  }
  ImGui::PushStyleColor(ImGuiCol_Text, state.missing()    ? theme::warning
                                       : state.set_here() ? theme::text
                                                          : theme::text_dim);
  ImGui::BeginGroup();
  field(row, std::floor(ImGui::GetContentRegionAvail().x - side));
  ImGui::EndGroup();
  ImGui::PopStyleColor(state.missing() ? 3 : 1);
  mark_item(row.context.ui.places, row.place());
  tell(row);
  if (state.set_here()) {
    ImGui::SameLine(0, gap);
    reset_button(row);
  }
  ImGui::PopID();
}

const char* words_for(RelationKind kind, bool outgoing) {
  switch (kind) {
    case RelationKind::rides:
      return outgoing ? "rides" : "is ridden by";
    case RelationKind::tows:
      return outgoing ? "tows" : "is towed by";
    case RelationKind::part_of:
      break;
  }
  return outgoing ? "is part of" : "has as a part";
}

nlohmann::json arguments_of(const Relation& relation) {
  return {{"kind", to_string(relation.kind)}, {"from", relation.from.value}, {"to", relation.to.value}};
}

void relation_row(GuiContext& context, const Track& track, const Relation& relation) {
  const bool outgoing = relation.from == track.id;
  const TrackId other = outgoing ? relation.to : relation.from;
  const Track* const other_track = context.workspace->document().track(other);
  if (!other_track) return;
  row_title(words_for(relation.kind, outgoing));
  const float side = ImGui::GetFrameHeight(), gap = ImGui::GetStyle().ItemInnerSpacing.x;
  const std::string title = title_of(context.workspace->document(), *other_track);
  ImGui::PushID(fmt::format("{}{}{}", static_cast<int>(relation.kind), outgoing, other.value).c_str());
  const float width = ImGui::GetContentRegionAvail().x - side - gap;
  if (ImGui::Selectable(fitted(title, width).c_str(), false, 0, {width, 0})) context.ui.selected = other;
  if (ImGui::IsItemHovered()) context.ui.hovered = other;
  ImGui::SameLine(0, gap);
  if (ImGui::Button(icons::close, {side, 0})) context.run("relation.remove", arguments_of(relation));
  mark_item(context.ui.places, fmt::format("inspector/relation{}/remove", other.value));
  if (ImGui::IsItemHovered()) ImGui::SetTooltip("End this relation");
  ImGui::PopID();
}

// What a menu can show without filling the window.
constexpr std::size_t most_candidates = 12;

// The objects at this sweep, the nearest first: others hardly ever have to do with one another.
std::vector<TrackId> candidates(GuiContext& context, const Track& track) {
  std::vector<std::pair<double, TrackId>> found;
  const std::vector<VisibleBox>& boxes = context.workspace->boxes_at(context.ui.cursor);
  const auto own = std::ranges::find(boxes, track.id, &VisibleBox::track);
  for (const VisibleBox& box : boxes)
    if (box.track != track.id && (!box.ghost || boxes.size() < 30))
      found.emplace_back(
          own == boxes.end() ? 0.0 : (box.box.centre().metres - own->box.centre().metres).norm(), box.track);
  std::ranges::sort(found);
  std::vector<TrackId> ids;
  for (const auto& [distance, id] : found)
    if (ids.size() < most_candidates) ids.push_back(id);
  return ids;
}

void relation_menu(GuiContext& context, const Track& track) {
  if (!ImGui::BeginPopup("relate")) return;
  const std::vector<TrackId> others = candidates(context, track);
  for (const RelationKind kind : relation_kinds) {
    const bool open = ImGui::BeginMenu(words_for(kind, true), !others.empty());
    mark_item(context.ui.places, fmt::format("relate/{}", to_string(kind)));
    if (!open) continue;
    for (const TrackId other : others) {
      const Track& to = *context.workspace->document().track(other);
      if (ImGui::MenuItem(title_of(context.workspace->document(), to).c_str()))
        context.run("relation.add", arguments_of({kind, track.id, other}));
      mark_item(context.ui.places, fmt::format("relate/{}/{}", to_string(kind), other.value));
      if (ImGui::IsItemHovered()) context.ui.hovered = other;
    }
    ImGui::EndMenu();
  }
  ImGui::EndPopup();
}

}  // namespace

void row_title(const char* title) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  ImGui::PushStyleColor(ImGuiCol_Text, theme::text_dim);
  const float room = ImGui::GetContentRegionAvail().x;
  ImGui::TextUnformatted(fitted(title, room).c_str());
  ImGui::PopStyleColor();
  ImGui::TableNextColumn();
}

void draw_attribute_rows(GuiContext& context, const Track& track, TimestampNs time) {
  const Document& document = context.workspace->document();
  for (const AttributeState& state : attribute_states(document, track, time))
    attribute_row({context, track, time, state});
  for (const auto& [name, value] : unknown_attributes(document, track, time)) {
    row_title(name.c_str());
    ImGui::TextDisabled("%s", fitted(value, ImGui::GetContentRegionAvail().x).c_str());
    if (ImGui::IsItemHovered())
      ImGui::SetTooltip("%s: %s\nThe ontology does not know it.", name.c_str(), value.c_str());
  }
}

void draw_relation_rows(GuiContext& context, const Track& track) {
  for (const Relation& relation : context.workspace->document().relations)
    if (relation.from == track.id || relation.to == track.id) relation_row(context, track, relation);
  row_title("Relations");
  if (ImGui::Button(fmt::format("{} rides, tows, part of …", icons::plus).c_str()))
    ImGui::OpenPopup("relate");
  mark_item(context.ui.places, "inspector/relate");
  relation_menu(context, track);
}

}  // namespace sweepmark::gui
