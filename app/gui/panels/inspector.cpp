// The selected box in numbers.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/box_bar.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/side_view.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"
#include "core/base/text.hpp"
#include "core/base/units.hpp"
#include "core/labels/attributes_at.hpp"

namespace sweepmark::gui {

namespace {

void row_title(const char* title) {
  ImGui::TableNextRow();
  ImGui::TableNextColumn();
  ImGui::AlignTextToFramePadding();
  ImGui::PushStyleColor(ImGuiCol_Text, theme::text_dim);
  ImGui::TextUnformatted(title);
  ImGui::PopStyleColor();
  ImGui::TableNextColumn();
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

// Numbers side by side. While they are typed or dragged the box is a draft; when the edit ends it becomes one
// command.
struct Numbers {
  const char* title;
  const char* place;
  std::span<const char* const> letters;
  double step;
  const char* format;
};

struct NumberEdit {
  bool begun = false, active = false, changed = false, ended = false;
};

// Adds to `edit` what the hand does in this row; true where a value changed.
bool number_row(GuiContext& context, const Numbers& numbers, std::span<double> values, NumberEdit& edit) {
  row_title(numbers.title);
  const float spacing = ImGui::GetStyle().ItemInnerSpacing.x;
  const auto count = static_cast<float>(values.size());
  const float width = std::floor((ImGui::GetContentRegionAvail().x - (count - 1) * spacing) / count);
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

void pose_rows(GuiContext& context, const ShownBox& shown) {
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
  if (number_row(context, {"Yaw", "yaw", heading, 0.2, "%.1f°"}, yaw, edit))
    box = turned(box, wrapped_angle(radians_from_degrees(yaw[0]) - box.yaw()));
  take_edit(context, shown, box, edit);
}

std::string attribute(const Attributes& attributes, const char* name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string() : found->second;
}

void set_attribute(GuiContext& context, const SweepScene& scene, TrackId track, const char* name,
                   const std::string& value) {
  context.run("track.set_attribute",
              {{"track", track.value}, {"time_ns", scene.time.ns}, {"name", name}, {"value", value}});
}

// As KITTI has them: occluded 0 to 3, truncated 0 to 1. They hold from this sweep on until it is said
// otherwise.
void attribute_rows(GuiContext& context, const SweepScene& scene, const ShownBox& shown, const Track& track) {
  const Attributes now = attributes_at(context.workspace->document(), track, scene.time);
  constexpr std::array<const char*, 4> levels = {"0 · fully visible", "1 · partly", "2 · largely",
                                                 "3 · unknown"};
  row_title("Occluded");
  const std::string occluded = attribute(now, "occluded");
  const bool known = occluded.size() == 1 && occluded[0] >= '0' && occluded[0] <= '3';
  ImGui::SetNextItemWidth(-1);
  if (ImGui::BeginCombo("##occluded", known              ? levels[static_cast<std::size_t>(occluded[0] - '0')]
                                      : occluded.empty() ? "not said"
                                                         : occluded.c_str())) {
    if (ImGui::Selectable("not said", occluded.empty()))
      set_attribute(context, scene, shown.track, "occluded", "");
    for (std::size_t i = 0; i < levels.size(); ++i)
      if (ImGui::Selectable(levels[i]))
        set_attribute(context, scene, shown.track, "occluded", std::to_string(i));
    ImGui::EndCombo();
  }
  mark_item(context.ui.places, "inspector/occluded");
  row_title("Truncated");
  double share = parse_double(attribute(now, "truncated")).value_or(0);
  ImGui::SetNextItemWidth(-1);
  ImGui::InputDouble("##truncated", &share, 0, 0, "%.2f");
  mark_item(context.ui.places, "inspector/truncated");
  // Esc ends the edit too, and is to change nothing.
  if (ImGui::IsItemDeactivatedAfterEdit() && !ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false))
    set_attribute(context, scene, shown.track, "truncated",
                  fmt::format("{:.2f}", std::clamp(share, 0.0, 1.0)));
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
  const std::string state = keyframe      ? fmt::format("keyframe, {}", origin_word(keyframe->origin))
                            : shown.ghost ? std::string("not there (ghost)")
                                          : std::string("interpolated");
  const char* const verb = keyframe ? "Remove" : "Set";
  const float button = ImGui::CalcTextSize(verb).x + 2 * ImGui::GetStyle().FramePadding.x;
  ImGui::TextUnformatted(fitted(state, ImGui::GetContentRegionAvail().x - button - 8).c_str());
  ImGui::SameLine(0, 0);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0f, ImGui::GetContentRegionAvail().x - button));
  if (ImGui::Button(verb)) toggle_keyframe(context, scene, shown);
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
  constexpr float rows = 11;  // lines of text at most
  const ImGuiStyle& style = ImGui::GetStyle();
  const float room = ImGui::GetContentRegionAvail().y / rows - ImGui::GetFontSize();
  const float share = std::clamp(0.5f * room / (style.FramePadding.y + style.CellPadding.y), 0.3f, 1.0f);
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
        "No box is selected. Click one in any view, or press B and drag round an object to make one.");
    ImGui::PopStyleColor();
    return;
  }
  const SweepScene scene = scene_at_cursor(context);
  push_row_spacing();
  if (!ImGui::BeginTable("box", 2, ImGuiTableFlags_SizingFixedFit)) return ImGui::PopStyleVar(2);
  ImGui::TableSetupColumn("name", ImGuiTableColumnFlags_WidthFixed, ImGui::CalcTextSize("Object 0000").x + 4);
  ImGui::TableSetupColumn("value", ImGuiTableColumnFlags_WidthStretch);
  class_row(context, *shown);
  keyframe_row(context, scene, *shown, *track);
  pose_rows(context, *shown);
  evidence_rows(context, scene, *shown);
  motion_row(context, *track);
  attribute_rows(context, scene, *shown, *track);
  ImGui::EndTable();
  ImGui::PopStyleVar(2);
}

}  // namespace

Panel panel_inspector() {
  return {"inspector", "Box", Slot::right_bottom, draw};
}

}  // namespace sweepmark::gui
