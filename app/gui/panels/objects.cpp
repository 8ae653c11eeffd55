// All objects of the drive: what each is, how many of its boxes people and algorithms placed, and how sure
// the algorithms were.
#include <fmt/format.h>
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <vector>

#include "app/gui/certainty.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/findings.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/object_rows.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "app/gui/track_menu.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {
namespace {

ObjectList& list_of(GuiContext& context) {
  ObjectList& list = context.resources.memory().objects.list;
  Workspace& workspace = *context.workspace;
  const Revision revision = workspace.session().revision();
  if (list.is_old(revision))
    list.take(revision, object_rows(workspace.document(), workspace.drive(), tracks_with_findings(context)));
  return list;
}

bool is_here(const GuiContext& context, const ObjectRow& row) {
  const TimestampNs now = context.workspace->drive().sweeps[context.ui.cursor].time;
  if (!row.lifetime || !row.lifetime->contains(now)) return false;
  const Track* const track = context.workspace->document().track(row.track);
  return track && !track->absent_at(now);
}

void jump_to_start(GuiContext& context, const ObjectRow& row) {
  if (!row.lifetime) return;
  if (const auto sweep = context.workspace->drive().sweep_near(row.lifetime->first)) go_to(context, *sweep);
}

std::string marks_of(const ObjectRow& row) {
  std::string marks;
  if (row.standing) marks += std::string(icons::anchor) + " ";
  if (row.related) marks += std::string(icons::link) + " ";
  if (row.has_findings) marks += std::string(icons::warning);
  return marks;
}

void tell(const ObjectRow& row) {
  std::string text =
      fmt::format("{} {}{}\nover {} sweeps · {} placed, {} proposed", row.class_name, row.track.value,
                  row.name.empty() ? "" : ": " + row.name, row.sweeps, row.placed, row.automatic);
  if (row.least_confidence) text += fmt::format("\nleast certain box: {:.2f}", *row.least_confidence);
  if (row.standing) text += fmt::format("\n{} never moves", icons::anchor);
  if (row.related) text += fmt::format("\n{} has to do with other objects", icons::link);
  if (row.has_findings) text += fmt::format("\n{} does not keep to the ontology", icons::warning);
  ImGui::SetTooltip("%s", text.c_str());
}

void draw_name(GuiContext& context, const ObjectRow& row) {
  ImGui::PushStyleColor(ImGuiCol_Text, is_here(context, row) ? theme::text : theme::text_dim);
  const std::string shown = row.name.empty() ? fmt::format("{} {}", row.class_name, row.track.value)
                                             : fmt::format("{} ({})", row.name, row.track.value);
  const std::string label = fmt::format("{}##{}", shown, row.track.value);
  const auto flags = ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowDoubleClick;
  if (ImGui::Selectable(label.c_str(), is_selected(context.ui, row.track), flags)) {
    if (ImGui::GetIO().KeyShift)
      toggle_selected(context.ui, row.track);
    else
      select_only(context.ui, row.track);
    if (ImGui::IsMouseDoubleClicked(0)) jump_to_start(context, row);
  }
  ImGui::PopStyleColor();
  mark_item(context.ui.places, fmt::format("track.{}", row.track.value));
  if (ImGui::IsItemHovered()) {
    context.ui.hovered = row.track;
    tell(row);
  }
  if (ImGui::BeginPopupContextItem()) {
    if (!is_selected(context.ui, row.track)) select_only(context.ui, row.track);
    draw_track_menu(context);
    ImGui::EndPopup();
  }
}

void draw_row(GuiContext& context, const ObjectRow& row, float swatch) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float top = at.y + (ImGui::GetTextLineHeight() - swatch) / 2;
  const Rgba colour = class_colour(context.workspace->document().taxonomy, row.class_id);
  ImGui::GetWindowDrawList()->AddRectFilled(ImVec2(at.x, top), ImVec2(at.x + swatch, top + swatch),
                                            colour_of(colour), swatch / 4);
  ImGui::Dummy(ImVec2(swatch, ImGui::GetTextLineHeight()));
  ImGui::TableNextColumn();
  draw_name(context, row);
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%s", marks_of(row).c_str());
  ImGui::TableNextColumn();
  ImGui::TextDisabled("%zu", row.placed);
  ImGui::TableNextColumn();
  if (row.automatic > 0) ImGui::TextDisabled("%zu", row.automatic);
  ImGui::TableNextColumn();
  if (row.least_confidence)
    ImGui::TextColored(theme::vec(colour_of(confidence_colour(*row.least_confidence))), "%.2f",
                       *row.least_confidence);
}

constexpr int number_column = ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_PreferSortDescending;

// Columns with nothing in them are left out, and in a narrow list the one that is missed least, so that names
// can be read.
struct Columns {
  bool marks, placed, proposed;
};

Columns columns_for(const std::vector<ObjectRow>& rows, float width) {
  const bool marks = std::ranges::any_of(
      rows, [](const ObjectRow& row) { return row.standing || row.related || row.has_findings; });
  const bool proposed = std::ranges::any_of(rows, [](const ObjectRow& row) { return row.automatic > 0; });
  return {marks, !proposed || width > 18 * ImGui::GetFontSize(), proposed};
}

void set_up_columns(const Columns& columns, float swatch) {
  const auto column = [](const char* title, int flags, float width, ObjectColumn sorts, bool shown = true) {
    ImGui::TableSetupColumn(title, shown ? flags : flags | ImGuiTableColumnFlags_Disabled, width,
                            static_cast<ImGuiID>(sorts));
  };
  const auto width = [](const char* text) { return ImGui::CalcTextSize(text).x; };
  const float arrow = 0.65f * ImGui::GetFontSize() + ImGui::GetStyle().FramePadding.x;  // of sorting
  const int plain = ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoSort;
  ImGui::TableSetupScrollFreeze(0, 1);
  column("##colour", plain, swatch, ObjectColumn::name);
  column("Object", ImGuiTableColumnFlags_WidthStretch | ImGuiTableColumnFlags_DefaultSort, 0,
         ObjectColumn::name);
  column("##marks", plain, 2.2f * ImGui::GetFontSize(), ObjectColumn::name, columns.marks);
  column("Set", number_column, width("Set") + arrow, ObjectColumn::placed, columns.placed);
  column("Auto", number_column, width("Auto") + arrow, ObjectColumn::automatic, columns.proposed);
  column("Sure", ImGuiTableColumnFlags_WidthFixed, width("Sure") + arrow, ObjectColumn::confidence,
         columns.proposed);
  ImGui::TableHeadersRow();
}

// By class is how the list reads best; by number is how it is stored.
ObjectWish wish_of_table(ObjectWish wish) {
  const ImGuiTableSortSpecs* const specs = ImGui::TableGetSortSpecs();
  if (!specs || specs->SpecsCount == 0) return wish;
  wish.column = static_cast<ObjectColumn>(specs->Specs[0].ColumnUserID);
  wish.ascending = specs->Specs[0].SortDirection == ImGuiSortDirection_Ascending;
  return wish;
}

// What is selected elsewhere is brought into sight here, once: the hand may scroll on.
void follow_selection(GuiContext& context, const std::vector<ObjectRow>& rows) {
  std::optional<TrackId>& followed = context.resources.memory().objects.followed;
  if (followed == context.ui.selected) return;
  followed = context.ui.selected;
  const auto found = std::ranges::find(rows, followed.value_or(TrackId{}), &ObjectRow::track);
  if (found == rows.end()) return;
  const float row = ImGui::GetTextLineHeight() + 2 * ImGui::GetStyle().CellPadding.y;
  const float top = row * static_cast<float>(found - rows.begin()), room = ImGui::GetWindowHeight() - 2 * row;
  if (top < ImGui::GetScrollY() || top > ImGui::GetScrollY() + room) ImGui::SetScrollY(top - 0.5f * room);
}

void draw_table(GuiContext& context, ObjectList& list) {
  const float swatch = ImGui::GetTextLineHeight() * 0.75f;
  const Columns columns = columns_for(list.shown(), ImGui::GetContentRegionAvail().x);
  const auto flags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg | ImGuiTableFlags_Sortable;
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding,
                      ImVec2(0.25f * ImGui::GetFontSize(), ImGui::GetStyle().CellPadding.y));
  const bool open = ImGui::BeginTable("objects", 6, flags, ImVec2(0, -ImGui::GetTextLineHeightWithSpacing()));
  if (open) {
    set_up_columns(columns, swatch);
    const std::vector<ObjectRow>& rows = list.shown(wish_of_table(list.wish()));
    follow_selection(context, rows);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows.size()));
    while (clipper.Step())
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
        draw_row(context, rows[static_cast<std::size_t>(i)], swatch);
    ImGui::EndTable();
  }
  ImGui::PopStyleVar();
}

void draw_empty(const GuiContext& context) {
  ImGui::PushTextWrapPos();
  ImGui::PushStyleColor(ImGuiCol_Text, theme::text_dim);
  ImGui::TextUnformatted("No object yet. Take the box tool (B) and click on one in the 3D view.");
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
  if (context.workspace->document().tracks.empty()) return draw_empty(context);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputTextWithHint("##filter", "class, number, name, standing, proposed …",
                           &context.shell->track_filter);
  mark_item(context.ui.places, "objects.filter");
  ObjectList& list = list_of(context);
  ObjectWish wish = list.wish();
  wish.filter = context.shell->track_filter;
  const std::vector<ObjectRow>& rows = list.shown(wish);
  const auto here = std::ranges::count_if(rows, [&](const ObjectRow& row) { return is_here(context, row); });
  const std::string summary = fmt::format("{} objects, {} in this sweep", rows.size(), here);
  draw_table(context, list);
  ImGui::TextDisabled("%s", summary.c_str());
}

}  // namespace

Panel panel_objects() {
  return {"objects", "Objects", Slot::left, draw};
}

}  // namespace sweepmark::gui
