// All objects of the drive: colour, class, number, how many keyframes, over how many sweeps.
#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <vector>

#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "core/base/text.hpp"

namespace sweepmark::gui {
namespace {

struct Row {
  const Track* track;
  std::string class_name;
  ImU32 colour;
  std::size_t sweeps = 0;  // from the first keyframe to the last
  bool here = false;       // at the cursor
};

std::size_t sweeps_within(const Drive& drive, const TimeInterval& interval) {
  const auto first = std::ranges::lower_bound(drive.sweeps, interval.first, {}, &SweepEntry::time);
  const auto last = std::ranges::upper_bound(drive.sweeps, interval.last, {}, &SweepEntry::time);
  return static_cast<std::size_t>(last - first);
}

Row row_of(const Workspace& workspace, const Track& track, std::size_t cursor) {
  const Taxonomy& taxonomy = workspace.document().taxonomy;
  const auto found = taxonomy.find(track.properties.class_id);
  const ClassDefinition definition = found == taxonomy.end() ? ClassDefinition{"?"} : found->second;
  Row row{&track, definition.name,
          IM_COL32(definition.colour[0], definition.colour[1], definition.colour[2], 255)};
  if (const auto lifetime = track.lifetime()) {
    const TimestampNs now = workspace.drive().sweeps[cursor].time;
    row.sweeps = sweeps_within(workspace.drive(), *lifetime);
    row.here = lifetime->contains(now) && !track.absent_at(now);
  }
  return row;
}

// The filter finds class names and numbers: "ped", "12", "car 3".
bool passes(const Row& row, const std::string& filter) {
  return lowered(fmt::format("{} {}", row.class_name, row.track->id.value)).find(lowered(filter)) !=
         std::string::npos;
}

std::vector<Row> rows(GuiContext& context) {
  std::vector<Row> list;
  for (const auto& [id, track] : context.workspace->document().tracks) {
    Row row = row_of(*context.workspace, *track, context.ui.cursor);
    if (passes(row, context.shell->track_filter)) list.push_back(std::move(row));
  }
  return list;
}

void jump_to_start(GuiContext& context, const Track& track) {
  if (track.keyframes.empty()) return;
  const auto sweep = context.workspace->drive().sweep_near(track.keyframes.front().time);
  if (sweep) go_to(context, *sweep);
}

void draw_row(GuiContext& context, const Row& row, float swatch) {
  const Track& track = *row.track;
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float top = at.y + (ImGui::GetTextLineHeight() - swatch) / 2;
  ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(at.x, top), ImVec2(at.x + swatch, top + swatch),
                                            row.colour, swatch / 4);
  ImGui::Dummy(ImVec2(swatch, ImGui::GetTextLineHeight()));
  ImGui::TableNextColumn();
  ImGui::PushStyleColor(ImGuiCol_Text, row.here ? theme::text : theme::text_dim);
  const std::string label = fmt::format("{} {}##{}", row.class_name, track.id.value, track.id.value);
  const auto flags = ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick;
  if (ImGui::Selectable(label.c_str(), is_selected(context.ui, track.id), flags)) {
    if (ImGui::GetIO().KeyShift)
      toggle_selected(context.ui, track.id);
    else
      select_only(context.ui, track.id);
    if (ImGui::IsMouseDoubleClicked(0)) jump_to_start(context, track);
  }
  mark_item(context.ui.places, fmt::format("track.{}", track.id.value));
  if (ImGui::IsItemHovered()) context.ui.hovered = track.id;
  ImGui::PopStyleColor();
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%zu", track.keyframes.size());
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%zu", row.sweeps);
}

void draw_table(GuiContext& context, const std::vector<Row>& list) {
  const float swatch = ImGui::GetTextLineHeight() * 0.75f;
  const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg;
  if (!ImGui::BeginTable("objects", 4, flags, ImVec2(0, -ImGui::GetTextLineHeightWithSpacing()))) return;
  ImGui::TableSetupScrollFreeze(0, 1);
  ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed, swatch);
  ImGui::TableSetupColumn("Object", ImGuiTableColumnFlags_WidthStretch);
  ImGui::TableSetupColumn("Keys", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("Keys ").x);
  ImGui::TableSetupColumn("Sweeps", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("Sweeps").x);
  ImGui::TableHeadersRow();
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(list.size()));
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
      draw_row(context, list[static_cast<std::size_t>(i)], swatch);
  ImGui::EndTable();
}

void draw_empty(const GuiContext& context) {
  ImGui::PushTextWrapPos();
  ImGui::PushStyleColor(ImGuiCol_Text, theme::text_dim);
  ImGui::TextUnformatted(
      "No object yet. Take the box tool (B) and click on one in the 3D view.");
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
  if (!context.workspace->drive().read_truth) return;
  ImGui::Spacing();
  if (ImGui::Button(fmt::format("{} Import the drive's own labels", icons::download).c_str()))
    context.shell->run_action = "file.import_own";
  mark_item(context.ui.places, "objects.import_own");
}

void draw(GuiContext& context, const Area&) {
  if (!context.workspace) return;
  const std::size_t all = context.workspace->document().tracks.size();
  if (all == 0) return draw_empty(context);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##filter", "class or number", &context.shell->track_filter);
  mark_item(context.ui.places, "objects.filter");
  const std::vector<Row> list = rows(context);
  draw_table(context, list);
  const auto here = std::ranges::count_if(list, &Row::here);
  ImGui::TextDisabled("%zu objects, %td in this sweep", list.size(), here);
}

}  // namespace

Panel panel_objects() {
  return {"objects", "Objects", Slot::left, draw};
}

}  // namespace sweepmark::gui
