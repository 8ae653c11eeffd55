#include "app/gui/side_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/gui/box_handles.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/trail.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr double margin = 0.55;                                         // of the box's size, on each side
constexpr double fine_step_half_height = 0.3, coarse_half_height = 60;  // metres; how far the wheel goes

struct SideFrame {
  GuiContext& context;
  const SweepScene& scene;
  BoxPicture picture;

  SideMemory& memory() const {
    return context.resources.memory().sides[static_cast<std::size_t>(picture.side)];
  }
};

const char* title_of(BoxSide side) {
  return side == BoxSide::top ? "Top" : side == BoxSide::side ? "Side" : "Rear";
}

std::string_view place_of(BoxSide side) {
  return side == BoxSide::top ? "side_top/" : side == BoxSide::side ? "side_side/" : "side_rear/";
}

PointView view_of(BoxSide side) {
  return side == BoxSide::top ? PointView::top : side == BoxSide::side ? PointView::side : PointView::rear;
}

// In a wide pane the box heads to the right, as in the view beside it, and is seen larger.
void use_the_width(ViewCamera& camera, const Box3<World>& box, Viewport viewport) {
  lie_down(camera);
  const double aspect = static_cast<double>(viewport.width) / viewport.height;
  set_half_height(camera, (0.5 + margin) * std::max(box.width(), box.length() / aspect));
}

// Looks at the box; the scale is the hand's where the wheel was turned, and stands still while a handle is
// held.
ViewCamera side_camera(SideMemory& memory, const Box3<World>& box, const std::optional<TrackId>& track,
                       BoxSide side, Viewport viewport) {
  if (memory.drag.grabbed) return memory.drag.camera;
  if (memory.track != track) {
    memory = {};
    memory.track = track;
  }
  ViewCamera camera = box_side_view(box, side, viewport, margin);
  if (side == BoxSide::top && viewport.width > viewport.height) use_the_width(camera, box, viewport);
  if (memory.half_height > 0) set_half_height(camera, memory.half_height);
  return camera;
}

void zoom(const SideFrame& frame, float notches) {
  frame.memory().half_height = std::clamp(half_height_of(frame.picture.camera) * std::pow(0.87, notches),
                                          fine_step_half_height, coarse_half_height);
}

// One invisible item takes the mouse over the view; returns the handle under it.
std::optional<BoxHandle> take_mouse(const SideFrame& frame) {
  const BoxPicture& picture = frame.picture;
  ImGui::SetCursorScreenPos(corner(picture.area));
  ImGui::InvisibleButton("side", {picture.area.width, picture.area.height});
  HandleDrag& drag = frame.memory().drag;
  const bool hovered = ImGui::IsItemHovered();
  if (drag.grabbed) {
    const bool pressed = ImGui::IsMouseDown(ImGuiMouseButton_Left) && ImGui::IsItemActive();
    return follow_drag(frame.context, drag, picture, pressed) ? drag.grabbed : std::nullopt;
  }
  if (!hovered) return std::nullopt;
  if (ImGui::GetIO().MouseWheel != 0) zoom(frame, ImGui::GetIO().MouseWheel);
  const std::optional<BoxHandle> under = handle_under(picture, ImGui::GetIO().MousePos);
  offer_hint(frame.context,
             under ? hint_for(*under) : "Wheel zooms · drag a face, a corner, the middle or the arrow");
  if (!under) return std::nullopt;
  ImGui::SetMouseCursor(cursor_for(picture, *under));
  press_handle(frame.context, drag, picture, *under, [&](const Box3<Ego>& box) {
    return frame.scene.cloud ? local_points(*frame.scene.cloud, frame.scene.ego_from_cloud, box, 0.0)
                             : std::vector<Eigen::Vector3d>{};
  });
  return under;
}

void draw_picture(const SideFrame& frame) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!frame.scene.cloud) {
    list.AddRectFilled(corner(frame.picture.area), far_corner(frame.picture.area), theme::background);
    return;
  }
  const ScenePoints points = points_of(frame.context, frame.scene);
  PointStyle style = point_style(frame.context, frame.scene);
  const Box3<World> focus = frame.scene.world_from_ego * frame.picture.box.box;
  style.focus = {&focus, 1};
  style.outside_focus = 0.35;
  draw_texture(list,
               frame.context.resources.points(view_of(frame.picture.side), {&points, 1}, style,
                                              frame.picture.camera, viewport_of(frame.picture.area)),
               frame.picture.area);
}

void draw_caption(const SideFrame& frame) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = ImGui::GetFontSize(), gap = 0.4f * em;
  std::string text = title_of(frame.picture.side);
  if (frame.picture.side == BoxSide::top && frame.scene.cloud) {
    const std::size_t inside = evidence_of(frame.context, frame.scene, frame.picture.box.box).inside;
    text += fmt::format(" · {} point{} inside", inside, inside == 1 ? "" : "s");
  }
  text = fitted(text, frame.picture.area.width - 2 * em);
  const Area plate = plate_at({0, 0}, text);  // at the bottom: the arrow's tip may be at the top
  draw_plate(
      list,
      {frame.picture.area.x + gap, frame.picture.area.y + frame.picture.area.height - plate.height - gap},
      text, theme::text_dim, IM_COL32(18, 20, 24, 190));
}

}  // namespace

const BoxEvidence& evidence_of(GuiContext& context, const SweepScene& scene, const Box3<Ego>& box) {
  ViewMemory::Evidence& kept = context.resources.memory().evidence;
  const bool same = kept.cloud == scene.cloud.get() && kept.box.size == box.size &&
                    kept.box.pose.translation() == box.pose.translation() &&
                    kept.box.pose.rotation().coeffs() == box.pose.rotation().coeffs();
  if (same) return kept.evidence;
  kept = {scene.cloud.get(), box, {}};
  if (scene.cloud)
    kept.evidence = evidence_for(box, local_points(*scene.cloud, scene.ego_from_cloud, box, evidence_reach));
  return kept.evidence;
}

void draw_side_view(GuiContext& context, const Area& area, BoxSide side) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!has_sweeps(context)) return;
  const std::optional<ShownBox> box = selected_box(context);
  if (!box) {
    list.AddRectFilled(corner(area), far_corner(area), theme::background);
    context.resources.memory().sides[static_cast<std::size_t>(side)] = {};
    draw_centred(list, area, fmt::format("{}\nSelect a box to see it here.", title_of(side)),
                 theme::text_dim);
    return;
  }
  const SweepScene scene = scene_at_cursor(context);
  SideMemory& memory = context.resources.memory().sides[static_cast<std::size_t>(side)];
  const ViewCamera camera =
      side_camera(memory, scene.world_from_ego * box->box, box->track, side, viewport_of(area));
  const std::optional<BoxHandle> hot = take_mouse(
      {context, scene, {*box, scene.world_from_ego, side, area, camera, heading_reach(box->box.size)}});
  // What is drawn is what the hand has made of it by now.
  const ShownBox now = selected_box(context).value_or(*box);
  const SideFrame frame{
      context, scene, {now, scene.world_from_ego, side, area, camera, heading_reach(now.box.size)}};
  list.PushClipRect(corner(area), far_corner(area), true);
  draw_picture(frame);
  if (side == BoxSide::top) draw_selected_trail(context, list, camera, area);
  mark_handles(context.ui.places, frame.picture, place_of(side));
  const BoxEvidence* const evidence =
      scene.cloud ? &evidence_of(context, scene, now.box) : nullptr;  // nothing is known without points
  draw_handles(frame.picture,
               brighter(class_colour(context.workspace->document().taxonomy, now.class_id), 0.25), hot,
               evidence);
  draw_caption(frame);
  list.PopClipRect();
}

}  // namespace sweepmark::gui
