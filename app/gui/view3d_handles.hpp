// The selected box's handles in the 3D view: where they are, which one is under the mouse, and what dragging
// one means. Pure functions; a drag ends in box_edit.hpp, as in the side views.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "app/gui/box_edit.hpp"
#include "render/view_camera.hpp"

namespace sweepmark::gui {

struct SeenHandle {
  BoxHandle handle;
  Eigen::Vector2d pixel;  // of the view
  bool faces_eye = true;  // false: on a side of the box that looks away
};

// The handles a box has room for, those that win where the mouse is near several first: heading, centre,
// faces towards the eye, the other faces, and the upright edges, each where no earlier one is within
// `spacing` pixels. A face that is looked at almost straight on has none (nothing tells how far it is
// dragged), and a box smaller than `spacing` on the screen has none at all.
std::vector<SeenHandle> handles_in_view(const Box3<World>& box, const ViewCamera& camera, Viewport viewport,
                                        double spacing);

// The nearest within `radius` pixels.
std::optional<BoxHandle> handle_near(std::span<const SeenHandle> handles, const Eigen::Vector2d& mouse,
                                     double radius);

// How far a handle of a box goes (world frame, metres) between the rays through the mouse when it was taken
// and now: a face along its normal, everything else over the horizontal plane through it. Empty where a ray
// does not tell.
std::optional<Eigen::Vector3d> motion_between(const Box3<World>& start, const BoxHandle& handle,
                                              const ViewRay& taken, const ViewRay& now);

}  // namespace sweepmark::gui
