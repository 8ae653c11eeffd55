// The hand on the timeline's lanes: what is under the mouse, ends of lives that are dragged, the menu of an
// object.
#pragma once

#include <imgui.h>

#include <optional>

#include "app/gui/gui_context.hpp"
#include "app/gui/timeline_lanes.hpp"

namespace sweepmark::gui {

// One frame of the timeline.
struct TimelineFrame {
  GuiContext& context;
  Area area;
  float names;   // width of the column with the objects' names
  float header;  // height of the ruler
  float lane;    // height of a lane
  TimeScale scale;
  ImVec2 spacing;  // of items in menus

  const Drive& drive() const { return context.workspace->drive(); }
  std::size_t sweeps() const { return drive().sweeps.size(); }
};

// Which end of the life is under the mouse, true for the first: of short lives the nearer one.
std::optional<bool> edge_under(const TimelineFrame& frame, const Lane& lane, float x);
// The nearest keyframe within reach; null where there is none.
const LaneKeyframe* keyframe_under(const TimelineFrame& frame, const Lane& lane, float x);

// After the item that is an object's lane: hover, clicks, and an end of its life that is held. `under` as
// keyframe_under gives it.
void take_lane_mouse(const TimelineFrame& frame, TrackId id, const Lane& lane, const LaneKeyframe* under);
// The menu that a right click opened.
void draw_timeline_menu(const TimelineFrame& frame);

}  // namespace sweepmark::gui
