// The way of an object through the drive.
#pragma once

#include <vector>

#include "app/gui/drawing.hpp"
#include "core/drive/drive.hpp"
#include "core/labels/document.hpp"
#include "render/view_camera.hpp"

namespace sweepmark::gui {

struct TrailPoint {
  enum class Kind { derived, automatic, placed };  // between keyframes; proposed; of a person or a file
  std::size_t sweep = 0;
  Point<World> at;  // the middle of the box
  Kind kind = Kind::derived;
  bool joined = false;  // with the point before: the object is there in every sweep between
};
using Trail = std::vector<TrailPoint>;

// A point for each sweep in which the object is, in order.
Trail trail_of(const Track& track, const Drive& drive, const Trajectory& trajectory);

// Fainter the further from the sweep `now` in time; dots at keyframes that stand, smaller ones at proposed
// boxes. `area` is where the camera's picture lies in the window.
void draw_trail(ImDrawList& list, const Trail& trail, std::size_t now, Rgba colour, const ViewCamera& camera,
                const Area& area);

struct GuiContext;
// That of the selected object, where it is wanted; worked out once a revision.
void draw_selected_trail(GuiContext& context, ImDrawList& list, const ViewCamera& camera, const Area& area);

}  // namespace sweepmark::gui
