#include "app/gui/timeline_hand.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/gui/draft.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/timeline_lane_view.hpp"
#include "app/gui/track_menu.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {
namespace {

// While an end of a life is held it follows the mouse; let go, it becomes one command.
void follow_edge(const TimelineFrame& frame, const LaneSpan& life) {
  GuiContext& context = frame.context;
  std::optional<TimelineMemory::Edge>& edge = context.resources.memory().timeline.edge;
  const bool first = edge->first;
  const LaneSpan now =
      with_edge_at(life, first, sweep_under(frame.scale, ImGui::GetIO().MousePos.x, frame.sweeps()));
  edge->sweep = first ? now.first : now.last;
  offer_hint(context, fmt::format("Let go: it {} at sweep {} · Esc leaves it as it was",
                                  first ? "begins" : "ends", edge->sweep));
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
  if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) return;
  if (edge->sweep != (first ? life.first : life.last))
    context.run("track.trim", {{"track", edge->track.value},
                               {"edge", first ? "first" : "last"},
                               {"time_ns", frame.drive().sweeps[edge->sweep].time.ns}});
  edge.reset();
}

void say_what_is_under(const TimelineFrame& frame, const Lane& lane, TrackId id, std::optional<bool> edge) {
  GuiContext& context = frame.context;
  const float x = ImGui::GetIO().MousePos.x;
  if (edge) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeEW);
    return offer_hint(context, *edge ? "Drag: where the object begins" : "Drag: where the object ends");
  }
  if (x < frame.scale.left)
    return offer_hint(context, "Click to select the object · right-click for what can be done to it");
  const std::size_t sweep = sweep_under(frame.scale, x, frame.sweeps());
  const std::string said = said_at(lane, sweep);
  const Track& track = *context.workspace->document().track(id);
  ImGui::SetTooltip("%s\nsweep %zu: %s", title_of(context.workspace->document(), track).c_str(), sweep,
                    said.c_str());
  offer_hint(context, fmt::format("Sweep {}: {} · click to go there, right-click for more", sweep, said));
}

}  // namespace

std::optional<bool> edge_under(const TimelineFrame& frame, const Lane& lane, float x) {
  if (!lane.life || x < frame.scale.left) return std::nullopt;
  const float radius = mark_radius(frame.scale, frame.lane), reach = 0.3f * ImGui::GetFontSize();
  const float first = std::abs(life_begins_at(frame.scale, *lane.life, radius) - x);
  const float last = std::abs(life_ends_at(frame.scale, *lane.life, radius) - x);
  if (std::min(first, last) > reach) return std::nullopt;
  return first <= last;
}

const LaneKeyframe* keyframe_under(const TimelineFrame& frame, const Lane& lane, float x) {
  const LaneKeyframe* best = nullptr;
  float nearest = std::max(6.0f, static_cast<float>(0.5 * frame.scale.pixels_per_sweep()));
  nearest = std::min(nearest, 0.5f * frame.lane);
  for (const LaneKeyframe& keyframe : lane.keyframes)
    if (const float distance = std::abs(frame.scale.x(static_cast<double>(keyframe.sweep)) - x);
        distance <= nearest) {
      nearest = distance;
      best = &keyframe;
    }
  return best;
}

void take_lane_mouse(const TimelineFrame& frame, TrackId id, const Lane& lane, const LaneKeyframe* under) {
  GuiContext& context = frame.context;
  TimelineMemory& memory = context.resources.memory().timeline;
  if (memory.edge && memory.edge->track == id && lane.life) return follow_edge(frame, *lane.life);
  if (!ImGui::IsItemHovered() || memory.edge) return;
  context.ui.hovered = id;
  const float x = ImGui::GetIO().MousePos.x;
  const std::optional<bool> edge = edge_under(frame, lane, x);
  say_what_is_under(frame, lane, id, edge);
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) {
    context.ui.selected = id;
    if (edge)
      memory.edge = TimelineMemory::Edge{id, *edge, *edge ? lane.life->first : lane.life->last};
    else if (under)
      go_to(context, under->sweep);
    else if (x >= frame.scale.left)
      go_to(context, sweep_under(frame.scale, x, frame.sweeps()));
  }
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Right)) {
    context.ui.selected = id;
    ImGui::OpenPopup("track");
    memory.menu_track = id;
    memory.menu_time = under ? std::optional(under->time) : std::nullopt;
    if (!under && x >= frame.scale.left) go_to(context, sweep_under(frame.scale, x, frame.sweeps()));
  }
}

void draw_timeline_menu(const TimelineFrame& frame) {
  const TimelineMemory& memory = frame.context.resources.memory().timeline;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, frame.spacing);
  if (ImGui::BeginPopup("track")) {
    if (memory.menu_track && memory.menu_time) {
      if (ImGui::MenuItem("Delete this keyframe"))
        frame.context.run("keyframe.remove",
                          {{"track", memory.menu_track->value}, {"time_ns", memory.menu_time->ns}});
      mark_item(frame.context.ui.places, "timeline/delete_keyframe");
      ImGui::Separator();
    }
    draw_track_menu(frame.context);
    ImGui::EndPopup();
  }
  ImGui::PopStyleVar();
}

}  // namespace sweepmark::gui
