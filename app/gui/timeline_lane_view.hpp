// A track's lane on the timeline as it is drawn.
#pragma once

#include "app/gui/drawing.hpp"
#include "app/gui/timeline_lanes.hpp"

namespace sweepmark::gui {

// Half the width of a keyframe's mark on a lane of this height, in pixels.
float mark_radius(const TimeScale& scale, float lane_height);

struct LaneView {
  const TimeScale& scale;
  const Lane& lane;
  Rgba colour;  // of the object's class
  float top, height;
  const LaneKeyframe* hot = nullptr;  // under the mouse

  float x(std::size_t sweep, double by = 0) const { return scale.x(static_cast<double>(sweep) + by); }
  float middle() const { return top + 0.5f * height; }
  bool in_sight(float at) const {
    const float radius = mark_radius(scale, height);
    return at >= scale.left - radius && at <= scale.left + scale.width + radius;
  }
};

// Into the current window: the ribbon of confidence, what lies between keyframes, absences, attributes, and
// the keyframes over them.
void draw_lane(const LaneView& view);
// The two ends of a life as brackets; those under the mouse stand out.
void draw_life(const LaneView& view, const LaneSpan& life, bool hot_first, bool hot_last);

}  // namespace sweepmark::gui
