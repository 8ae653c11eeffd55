// A box as a straight view of one of its sides shows it: where its handles are, which one is under the mouse,
// and the drag of one. The side views and the cells of the batch view both edit by these.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/box_edit.hpp"
#include "app/gui/drawing.hpp"
#include "app/gui/view_scene.hpp"

namespace sweepmark::gui {

// A box in a parallel projection onto one of its sides.
struct BoxPicture {
  ShownBox box;
  Pose<World, Ego> world_from_ego;
  BoxSide side = BoxSide::top;
  Area area;          // window pixels
  ViewCamera camera;  // orthographic
  double reach = 1;   // metres from the front to the heading's handle

  // Window pixels. The eye stands close by; what lies behind it is still in the picture.
  ImVec2 pixel(const Point<Ego>& point) const;
  // What a movement on the screen is in the ego frame; metres.
  Eigen::Vector3d motion_of(const Eigen::Vector2d& pixels) const;
};

// Quarter a turn, so that a box seen from above heads to the right.
void lie_down(ViewCamera& camera);
// Metres seen above and below the middle.
double half_height_of(const ViewCamera& camera);
void set_half_height(ViewCamera& camera, double metres);

// The ends of a face as this view sees it: a line across the picture.
std::array<ImVec2, 2> face_line(const BoxPicture& picture, const FaceSigns& face);
ImVec2 place_of_handle(const BoxPicture& picture, const BoxHandle& handle);
// The handle within reach of the mouse; anywhere else inside, the box itself.
std::optional<BoxHandle> handle_under(const BoxPicture& picture, const ImVec2& mouse);
// What dragging it would do, for the status line.
std::string hint_for(const BoxHandle& handle);
ImGuiMouseCursor cursor_for(const BoxPicture& picture, const BoxHandle& handle);

// A handle under the hand, from the press to the release.
struct HandleDrag {
  std::optional<BoxHandle> grabbed;
  bool drafted = false;  // the drag has made a draft; where that is gone, Esc was pressed
  Box3<Ego> start;       // the box before the drag
  ViewCamera camera;     // of the drag: the view stands still under the hand
  Eigen::Vector2d pressed_at = Eigen::Vector2d::Zero();  // window pixels
};

// The points near a box, in its own frame; empty where there are none (yet).
using PointsNearBox = std::function<std::vector<Eigen::Vector3d>(const Box3<Ego>&)>;

// Nothing is held and the mouse is over a handle: takes hold of it when the button goes down; a double click
// on a face pulls the face to the points.
void press_handle(GuiContext& context, HandleDrag& drag, const BoxPicture& picture, const BoxHandle& handle,
                  const PointsNearBox& points);
// A handle is held: the draft follows the mouse, and becomes one command where the button is up. `pressed`:
// the button is still down on the item where it went down. False where the hand has let go.
bool follow_drag(GuiContext& context, HandleDrag& drag, const BoxPicture& picture, bool pressed);

// Outline, heading and handles, the hot one in the accent colour. With `evidence`, faces that were not seen
// are dashed, and each has beside it how many points speak for it.
void draw_handles(const BoxPicture& picture, Rgba colour, const std::optional<BoxHandle>& hot,
                  const BoxEvidence* evidence = nullptr);
// Each handle as a place named by `prefix` and its name.
void mark_handles(Places& places, const BoxPicture& picture, std::string_view prefix);

}  // namespace sweepmark::gui
