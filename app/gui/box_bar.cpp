#include "app/gui/box_bar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/gui/action.hpp"
#include "app/gui/box_flags.hpp"
#include "app/gui/box_hand.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/theme.hpp"
#include "core/commands/arguments.hpp"

namespace sweepmark::gui {

namespace {

// Following is another part's; without it the bar does without.
constexpr std::string_view follow = "track.follow";

int buttons() {
  return action_named(follow) ? 8 : 7;
}

constexpr std::array<Motion, 3> motions = {Motion::smooth, Motion::linear, Motion::keyframes_only};

float button_side() {
  return std::round(1.75f * ImGui::GetFontSize());
}
constexpr float gap = 2;

bool bar_button(GuiContext& context, const char* icon, const char* place, const std::string& tip,
                ImU32 colour) {
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::PushID(place);
  const bool clicked = ImGui::Button(icon, {button_side(), button_side()});
  ImGui::PopID();
  ImGui::PopStyleColor();
  mark_item(context.ui.places, place);
  if (ImGui::IsItemHovered()) {
    ImGui::SetTooltip("%s", tip.c_str());
    offer_hint(context, tip);
  }
  return clicked;
}

// Esc leaves it.
bool begin_menu(const char* name) {
  if (!ImGui::BeginPopup(name)) return false;
  if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape), false)) ImGui::CloseCurrentPopup();
  return true;
}

void class_menu(GuiContext& context, const ShownBox& box) {
  if (!begin_menu("bar_class")) return;
  for (const auto& [id, definition] : context.workspace->document().taxonomy) {
    ImGui::PushStyleColor(ImGuiCol_Text,
                          colour_of(brighter(class_colour(context.workspace->document().taxonomy, id), 0.3)));
    if (ImGui::MenuItem(definition.name.c_str(), nullptr, id == box.class_id))
      set_class(context, box.track, id);
    ImGui::PopStyleColor();
  }
  ImGui::EndPopup();
}

void motion_menu(GuiContext& context, const Track& track) {
  if (!begin_menu("bar_motion")) return;
  for (const Motion motion : motions)
    if (ImGui::MenuItem(title_of(motion), nullptr, track.properties.motion == motion))
      set_motion(context, track.id, motion);
  ImGui::EndPopup();
}

// A new object of the same class and size beside it.
void copy_beside(GuiContext& context, const SweepScene& scene, const ShownBox& box) {
  const Eigen::Vector3d aside = box.box.pose.rotation() * Eigen::Vector3d(0, box.box.width() + 0.5, 0);
  const Box3<Ego> copy{Pose<Ego, BoxLocal>(box.box.pose.rotation(), box.box.pose.translation() + aside),
                       box.box.size};
  UiState* const ui = &context.ui;
  context.run("box.create",
              {{"class", box.class_id.value}, {"time_ns", scene.time.ns}, {"box", commands::box_to(copy)}},
              [ui](const Result<CommandOutcome>& outcome) {
                if (outcome && !outcome->changes.tracks.empty())
                  ui->selected = *outcome->changes.tracks.rbegin();
              });
}

}  // namespace

void set_class(GuiContext& context, TrackId track, ClassId id) {
  if (is_selected(context.ui, track)) return set_class_of_selected(context, id);
  context.run("track.set_class", {{"track", track.value}, {"class", id.value}});
}

void set_motion(GuiContext& context, TrackId track, Motion motion) {
  context.run("track.set_motion", {{"track", track.value}, {"motion", name_of(motion)}});
}

void toggle_keyframe(GuiContext& context, const SweepScene& scene, const ShownBox& box) {
  if (box.keyframe)
    context.run("keyframe.remove", {{"track", box.track.value}, {"time_ns", scene.time.ns}});
  else
    context.run("keyframe.set",
                {{"track", box.track.value}, {"time_ns", scene.time.ns}, {"box", commands::box_to(box.box)}});
}

const char* name_of(Motion motion) {
  switch (motion) {
    case Motion::smooth:
      return "smooth";
    case Motion::linear:
      return "linear";
    case Motion::keyframes_only:
      break;
  }
  return "keyframes_only";
}

const char* title_of(Motion motion) {
  switch (motion) {
    case Motion::smooth:
      return "Smooth curve";
    case Motion::linear:
      return "Straight lines";
    case Motion::keyframes_only:
      break;
  }
  return "Keyframes only";
}

Area box_bar_area(const Area& bounds, const Area& view) {
  const float side = button_side(), margin = 0.3f * ImGui::GetFontSize();
  const auto count = static_cast<float>(buttons());
  const float width = side + 2 * margin, height = count * side + (count - 1) * gap + 2 * margin;
  const float right = bounds.x + bounds.width + 2.2f * ImGui::GetFontSize();
  const float left = bounds.x - width - 2.2f * ImGui::GetFontSize();
  const float most = view.x + view.width - width;
  const float x = right <= most || left < view.x ? std::clamp(right, view.x, std::max(view.x, most)) : left;
  const float y = std::clamp(bounds.y + 0.5f * (bounds.height - height), view.y,
                             std::max(view.y, view.y + view.height - height));
  return {std::round(x), std::round(y), width, height};
}

void draw_box_bar(GuiContext& context, const SweepScene& scene, const ShownBox& box, const Area& bar) {
  const Track* const track = context.workspace->document().track(box.track);
  if (!track) return;
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(corner(bar), far_corner(bar), IM_COL32(31, 34, 39, 235), 5.0f);
  list.AddRect(corner(bar), far_corner(bar), theme::line, 5.0f);
  const float margin = 0.3f * ImGui::GetFontSize();
  ImGui::SetCursorScreenPos({bar.x + margin, bar.y + margin});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, gap});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
  ImGui::BeginGroup();
  if (bar_button(context, icons::tag, "box_bar/class", "Class: " + class_name(taxonomy, box.class_id),
                 colour_of(brighter(class_colour(taxonomy, box.class_id), 0.3))))
    ImGui::OpenPopup("bar_class");
  if (bar_button(context, icons::diamond, "box_bar/keyframe",
                 box.keyframe ? "Keyframe here: click to remove it" : "Set a keyframe here",
                 box.keyframe ? theme::accent : theme::text_dim))
    toggle_keyframe(context, scene, box);
  if (bar_button(context, icons::magic, "box_bar/fit",
                 "Fit anew to the object; what is not seen keeps its size", theme::text))
    refit_box(context);
  if (bar_button(context, icons::copy, "box_bar/copy", "A new object of this class and size beside it",
                 theme::text))
    copy_beside(context, scene, box);
  if (const Action* const action = action_named(follow);
      action &&
      bar_button(context, icons::forward, "box_bar/follow", title_of(*action, context), theme::text) &&
      is_enabled(*action, context))
    action->run(context);
  if (bar_button(context, icons::history, "box_bar/motion",
                 fmt::format("Between keyframes: {}", title_of(track->properties.motion)), theme::text))
    ImGui::OpenPopup("bar_motion");
  if (bar_button(context, icons::flag, "box_bar/flags",
                 "What is said of it: occluded, gone from this sweep, …", theme::text))
    ImGui::OpenPopup("bar_flags");
  if (bar_button(context, icons::trash, "box_bar/delete", "Delete the object from every sweep", theme::error))
    remove_selected(context);
  ImGui::PopStyleVar(2);
  class_menu(context, box);
  motion_menu(context, *track);
  if (begin_menu("bar_flags")) {
    draw_flags_menu(context, *track, scene.time);
    ImGui::EndPopup();
  }
  ImGui::EndGroup();
}

}  // namespace sweepmark::gui
