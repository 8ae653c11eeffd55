#include "app/gui/timeline_lane_view.hpp"

#include <algorithm>
#include <array>

#include "app/gui/certainty.hpp"
#include "app/gui/theme.hpp"

namespace sweepmark::gui {
namespace {

void diamond(ImDrawList& list, const ImVec2& at, float radius, ImU32 colour, bool outlined) {
  const std::array<ImVec2, 4> points = {
      {{at.x, at.y - radius}, {at.x + radius, at.y}, {at.x, at.y + radius}, {at.x - radius, at.y}}};
  list.AddConvexPolyFilled(points.data(), 4, colour);
  if (outlined) list.AddPolyline(points.data(), 4, IM_COL32_WHITE, ImDrawFlags_Closed, 1.5f);
}

// How sure each proposed box is, by height and colour; the least sure still stands out.
void draw_ribbon(const LaneView& view) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float floor = view.top + view.height - 1, full = view.height - 4;
  for (const LaneKeyframe& keyframe : view.lane.keyframes) {
    if (keyframe.origin != Origin::automatic || !keyframe.confidence) continue;
    const float left = view.x(keyframe.sweep, -0.5), right = view.x(keyframe.sweep, 0.5);
    if (!view.in_sight(left) && !view.in_sight(right)) continue;
    const auto sure = static_cast<float>(std::clamp(*keyframe.confidence, 0.0, 1.0));
    const float height = full * (0.25f + 0.75f * sure);
    list.AddRectFilled({left, floor - height}, {std::max(left + 1, right), floor},
                       colour_of(with_alpha(confidence_colour(sure), 0.95 - 0.4 * sure)));
  }
}

void draw_spans(const LaneView& view) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float middle = view.middle(), half = 0.14f * view.height;
  for (const LaneSpan& span : view.lane.interpolated)
    list.AddRectFilled({view.x(span.first), middle - half}, {view.x(span.last), middle + half},
                       colour_of(with_alpha(view.colour, 0.45)), 2.0f);
  for (const LaneSpan& span : view.lane.absent) {
    const std::array<ImVec2, 2> line = {
        {{view.x(span.first, -0.4), middle}, {view.x(span.last, 0.4), middle}}};
    draw_dashed(list, line, theme::text_dim, 1.0f, 3.0f);
  }
  for (const LaneAttribute& attribute : view.lane.attributes)
    list.AddRectFilled({view.x(attribute.span.first, -0.5), view.top + 1},
                       {view.x(attribute.span.last, 0.5), view.top + 3}, theme::text_dim);
}

// A person's are filled diamonds, bright; a file's are plain ones; an algorithm's are ticks.
void draw_keyframe(const LaneView& view, const LaneKeyframe& keyframe) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float x = view.x(keyframe.sweep), middle = view.middle();
  if (!view.in_sight(x)) return;
  const float radius = mark_radius(view.scale, view.height), half = 0.17f * view.height;
  const bool hot = &keyframe == view.hot;
  const ImU32 colour =
      colour_of(keyframe.origin == Origin::human ? brighter(view.colour, 0.45) : view.colour);
  if (keyframe.origin == Origin::automatic) {
    const float width = hot ? 1.5f : 0.75f;
    list.AddRectFilled({x - width, middle - half}, {x + width, middle + half}, hot ? IM_COL32_WHITE : colour);
  } else if (keyframe.origin == Origin::imported && radius < 3 && !hot) {
    const float width = 0.5f * std::max(1.0f, 2 * radius - 1);
    list.AddRectFilled({x - width, middle - 1.6f * half}, {x + width, middle + 1.6f * half}, colour);
  } else {
    const float least = keyframe.origin == Origin::human ? 0.2f * view.height : 2.0f;
    diamond(list, {x, middle}, hot ? std::max(radius, 0.3f * view.height) : std::max(least, radius), colour,
            hot);
  }
}

}  // namespace

float mark_radius(const TimeScale& scale, float lane_height) {
  return std::clamp(0.55f * static_cast<float>(scale.pixels_per_sweep()), 2.0f, 0.3f * lane_height);
}

void draw_lane(const LaneView& view) {
  draw_ribbon(view);
  draw_spans(view);
  for (const LaneKeyframe& keyframe : view.lane.keyframes) draw_keyframe(view, keyframe);
}

void draw_life(const LaneView& view, const LaneSpan& life, bool hot_first, bool hot_last) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float radius = mark_radius(view.scale, view.height), up = 0.32f * view.height,
              foot = 0.16f * view.height;
  const auto bracket = [&](float x, float inwards, bool hot) {
    const ImU32 colour = hot ? theme::accent : colour_of(with_alpha(view.colour, 0.8));
    const float width = hot ? 2.5f : 1.2f, middle = view.middle();
    list.AddLine({x, middle - up}, {x, middle + up}, colour, width);
    list.AddLine({x, middle - up}, {x + inwards, middle - up}, colour, width);
    list.AddLine({x, middle + up}, {x + inwards, middle + up}, colour, width);
  };
  bracket(life_begins_at(view.scale, life, radius), foot, hot_first);
  bracket(life_ends_at(view.scale, life, radius), -foot, hot_last);
}

}  // namespace sweepmark::gui
