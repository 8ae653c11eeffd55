// The selected box in numbers.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/box_bar.hpp"
#include "app/gui/certainty.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/inspector_rows.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "app/gui/side_view.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"
#include "core/base/units.hpp"

namespace sweepmark::gui {

namespace {

// Where several are: what is done by keys is done to all of them; the numbers are those of the one.
void selection_row(GuiContext& context) {
  const std::size_t count = selected_tracks(context.ui).size();
  if (count < 2) return;
  row_title("Selected");
  ImGui::TextUnformatted(fmt::format("{} objects", count).c_str());
  mark_item(context.ui.places, "inspector/selected");
  if (ImGui::IsItemHovered())
    offer_hint(context,
               "Moving, turning, class, copying and deleting act on all of them; below is one of them");
}

void class_row(GuiContext& context, const ShownBox& box) {
  row_title(fmt::format("Object {}", box.track.value).c_str());
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  ImGui::SetNextItemWidth(-1);
  ImGui::PushStyleColor(ImGuiCol_Text, colour_of(brighter(class_colour(taxonomy, box.class_id), 0.35)));
  const bool open = ImGui::BeginCombo("##class", class_name(taxonomy, box.class_id).c_str());
  ImGui::PopStyleColor();
  mark_item(context.ui.places, "inspector/class");
  if (!open) return;
  for (const auto& [id, definition] : taxonomy) {
    ImGui::PushStyleColor(ImGuiCol_Text, colour_of(brighter(class_colour(taxonomy, id), 0.35)));
    if (ImGui::Selectable(definition.name.c_str(), id == box.class_id) && id != box.class_id)
      set_class(context, box.track, id);
    ImGui::PopStyleColor();
  }
  ImGui::EndCombo();
}

void name_row(GuiContext& context, const Track& track) {
  if (track.properties.name.empty()) return;
  row_title("Name");
  ImGui::TextUnformatted(fitted(track.properties.name, ImGui::GetContentRegionAvail().x).c_str());
  if (ImGui::IsItemHovered()) offer_hint(context, "F2 changes the name");
}

// When an object is of the class, for whoever labels.
void guideline_row(GuiContext& context, ClassId id) {
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  const auto found = taxonomy.find(id);
  if (found == taxonomy.end() || found->second.guideline.empty()) return;
  row_title("Guideline");
  ImGui::PushTextWrapPos(0);
  ImGui::PushStyleColor(ImGuiCol_Text, theme::text_dim);
  ImGui::TextUnformatted(found->second.guideline.c_str());
  ImGui::PopStyleColor();
  ImGui::PopTextWrapPos();
  mark_item(context.ui.places, "inspector/guideline");
}

// Numbers side by side. While they are typed or dragged the box is a draft; when the edit ends it becomes one
// command.
struct Numbers {
  const char* title;
  const char* place;
  std::span<const char* const> letters;
  double step;
  const char* format;
  float beside = 0;  // pixels of the row that something else takes
};

struct NumberEdit {
  bool begun = false, active = false, changed = false, ended = false;
};

// Adds to `edit` what the hand does in this row; true where a value changed.
bool number_row(GuiContext& context, const Numbers& numbers, std::span<double> values, NumberEdit& edit) {
  row_title(numbers.title);
  const float spacing = ImGui::GetStyle().ItemInnerSpacing.x;
  const auto count = static_cast<float>(values.size());
  const float room = ImGui::GetContentRegionAvail().x - numbers.beside;
  const float width = std::floor((room - (count - 1) * spacing) / count);
  bool changed = false;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) ImGui::SameLine(0, spacing);
    ImGui::SetNextItemWidth(width);
    ImGui::PushID(fmt::format("{}{}", numbers.place, i).c_str());
    changed |= ImGui::DragScalar("##n", ImGuiDataType_Double, &values[i], static_cast<float>(numbers.step),
                                 nullptr, nullptr, numbers.format);
    ImGui::PopID();
    mark_item(context.ui.places, fmt::format("inspector/{}{}", numbers.place, i));
    if (ImGui::IsItemHovered())
      offer_hint(context, fmt::format("{}: drag to change it, double-click to type", numbers.letters[i]));
    edit.begun |= ImGui::IsItemActivated();
    edit.active |= ImGui::IsItemActive();
    edit.ended |= ImGui::IsItemDeactivatedAfterEdit();
  }
  edit.changed |= changed;
  return changed;
}

// The fields report what is typed as it is typed, and Esc as one more change that ends the edit: so what they
// say is looked at together, and after Esc they are not listened to until they are let go.
void take_edit(GuiContext& context, const ShownBox& shown, const Box3<Ego>& box, const NumberEdit& edit) {
  bool& discarding = context.resources.memory().numbers_discarded;
  if (edit.begun) discarding = false;
  if ((edit.active || edit.ended) && ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false))
    discarding = true;
  if (discarding) {
    if (edit.active || edit.ended) context.ui.draft.reset();
    if (!edit.active) discarding = false;
    return;
  }
  if (edit.changed) draft_box(context, shown, box);
  if (edit.ended) commit_draft(context);
}

float width_of_standing() {
  return ImGui::GetFrameHeight() + 2 * ImGui::GetStyle().ItemInnerSpacing.x + ImGui::CalcTextSize("stands").x;
}

// Beside the yaw: a row of its own would push others out of sight on a small screen.
void standing_box(GuiContext& context, const Track& track) {
  ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
  bool standing = track.properties.standing;
  if (ImGui::Checkbox("stands", &standing) && context.shell) context.shell->run_action = "track.standing";
  mark_item(context.ui.places, "inspector/standing");
  if (ImGui::IsItemHovered()) offer_hint(context, "One place in the world for the whole drive (Alt+P)");
}

void pose_rows(GuiContext& context, const ShownBox& shown, const Track& track) {
  constexpr std::array<const char*, 3> sides = {"length, m", "width, m", "height, m"};
  constexpr std::array<const char*, 3> axes = {"x ahead, m", "y to the left, m", "z up, m"};
  constexpr std::array<const char*, 1> heading = {"yaw, degrees"};
  Eigen::Vector3d size = shown.box.size, centre = shown.box.pose.translation();
  std::array<double, 1> yaw = {degrees_from_radians(shown.box.yaw())};
  NumberEdit edit;
  Box3<Ego> box = shown.box;
  if (number_row(context, {"Size", "size", sides, 0.01, "%.2f"}, {size.data(), 3}, edit))
    box.size = size.cwiseMax(smallest_box_side).cwiseMin(99.0);
  if (number_row(context, {"Centre", "centre", axes, 0.02, "%.2f"}, {centre.data(), 3}, edit))
    box = moved(box, centre - box.pose.translation());
  if (number_row(context, {"Yaw", "yaw", heading, 0.2, "%.1f°", width_of_standing()}, yaw, edit))
    box = turned(box, wrapped_angle(radians_from_degrees(yaw[0]) - box.yaw()));
  standing_box(context, track);
  take_edit(context, shown, box, edit);
}

void motion_row(GuiContext& context, const Track& track) {
  row_title("Motion");
  ImGui::SetNextItemWidth(-1);
  if (ImGui::BeginCombo("##motion", title_of(track.properties.motion))) {
    for (const Motion motion : {Motion::smooth, Motion::linear, Motion::keyframes_only})
      if (ImGui::Selectable(title_of(motion), motion == track.properties.motion))
        set_motion(context, track.id, motion);
    ImGui::EndCombo();
  }
  mark_item(context.ui.places, "inspector/motion");
}

const char* origin_word(Origin origin) {
  return origin == Origin::human ? "by hand" : origin == Origin::imported ? "imported" : "proposed";
}

void keyframe_row(GuiContext& context, const SweepScene& scene, const ShownBox& shown, const Track& track) {
  row_title("Here");
  const Keyframe* const keyframe = track.keyframe_at(scene.time);
  const bool rated = keyframe && keyframe->origin == Origin::automatic && keyframe->confidence;
  const std::string state = rated         ? fmt::format("proposed, {:.2f}", *keyframe->confidence)
                            : keyframe    ? fmt::format("keyframe, {}", origin_word(keyframe->origin))
                            : shown.ghost ? std::string("not there (ghost)")
                                          : std::string("interpolated");
  const bool proposed = keyframe && keyframe->origin == Origin::automatic;
  const char* const verb = proposed ? "Accept" : keyframe ? "Remove" : "Set";
  const float button = ImGui::CalcTextSize(verb).x + 2 * ImGui::GetStyle().FramePadding.x;
  if (rated) ImGui::PushStyleColor(ImGuiCol_Text, colour_of(confidence_colour(*keyframe->confidence)));
  ImGui::TextUnformatted(fitted(state, ImGui::GetContentRegionAvail().x - button - 8).c_str());
  if (rated) ImGui::PopStyleColor();
  ImGui::SameLine(0, 0);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, ImGui::GetContentRegionAvail().x - button));
  if (ImGui::Button(verb)) {
    if (proposed)
      context.run("track.accept", {{"track", track.id.value}, {"time_ns", scene.time.ns}});
    else
      toggle_keyframe(context, scene, shown);
  }
  mark_item(context.ui.places, "inspector/keyframe");
}

void evidence_rows(GuiContext& context, const SweepScene& scene, const ShownBox& shown) {
  const BoxEvidence& evidence = evidence_of(context, scene, shown.box);
  row_title("Points");
  ImGui::TextUnformatted(
      fmt::format("{} inside · {:.1f} m away", evidence.inside, shown.box.pose.translation().norm()).c_str());
  row_title("At faces");
  const auto& n = evidence.near_face;
  ImGui::PushTextWrapPos(0);
  ImGui::TextUnformatted(fmt::format("front {}  rear {}  left {}  right {}  top {}  bottom {}", n[0], n[1],
                                     n[2], n[3], n[4], n[5])
                             .c_str());
  ImGui::PopTextWrapPos();
  mark_item(context.ui.places, "inspector/faces");
}

// As airy as elsewhere where there is room; on a small screen the rows move together until all are in sight.
// To be popped: two.
void push_row_spacing() {
  constexpr float rows = 14;  // lines of text of a car with the usual attributes
  const ImGuiStyle& style = ImGui::GetStyle();
  const float room = ImGui::GetContentRegionAvail().y / rows - ImGui::GetFontSize();
  const float share = std::clamp(0.5f * room / (style.FramePadding.y + style.CellPadding.y), 0.12f, 1.0f);
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {style.FramePadding.x, share * style.FramePadding.y});
  ImGui::PushStyleVar(ImGuiStyleVar_CellPadding, {style.CellPadding.x, share * style.CellPadding.y});
}

void draw(GuiContext& context, const Area&) {
  if (!has_sweeps(context)) return;
  const std::optional<ShownBox> shown = selected_box(context);
  const Track* const track = shown ? context.workspace->document().track(shown->track) : nullptr;
  if (!track) {
    ImGui::PushStyleColor(ImGuiCol_Text, theme::text_dim);
    ImGui::TextWrapped(
        "No box is selected. Click one in any view, or press B and click on an object to make one.");
    ImGui::PopStyleColor();
    return;
  }
  const SweepScene scene = scene_at_cursor(context);
  push_row_spacing();
  if (!ImGui::BeginTable("box", 2, ImGuiTableFlags_SizingFixedFit)) return ImGui::PopStyleVar(2);
  ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("Object 0000").x + 4);
  ImGui::TableSetupColumn("value", ImGuiTableColumnFlags_WidthStretch);
  selection_row(context);
  class_row(context, *shown);
  name_row(context, *track);
  guideline_row(context, shown->class_id);
  keyframe_row(context, scene, *shown, *track);
  pose_rows(context, *shown, *track);
  evidence_rows(context, scene, *shown);
  motion_row(context, *track);
  draw_attribute_rows(context, *track, scene.time);
  draw_relation_rows(context, *track);
  ImGui::EndTable();
  ImGui::PopStyleVar(2);
}

}  // namespace

Panel panel_inspector() {
  return {"inspector", "Box", Slot::right_bottom, draw};
}

}  // namespace sweepmark::gui
