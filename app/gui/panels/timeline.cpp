// The drive from left to right: the cursor, and a lane for every object with its keyframes and what lies
// between them.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/gui/draft.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/timeline_hand.hpp"
#include "app/gui/timeline_lane_view.hpp"
#include "app/gui/track_menu.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

namespace {

TimeScale present_scale(const TimelineMemory& memory, std::size_t sweeps, float left, float width) {
  TimeScale scale = whole_drive(sweeps, left, width);
  if (memory.last > memory.first) {
    scale.first = std::max(memory.first, scale.first);
    scale.last = std::min(memory.last, scale.last);
  }
  return scale;
}

bool icon_button(GuiContext& context, const char* icon, const char* place, const char* tip) {
  const float side = ImGui::GetFrameHeight();
  ImGui::PushID(place);
  const bool clicked = ImGui::Button(icon, {1.25f * side, side});
  ImGui::PopID();
  mark_item(context.ui.places, place);
  if (ImGui::IsItemHovered()) offer_hint(context, tip);
  return clicked;
}

void draw_controls(const TimelineFrame& frame) {
  GuiContext& context = frame.context;
  const float gap = 3;
  ImGui::SetCursorScreenPos(
      {frame.area.x + gap, frame.area.y + 0.5f * (frame.header - ImGui::GetFrameHeight())});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {2, ImGui::GetStyle().FramePadding.y});
  if (icon_button(context, icons::step_back, "timeline/back", "One sweep back") && context.ui.cursor > 0)
    go_to(context, context.ui.cursor - 1);
  ImGui::SameLine();
  if (icon_button(context, context.ui.playing ? icons::pause : icons::play, "timeline/play",
                  context.ui.playing ? "Stop" : "Play"))
    context.ui.playing = !context.ui.playing;
  ImGui::SameLine();
  if (icon_button(context, icons::step_forward, "timeline/forward", "One sweep on"))
    go_to(context, context.ui.cursor + 1);
  ImGui::SameLine();
  double& speed = context.resources.memory().play_speed;
  ImGui::SetNextItemWidth(std::max(20.0f, frame.area.x + frame.names - gap - ImGui::GetCursorScreenPos().x));
  if (ImGui::BeginCombo("##speed", fmt::format("{:g}×", speed).c_str())) {
    for (const double choice : {0.25, 0.5, 1.0, 2.0, 4.0})
      if (ImGui::Selectable(fmt::format("{:g}×", choice).c_str(), choice == speed)) speed = choice;
    ImGui::EndCombo();
  }
  mark_item(context.ui.places, "timeline/speed");
  if (ImGui::IsItemHovered()) offer_hint(context, "How fast to play");
  ImGui::PopStyleVar(2);
}

void draw_ruler(const TimelineFrame& frame) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = ImGui::GetFontSize(), bottom = frame.area.y + frame.header;
  const TimestampNs start = frame.drive().sweeps.front().time;
  const std::size_t step = ruler_step(frame.scale, 8.5 * em);
  const std::size_t fine = std::max<std::size_t>(1, step / 10);
  const auto first = static_cast<std::size_t>(std::max(0.0, std::ceil(frame.scale.first)));
  if (static_cast<double>(fine) * frame.scale.pixels_per_sweep() >= 4)
    for (std::size_t i = first / fine * fine;
         i < frame.sweeps() && static_cast<double>(i) <= frame.scale.last; i += fine)
      if (static_cast<double>(i) >= frame.scale.first)
        list.AddLine({frame.scale.x(static_cast<double>(i)), bottom - 4},
                     {frame.scale.x(static_cast<double>(i)), bottom}, theme::line);
  const float right = frame.area.x + frame.area.width;
  for (std::size_t i = first / step * step; i < frame.sweeps() && static_cast<double>(i) <= frame.scale.last;
       i += step) {
    const float x = frame.scale.x(static_cast<double>(i));
    if (x < frame.scale.left) continue;
    const std::string text =
        fmt::format("{} · {:.1f} s", i, seconds_between(start, frame.drive().sweeps[i].time));
    list.AddLine({x, bottom - 8}, {x, bottom}, theme::text_dim);
    if (x + 3 + ImGui::CalcTextSize(text.c_str()).x < right)
      list.AddText({x + 3, bottom - 1.25f * em}, theme::text_dim, text.c_str());
  }
}

void take_ruler_mouse(TimelineFrame& frame) {
  TimelineMemory& memory = frame.context.resources.memory().timeline;
  ImGui::SetCursorScreenPos({frame.scale.left, frame.area.y});
  ImGui::InvisibleButton("ruler", {frame.scale.width, frame.header});
  mark_place(frame.context.ui.places, "timeline/ruler",
             {frame.scale.left, frame.area.y, frame.scale.width, frame.header});
  if (ImGui::IsItemActive())
    go_to(frame.context, sweep_under(frame.scale, ImGui::GetIO().MousePos.x, frame.sweeps()));
  memory.scrubbing = ImGui::IsItemActive();
  if (ImGui::IsItemHovered())
    offer_hint(frame.context, "Drag to move through the drive · Ctrl+wheel stretches the time");
}

// Over the whole timeline: Ctrl and wheel zoom in time, Shift and wheel move along it.
void take_wheel(TimelineFrame& frame) {
  TimelineMemory& memory = frame.context.resources.memory().timeline;
  const ImGuiIO& io = ImGui::GetIO();
  if (io.MouseWheel == 0 || !holds(frame.area, io.MousePos) || (!io.KeyCtrl && !io.KeyShift)) return;
  if (io.KeyCtrl) {
    frame.scale = zoomed(frame.scale, std::pow(0.8, io.MouseWheel), io.MousePos.x, frame.sweeps());
  } else {
    const double shift = -0.1 * io.MouseWheel * (frame.scale.last - frame.scale.first);
    TimeScale moved = frame.scale;
    moved.first += shift;
    moved.last += shift;
    frame.scale = zoomed(moved, 1.0, moved.left, frame.sweeps());
  }
  memory.first = frame.scale.first;
  memory.last = frame.scale.last;
}

void draw_lane_with_ends(const TimelineFrame& frame, const LaneView& view, TrackId id) {
  draw_lane(view);
  if (!view.lane.life) return;
  const auto& edge = frame.context.resources.memory().timeline.edge;
  const bool held = edge && edge->track == id;
  const std::optional<bool> under = held ? std::optional(edge->first)
                                    : ImGui::IsItemHovered()
                                        ? edge_under(frame, view.lane, ImGui::GetIO().MousePos.x)
                                        : std::nullopt;
  const LaneSpan life = held ? with_edge_at(*view.lane.life, edge->first, edge->sweep) : *view.lane.life;
  draw_life(view, life, under == true, under == false);
}

void mark_edges(const TimelineFrame& frame, const Lane& lane, TrackId id, float top) {
  if (!lane.life || frame.context.ui.selected != id) return;
  const float radius = mark_radius(frame.scale, frame.lane);
  const auto mark = [&](const char* name, float x) {
    mark_place(frame.context.ui.places, name, {x - 1, top + 0.3f * frame.lane, 2, 0.4f * frame.lane});
  };
  mark("timeline/begins", life_begins_at(frame.scale, *lane.life, radius));
  mark("timeline/ends", life_ends_at(frame.scale, *lane.life, radius));
}

void draw_track_row(const TimelineFrame& frame, TrackId id) {
  GuiContext& context = frame.context;
  const Document& document = context.workspace->document();
  const Track& track = *document.track(id);
  const Rgba colour = class_colour(document.taxonomy, track.properties.class_id);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool selected = context.ui.selected == id;
  ImGui::PushID(static_cast<int>(id.value));
  ImGui::InvisibleButton("lane", {frame.names + frame.scale.width, frame.lane},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight);
  ImGui::PopID();
  mark_item(context.ui.places, fmt::format("timeline/track{}", id.value));
  const Lane lane = lane_of(track, frame.drive());
  mark_edges(frame, lane, id, at.y);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const LaneKeyframe* const under =
      ImGui::IsItemHovered() && mouse.x >= frame.scale.left ? keyframe_under(frame, lane, mouse.x) : nullptr;
  if (selected || context.ui.hovered == id)
    list.AddRectFilled(at, {at.x + frame.names + frame.scale.width, at.y + frame.lane},
                       selected ? IM_COL32(61, 153, 245, 40) : IM_COL32(255, 255, 255, 12));
  take_lane_mouse(frame, id, lane, under);
  const float em = ImGui::GetFontSize();
  list.AddCircleFilled({at.x + 0.8f * em, at.y + 0.5f * frame.lane}, 0.28f * em, colour_of(colour));
  list.AddText({at.x + 1.4f * em, at.y + 0.5f * (frame.lane - em)}, selected ? theme::text : theme::text_dim,
               fitted(title_of(document, track), frame.names - 1.8f * em).c_str());
  list.PushClipRect({frame.scale.left, at.y}, {frame.scale.left + frame.scale.width, at.y + frame.lane},
                    true);
  draw_lane_with_ends(frame, {frame.scale, lane, colour, at.y, frame.lane, under}, id);
  list.PopClipRect();
}

void draw_lanes(const TimelineFrame& frame) {
  const Area below{frame.area.x, frame.area.y + frame.header, frame.area.width,
                   frame.area.height - frame.header};
  const Document& document = frame.context.workspace->document();
  if (document.tracks.empty())
    return draw_centred(*ImGui::GetWindowDrawList(), below,
                        "No objects yet. Press B and click on one in the 3D view.", theme::text_dim);
  const std::vector<TrackId> order = lane_order(document, frame.context.ui.selected);
  ImGui::SetCursorScreenPos(corner(below));
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
  const bool moves_time = ImGui::GetIO().KeyCtrl || ImGui::GetIO().KeyShift;
  if (ImGui::BeginChild("lanes", {below.width, below.height}, false,
                        moves_time ? ImGuiWindowFlags_NoScrollWithMouse : ImGuiWindowFlags_None)) {
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(order.size()), frame.lane);
    while (clipper.Step())
      for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
        draw_track_row(frame, order[static_cast<std::size_t>(i)]);
    draw_timeline_menu(frame);
  }
  ImGui::EndChild();
  ImGui::PopStyleVar();
}

void draw_cursor(const TimelineFrame& frame) {
  const float x = std::round(frame.scale.x(static_cast<double>(frame.context.ui.cursor)));
  if (x < frame.scale.left || x > frame.scale.left + frame.scale.width) return;
  // In a window of its own: over the lanes, under menus and dialogs.
  ImGui::SetCursorScreenPos(corner(frame.area));
  ImGui::BeginChild("cursor", {frame.area.width, frame.area.height}, false,
                    ImGuiWindowFlags_NoInputs | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoScrollbar);
  const float em = ImGui::GetFontSize(), top = frame.area.y + frame.header;
  ImGui::GetWindowDrawList()->AddLine({x, top - 0.4f * em}, {x, frame.area.y + frame.area.height},
                                      theme::accent, 1.5f);
  ImGui::EndChild();
}

// On the ruler: the sweep under the cursor, never outside the ruler.
void draw_cursor_head(const TimelineFrame& frame) {
  const float x = frame.scale.x(static_cast<double>(frame.context.ui.cursor));
  if (x < frame.scale.left || x > frame.scale.left + frame.scale.width) return;
  const Drive& drive = frame.drive();
  const std::string text =
      fmt::format("{} / {} · {:.2f} s", frame.context.ui.cursor, frame.sweeps() - 1,
                  seconds_between(drive.sweeps.front().time, drive.sweeps[frame.context.ui.cursor].time));
  const Area plate = plate_at({0, 0}, text);
  const float left =
      std::clamp(x - 0.5f * plate.width, frame.scale.left,
                 std::max(frame.scale.left, frame.scale.left + frame.scale.width - plate.width));
  const Area drawn =
      draw_plate(*ImGui::GetWindowDrawList(), {left, frame.area.y + 2}, text, theme::text, theme::accent_dim);
  mark_place(frame.context.ui.places, "timeline/cursor", {x - 3, frame.area.y, 6, frame.header});
  mark_place(frame.context.ui.places, "timeline/now", drawn);
}

void draw(GuiContext& context, const Area& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!has_sweeps(context)) return;
  const float em = ImGui::GetFontSize(), names = std::round(12.5f * em),
              scroll_bar = ImGui::GetStyle().ScrollbarSize;
  const float width = std::max(50.0f, area.width - names - scroll_bar - 2);
  TimelineFrame frame{context,
                      area,
                      names,
                      std::round(2.5f * em),
                      std::round(1.45f * em),
                      present_scale(context.resources.memory().timeline,
                                    context.workspace->drive().sweeps.size(), area.x + names, width),
                      ImGui::GetStyle().ItemSpacing};
  take_wheel(frame);
  list.AddRectFilled(corner(area), far_corner(area), theme::panel);
  draw_controls(frame);
  take_ruler_mouse(frame);
  draw_ruler(frame);
  draw_cursor_head(frame);
  list.AddLine({area.x, area.y + frame.header}, {area.x + area.width, area.y + frame.header}, theme::line);
  draw_lanes(frame);
  draw_cursor(frame);
}

}  // namespace

Panel panel_timeline() {
  return {"timeline", "Timeline", Slot::timeline, draw};
}

}  // namespace sweepmark::gui
