#include "app/gui/side_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/gui/draft.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr double margin = 0.55;                                         // of the box's size, on each side
constexpr double fine_step_half_height = 0.3, coarse_half_height = 60;  // metres; how far the wheel goes

struct SideFrame {
  GuiContext& context;
  const SweepScene& scene;
  const ShownBox& box;
  BoxSide side;
  Area area;
  ViewCamera camera;

  SideMemory& memory() const { return context.resources.memory().sides[static_cast<std::size_t>(side)]; }
  Viewport viewport() const { return viewport_of(area); }
  std::string place(const std::string& name) const;
  // Window pixels.
  ImVec2 pixel(const Point<Ego>& point) const;
  Eigen::Vector2d mouse() const {
    const ImVec2 at = ImGui::GetIO().MousePos;
    return {at.x - area.x, at.y - area.y};
  }
};

const char* title_of(BoxSide side) {
  return side == BoxSide::top ? "Top" : side == BoxSide::side ? "Side" : "Rear";
}

std::string SideFrame::place(const std::string& name) const {
  return std::string(side == BoxSide::top    ? "side_top/"
                     : side == BoxSide::side ? "side_side/"
                                             : "side_rear/") +
         name;
}

ImVec2 SideFrame::pixel(const Point<Ego>& point) const {
  // The eye stands close by; what lies behind it is still in the picture of a parallel projection.
  const Eigen::Vector3d from = scene.world(point).metres - camera.target.metres;
  const double scale = camera.metres_per_pixel(viewport());
  return {area.x + 0.5f * area.width + static_cast<float>(from.dot(camera.right()) / scale),
          area.y + 0.5f * area.height - static_cast<float>(from.dot(camera.up()) / scale)};
}

PointView view_of(BoxSide side) {
  return side == BoxSide::top ? PointView::top : side == BoxSide::side ? PointView::side : PointView::rear;
}

// In a wide pane the box heads to the right, as in the view beside it, and is seen larger.
void lie_down(ViewCamera& camera, const Box3<World>& box, Viewport viewport) {
  camera.yaw = wrapped_angle(camera.yaw + std::numbers::pi / 2);
  const double aspect = static_cast<double>(viewport.width) / viewport.height;
  const double half_height = (0.5 + margin) * std::max(box.width(), box.length() / aspect);
  camera.vertical_fov = 2 * std::atan(half_height / camera.distance);
}

// Looks at the box; the scale is the hand's where the wheel was turned, and stands still while a handle is
// held.
ViewCamera side_camera(SideMemory& memory, const Box3<World>& box, const std::optional<TrackId>& track,
                       BoxSide side, Viewport viewport) {
  if (memory.grabbed) return memory.camera;
  if (memory.track != track) {
    memory = {};
    memory.track = track;
  }
  ViewCamera camera = box_side_view(box, side, viewport, margin);
  if (side == BoxSide::top && viewport.width > viewport.height) lie_down(camera, box, viewport);
  if (memory.half_height > 0) camera.vertical_fov = 2 * std::atan(memory.half_height / camera.distance);
  return camera;
}

double half_height_of(const ViewCamera& camera) {
  return camera.distance * std::tan(0.5 * camera.vertical_fov);
}

double distance_to_segment(const Eigen::Vector2d& p, const ImVec2& a, const ImVec2& b) {
  const Eigen::Vector2d from(a.x, a.y), along(b.x - a.x, b.y - a.y);
  const double length = along.squaredNorm();
  const double t = length > 0 ? std::clamp((p - from).dot(along) / length, 0.0, 1.0) : 0.0;
  return (p - from - t * along).norm();
}

// The ends of a face as this view sees it: a line across the picture.
std::array<ImVec2, 2> face_line(const SideFrame& frame, const FaceSigns& face) {
  const int depth = frame.side == BoxSide::top ? 2 : frame.side == BoxSide::side ? 1 : 0;
  const int axis = face.x() != 0 ? 0 : face.y() != 0 ? 1 : 2;
  const Eigen::Vector3d along =
      Eigen::Vector3d::Unit(3 - axis - depth).cwiseProduct(frame.box.box.size) * 0.5;
  const Eigen::Vector3d middle = 0.5 * face.cast<double>().cwiseProduct(frame.box.box.size);
  return {frame.pixel(frame.box.box.pose * Point<BoxLocal>(middle - along)),
          frame.pixel(frame.box.box.pose * Point<BoxLocal>(middle + along))};
}

ImVec2 place_of_handle(const SideFrame& frame, const BoxHandle& handle) {
  const Eigen::Vector3d& size = frame.box.box.size;
  return frame.pixel(frame.box.box.pose * place_of(handle, size, heading_reach(size)));
}

bool inside_outline(const SideFrame& frame, const Eigen::Vector2d& mouse) {
  const auto on_inner_side = [&](const FaceSigns& face) {
    const auto [a, b] = face_line(frame, face);
    const ImVec2 centre = frame.pixel(frame.box.box.centre());
    const auto turn = [&](double x, double y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); };
    return turn(mouse.x(), mouse.y()) * turn(centre.x, centre.y) > 0;
  };
  for (const BoxHandle& handle : handles_of(frame.side))
    if (handle.kind == BoxHandle::Kind::face && !on_inner_side(handle.faces)) return false;
  return true;
}

std::optional<BoxHandle> handle_under(const SideFrame& frame) {
  const ImVec2 at = ImGui::GetIO().MousePos;
  const Eigen::Vector2d mouse(at.x, at.y);
  const double reach = 0.55 * ImGui::GetFontSize();
  for (const BoxHandle& handle : handles_of(frame.side)) {
    if (handle.kind == BoxHandle::Kind::face) {
      const auto [a, b] = face_line(frame, handle.faces);
      if (distance_to_segment(mouse, a, b) <= reach) return handle;
    } else if (const ImVec2 place = place_of_handle(frame, handle);
               std::hypot(place.x - at.x, place.y - at.y) <= 1.2 * reach) {
      return handle;
    }
  }
  // Anywhere else inside, the box itself is taken.
  return inside_outline(frame, mouse) ? std::optional(BoxHandle{}) : std::nullopt;
}

const char* face_word(const FaceSigns& face) {
  if (face.x() != 0) return face.x() > 0 ? "front" : "rear";
  if (face.y() != 0) return face.y() > 0 ? "left side" : "right side";
  return face.z() > 0 ? "top" : "bottom";
}

std::string hint_for(const BoxHandle& handle) {
  switch (handle.kind) {
    case BoxHandle::Kind::face:
      return fmt::format("Drag to move the {} · double-click: shrink it to the points",
                         face_word(handle.faces));
    case BoxHandle::Kind::corner:
      return "Drag to move the two faces that meet here";
    case BoxHandle::Kind::heading:
      return "Drag to turn the box";
    case BoxHandle::Kind::centre:
      break;
  }
  return "Drag to move the box in this view · wheel zooms";
}

ImGuiMouseCursor cursor_for(const SideFrame& frame, const BoxHandle& handle) {
  if (handle.kind == BoxHandle::Kind::heading) return ImGuiMouseCursor_Hand;
  if (handle.kind == BoxHandle::Kind::centre) return ImGuiMouseCursor_ResizeAll;
  const ImVec2 centre = frame.pixel(frame.box.box.centre()), place = place_of_handle(frame, handle);
  const float dx = place.x - centre.x, dy = place.y - centre.y;
  if (handle.kind == BoxHandle::Kind::corner)
    return dx * dy > 0 ? ImGuiMouseCursor_ResizeNWSE : ImGuiMouseCursor_ResizeNESW;
  return std::abs(dx) > std::abs(dy) ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS;
}

void grab(const SideFrame& frame, const BoxHandle& handle) {
  SideMemory& memory = frame.memory();
  memory.grabbed = handle;
  memory.drafted = false;
  memory.start = frame.box.box;
  memory.camera = frame.camera;
  memory.pressed_at = frame.mouse();
}

void drag(const SideFrame& frame) {
  SideMemory& memory = frame.memory();
  const Eigen::Vector2d moved_by = frame.mouse() - memory.pressed_at;
  if (!frame.context.ui.draft && moved_by.norm() < 2) return;
  const double scale = frame.camera.metres_per_pixel(frame.viewport());
  const Eigen::Vector3d in_world =
      scale * (moved_by.x() * frame.camera.right() - moved_by.y() * frame.camera.up());
  const Eigen::Vector3d motion = frame.scene.world_from_ego.rotation().conjugate() * in_world;
  if (!draft_box(frame.context, frame.box,
                 dragged(memory.start, *memory.grabbed, motion, heading_reach(memory.start.size))))
    return;
  memory.drafted = true;
  const Eigen::Vector3d size = frame.context.ui.draft->box.size;
  offer_hint(
      frame.context,
      fmt::format("{:.2f} × {:.2f} × {:.2f} m, yaw {:.1f}° · release to keep, Esc to leave it as it was",
                  size.x(), size.y(), size.z(), frame.context.ui.draft->box.yaw() * 57.29577951308232));
}

void shrink(const SideFrame& frame, const FaceSigns& face) {
  if (!frame.scene.cloud) return;
  const auto points = local_points(*frame.scene.cloud, frame.scene.ego_from_cloud, frame.box.box, 0.0);
  const std::optional<Box3<Ego>> shrunk = shrunk_to_points(frame.box.box, face, points);
  if (!shrunk)
    return frame.context.say(Message::Kind::info, "There are no points inside the box to shrink to.");
  if (draft_box(frame.context, frame.box, *shrunk)) commit_draft(frame.context);
}

void zoom(const SideFrame& frame, float notches) {
  frame.memory().half_height = std::clamp(half_height_of(frame.camera) * std::pow(0.87, notches),
                                          fine_step_half_height, coarse_half_height);
}

// One invisible item takes the mouse over the view; returns the handle under it.
std::optional<BoxHandle> take_mouse(const SideFrame& frame) {
  ImGui::SetCursorScreenPos(corner(frame.area));
  ImGui::InvisibleButton("side", {frame.area.width, frame.area.height});
  SideMemory& memory = frame.memory();
  const bool hovered = ImGui::IsItemHovered();
  if (memory.grabbed && memory.drafted && !frame.context.ui.draft) memory.grabbed.reset();  // Esc
  if (memory.grabbed) {
    if (ImGui::IsMouseDown(ImGuiMouseButton_Left) && ImGui::IsItemActive()) {
      drag(frame);
      ImGui::SetMouseCursor(cursor_for(frame, *memory.grabbed));
      return memory.grabbed;
    }
    memory.grabbed.reset();
    commit_draft(frame.context);  // nothing where Esc took the draft, or the handle was not moved
    return std::nullopt;
  }
  if (!hovered) return std::nullopt;
  if (ImGui::GetIO().MouseWheel != 0) zoom(frame, ImGui::GetIO().MouseWheel);
  const std::optional<BoxHandle> under = handle_under(frame);
  offer_hint(frame.context,
             under ? hint_for(*under) : "Wheel zooms · drag a face, a corner, the middle or the arrow");
  if (!under) return std::nullopt;
  ImGui::SetMouseCursor(cursor_for(frame, *under));
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && under->kind == BoxHandle::Kind::face)
    shrink(frame, under->faces);
  else if (ImGui::IsMouseClicked(ImGuiMouseButton_Left))
    grab(frame, *under);
  return under;
}

void draw_box_and_handles(const SideFrame& frame, const std::optional<BoxHandle>& hot) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rgba colour =
      brighter(class_colour(frame.context.workspace->document().taxonomy, frame.box.class_id), 0.25);
  const float radius = std::max(3.0f, 0.26f * ImGui::GetFontSize());
  for (const BoxHandle& handle : handles_of(frame.side)) {
    const ImVec2 place = place_of_handle(frame, handle);
    const bool is_hot = hot == handle;
    mark_place(frame.context.ui.places, frame.place(name_of(handle)),
               {place.x - radius, place.y - radius, 2 * radius, 2 * radius});
    if (handle.kind == BoxHandle::Kind::face) {
      const auto [a, b] = face_line(frame, handle.faces);
      const bool front = handle.faces == FaceSigns(1, 0, 0);
      list.AddLine(a, b, colour_of(colour), is_hot ? 3.5f : front ? 2.5f : 1.5f);
    }
    if (handle.kind == BoxHandle::Kind::heading)
      list.AddLine(frame.pixel(frame.box.box.pose * Point<BoxLocal>(0.5 * frame.box.box.size.x(), 0, 0)),
                   place, colour_of(colour), 2.0f);
    const ImU32 fill = is_hot ? theme::accent : IM_COL32(240, 242, 246, 235);
    if (handle.kind == BoxHandle::Kind::face || handle.kind == BoxHandle::Kind::corner)
      list.AddRectFilled({place.x - radius, place.y - radius}, {place.x + radius, place.y + radius}, fill,
                         1.5f);
    else
      list.AddCircleFilled(place, handle.kind == BoxHandle::Kind::heading ? 1.2f * radius : radius, fill);
  }
}

void draw_picture(const SideFrame& frame) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!frame.scene.cloud) {
    list.AddRectFilled(corner(frame.area), far_corner(frame.area), theme::background);
    return;
  }
  const ScenePoints points = points_of(frame.context, frame.scene);
  PointStyle style = point_style(frame.context, frame.scene);
  const Box3<World> focus = frame.scene.world_from_ego * frame.box.box;
  style.focus = {&focus, 1};
  style.outside_focus = 0.35;
  draw_texture(list,
               frame.context.resources.points(view_of(frame.side), {&points, 1}, style, frame.camera,
                                              frame.viewport()),
               frame.area);
}

void draw_caption(const SideFrame& frame) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float em = ImGui::GetFontSize(), gap = 0.4f * em;
  std::string text = title_of(frame.side);
  if (frame.side == BoxSide::top && frame.scene.cloud) {
    const std::size_t inside = evidence_of(frame.context, frame.scene, frame.box.box).inside;
    text += fmt::format(" · {} point{} inside", inside, inside == 1 ? "" : "s");
  }
  text = fitted(text, frame.area.width - 2 * em);
  const Area plate = plate_at({0, 0}, text);  // at the bottom: the arrow's tip may be at the top
  draw_plate(list, {frame.area.x + gap, frame.area.y + frame.area.height - plate.height - gap}, text,
             theme::text_dim, IM_COL32(18, 20, 24, 190));
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
  const std::optional<BoxHandle> hot = take_mouse({context, scene, *box, side, area, camera});
  // What is drawn is what the hand has made of it by now.
  const ShownBox now = selected_box(context).value_or(*box);
  const SideFrame frame{context, scene, now, side, area, camera};
  list.PushClipRect(corner(area), far_corner(area), true);
  draw_picture(frame);
  draw_box_and_handles(frame, hot);
  draw_caption(frame);
  list.PopClipRect();
}

}  // namespace sweepmark::gui
