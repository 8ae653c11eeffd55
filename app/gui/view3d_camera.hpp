// The camera of the 3D view under the hand, the same in every tool: right button orbits, middle button (or Shift and right)
// pans, the wheel comes nearer to what is under the cursor, the arrow keys fly, a double-click looks there.
#pragma once

#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

// Places the camera behind and above the vehicle where a drive is shown for the first time, and afterwards takes it along
// from sweep to sweep where ViewState says so.
void place_camera(GuiContext& context, const SweepScene& scene);

// What is under a pixel of the 3D view: the point drawn there, else the ground, else somewhere along the ray.
Point<World> place_under(GuiContext& context, const SweepScene& scene, const Eigen::Vector2d& pixel, Viewport viewport);

struct CameraInput {
  Eigen::Vector2d mouse = Eigen::Vector2d::Zero();  // pixels of the view
  bool hovered = false;
};
void control_camera(GuiContext& context, const SweepScene& scene, const CameraInput& input, Viewport viewport);

void look_from(GuiContext& context, const SweepScene& scene, ViewPreset preset);

}  // namespace sweepmark::gui
