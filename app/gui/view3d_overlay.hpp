// What is drawn over the points of the 3D view: boxes and their labels, rings, the read-out.
#pragma once

#include <imgui.h>

#include "app/gui/drawing.hpp"
#include "app/gui/view3d_handles.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

struct OverlayPlace {
  ImDrawList& list;
  Area area;
  const ViewCamera& camera;
  Viewport viewport() const { return viewport_of(area); }
};

void draw_rings(GuiContext& context, const SweepScene& scene, const OverlayPlace& place);
// The handles of the selected box as they can be taken hold of: none while the camera moves under the hand,
// and none while another tool has the left button.
std::vector<SeenHandle> shown_handles(GuiContext& context, const SweepScene& scene, const ShownBox& box,
                                      Viewport viewport);
void draw_boxes(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                const OverlayPlace& place);
// `taken`: what labels must not cover.
void draw_box_labels(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                     const OverlayPlace& place, std::span<const Area> taken);
// What the active tool has drawn so far.
void draw_tool_preview(GuiContext& context, const SweepScene& scene, const OverlayPlace& place);
// A ring round the point under the mouse, here or in an image, and what it is.
void draw_hovered_point(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                        const OverlayPlace& place);

// The box's extent on the screen, in pixels of the view; empty behind the eye.
std::optional<Area> screen_bounds(const Box3<World>& box, const ViewCamera& camera, Viewport viewport);

}  // namespace sweepmark::gui
