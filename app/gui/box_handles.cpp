#include "app/gui/box_handles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/gui/draft.hpp"
#include "app/gui/theme.hpp"

namespace sweepmark::gui {

namespace {

double distance_to_segment(const Eigen::Vector2d& p, const ImVec2& a, const ImVec2& b) {
  const Eigen::Vector2d from(a.x, a.y), along(b.x - a.x, b.y - a.y);
  const double length = along.squaredNorm();
  const double t = length > 0 ? std::clamp((p - from).dot(along) / length, 0.0, 1.0) : 0.0;
  return (p - from - t * along).norm();
}

bool inside_outline(const BoxPicture& picture, const ImVec2& mouse) {
  const auto on_inner_side = [&](const FaceSigns& face) {
    const auto [a, b] = face_line(picture, face);
    const ImVec2 centre = picture.pixel(picture.box.box.centre());
    const auto turn = [&](double x, double y) { return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x); };
    return turn(mouse.x, mouse.y) * turn(centre.x, centre.y) > 0;
  };
  for (const BoxHandle& handle : handles_of(picture.side))
    if (handle.kind == BoxHandle::Kind::face && !on_inner_side(handle.faces)) return false;
  return true;
}

const char* face_word(const FaceSigns& face) {
  if (face.x() != 0) return face.x() > 0 ? "front" : "rear";
  if (face.y() != 0) return face.y() > 0 ? "left side" : "right side";
  return face.z() > 0 ? "top" : "bottom";
}

float handle_radius() {
  return std::max(3.0f, 0.26f * ImGui::GetFontSize());
}

Eigen::Vector2d mouse_position() {
  return {ImGui::GetIO().MousePos.x, ImGui::GetIO().MousePos.y};
}

void drag_on(GuiContext& context, HandleDrag& drag, const BoxPicture& picture) {
  const Eigen::Vector2d moved_by = mouse_position() - drag.pressed_at;
  if (!context.ui.draft && moved_by.norm() < 2) return;
  if (!draft_box(context, picture.box,
                 dragged(drag.start, *drag.grabbed, picture.motion_of(moved_by), picture.reach)))
    return;
  drag.drafted = true;
  const Box3<Ego>& box = context.ui.draft->box;
  offer_hint(
      context,
      fmt::format("{:.2f} × {:.2f} × {:.2f} m, yaw {:.1f}° · release to keep, Esc to leave it as it was",
                  box.size.x(), box.size.y(), box.size.z(), box.yaw() * 57.29577951308232));
}

void shrink(GuiContext& context, const BoxPicture& picture, const FaceSigns& face,
            const PointsNearBox& points) {
  const std::vector<Eigen::Vector3d> local = points(picture.box.box);
  const std::optional<Box3<Ego>> shrunk = shrunk_to_points(picture.box.box, face, local);
  if (!shrunk) return context.say(Message::Kind::info, "There are no points inside the box to shrink to.");
  if (draft_box(context, picture.box, *shrunk)) commit_draft(context);
}

}  // namespace

ImVec2 BoxPicture::pixel(const Point<Ego>& point) const {
  const Eigen::Vector3d from = (world_from_ego * point).metres - camera.target.metres;
  const double scale = camera.metres_per_pixel(viewport_of(area));
  return {area.x + 0.5f * area.width + static_cast<float>(from.dot(camera.right()) / scale),
          area.y + 0.5f * area.height - static_cast<float>(from.dot(camera.up()) / scale)};
}

Eigen::Vector3d BoxPicture::motion_of(const Eigen::Vector2d& pixels) const {
  const double scale = camera.metres_per_pixel(viewport_of(area));
  const Eigen::Vector3d in_world = scale * (pixels.x() * camera.right() - pixels.y() * camera.up());
  return world_from_ego.rotation().conjugate() * in_world;
}

void lie_down(ViewCamera& camera) {
  camera.yaw = wrapped_angle(camera.yaw + std::numbers::pi / 2);
}

double half_height_of(const ViewCamera& camera) {
  return camera.distance * std::tan(0.5 * camera.vertical_fov);
}

void set_half_height(ViewCamera& camera, double metres) {
  camera.vertical_fov = 2 * std::atan(metres / camera.distance);
}

std::array<ImVec2, 2> face_line(const BoxPicture& picture, const FaceSigns& face) {
  const Box3<Ego>& box = picture.box.box;
  const int depth = picture.side == BoxSide::top ? 2 : picture.side == BoxSide::side ? 1 : 0;
  const int axis = face.x() != 0 ? 0 : face.y() != 0 ? 1 : 2;
  const Eigen::Vector3d along = Eigen::Vector3d::Unit(3 - axis - depth).cwiseProduct(box.size) * 0.5;
  const Eigen::Vector3d middle = 0.5 * face.cast<double>().cwiseProduct(box.size);
  return {picture.pixel(box.pose * Point<BoxLocal>(middle - along)),
          picture.pixel(box.pose * Point<BoxLocal>(middle + along))};
}

ImVec2 place_of_handle(const BoxPicture& picture, const BoxHandle& handle) {
  const Box3<Ego>& box = picture.box.box;
  return picture.pixel(box.pose * place_of(handle, box.size, picture.reach));
}

std::optional<BoxHandle> handle_under(const BoxPicture& picture, const ImVec2& at) {
  const double reach = 0.55 * ImGui::GetFontSize();
  for (const BoxHandle& handle : handles_of(picture.side)) {
    if (handle.kind == BoxHandle::Kind::face) {
      const auto [a, b] = face_line(picture, handle.faces);
      if (distance_to_segment({at.x, at.y}, a, b) <= reach) return handle;
    } else if (const ImVec2 place = place_of_handle(picture, handle);
               std::hypot(place.x - at.x, place.y - at.y) <= 1.2 * reach) {
      return handle;
    }
  }
  return inside_outline(picture, at) ? std::optional(BoxHandle{}) : std::nullopt;
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

ImGuiMouseCursor cursor_for(const BoxPicture& picture, const BoxHandle& handle) {
  if (handle.kind == BoxHandle::Kind::heading) return ImGuiMouseCursor_Hand;
  if (handle.kind == BoxHandle::Kind::centre) return ImGuiMouseCursor_ResizeAll;
  const ImVec2 centre = picture.pixel(picture.box.box.centre()), place = place_of_handle(picture, handle);
  const float dx = place.x - centre.x, dy = place.y - centre.y;
  if (handle.kind == BoxHandle::Kind::corner)
    return dx * dy > 0 ? ImGuiMouseCursor_ResizeNWSE : ImGuiMouseCursor_ResizeNESW;
  return std::abs(dx) > std::abs(dy) ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS;
}

void press_handle(GuiContext& context, HandleDrag& drag, const BoxPicture& picture, const BoxHandle& handle,
                  const PointsNearBox& points) {
  if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && handle.kind == BoxHandle::Kind::face)
    shrink(context, picture, handle.faces, points);
  else if (ImGui::IsMouseClicked(ImGuiMouseButton_Left))
    drag = {handle, false, picture.box.box, picture.camera, mouse_position()};
}

bool follow_drag(GuiContext& context, HandleDrag& drag, const BoxPicture& picture, bool pressed) {
  if (drag.drafted && !context.ui.draft) drag.grabbed.reset();  // Esc
  if (!drag.grabbed) return false;
  if (pressed) {
    drag_on(context, drag, picture);
    ImGui::SetMouseCursor(cursor_for(picture, *drag.grabbed));
    return true;
  }
  drag.grabbed.reset();
  commit_draft(context);  // nothing where the handle was not moved
  return false;
}

void mark_handles(Places& places, const BoxPicture& picture, std::string_view prefix) {
  const float radius = handle_radius();
  for (const BoxHandle& handle : handles_of(picture.side)) {
    const ImVec2 at = place_of_handle(picture, handle);
    mark_place(places, std::string(prefix) + name_of(handle),
               {at.x - radius, at.y - radius, 2 * radius, 2 * radius});
  }
}

namespace {

void draw_face(const BoxPicture& picture, const FaceSigns& face, Rgba colour, bool hot, bool seen) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const std::array<ImVec2, 2> ends = face_line(picture, face);
  const float width = hot ? 3.5f : face == FaceSigns(1, 0, 0) ? 2.5f : 1.5f;
  if (seen)
    list.AddLine(ends[0], ends[1], colour_of(colour), width);
  else
    draw_dashed(list, ends, colour_of(with_alpha(colour, 0.8)), width, 0.45f * ImGui::GetFontSize());
}

// Outside of the face, away from its handle; above the arrow where that is in the way.
void draw_count(const BoxPicture& picture, const BoxHandle& handle, std::size_t count) {
  const ImVec2 centre = picture.pixel(picture.box.box.centre()), at = place_of_handle(picture, handle);
  const Eigen::Vector2f out(at.x - centre.x, at.y - centre.y);
  if (out.norm() < 2 * ImGui::GetFontSize()) return;  // no room to read it
  const std::string text = fmt::format("{}", count);
  const ImVec2 size = ImGui::CalcTextSize(text.c_str());
  const Eigen::Vector2f way = out.normalized();
  const float away =
      0.7f * ImGui::GetFontSize() + 0.5f * (std::abs(way.x()) * size.x + std::abs(way.y()) * size.y);
  const bool beside_arrow = picture.side == BoxSide::top && handle.faces == FaceSigns(1, 0, 0);
  const float lifted = beside_arrow ? 0.7f * size.y : 0.0f;
  const bool seen = count >= fewest_at_face;
  ImGui::GetWindowDrawList()->AddText(
      {at.x + away * way.x() - 0.5f * size.x, at.y + away * way.y() - 0.5f * size.y - lifted},
      seen ? theme::text_dim : theme::warning, text.c_str());
}

}  // namespace

void draw_handles(const BoxPicture& picture, Rgba colour, const std::optional<BoxHandle>& hot,
                  const BoxEvidence* evidence) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Box3<Ego>& box = picture.box.box;
  const float radius = handle_radius();
  for (const BoxHandle& handle : handles_of(picture.side)) {
    const ImVec2 at = place_of_handle(picture, handle);
    const bool is_hot = hot == handle, is_face = handle.kind == BoxHandle::Kind::face;
    if (is_face)
      draw_face(picture, handle.faces, colour, is_hot, !evidence || is_seen(*evidence, handle.faces));
    if (is_face && evidence) draw_count(picture, handle, count_at(*evidence, handle.faces));
    if (handle.kind == BoxHandle::Kind::heading)
      list.AddLine(picture.pixel(box.pose * Point<BoxLocal>(0.5 * box.size.x(), 0, 0)), at, colour_of(colour),
                   2.0f);
    const ImU32 fill = is_hot ? theme::accent : IM_COL32(240, 242, 246, 235);
    if (is_face || handle.kind == BoxHandle::Kind::corner)
      list.AddRectFilled({at.x - radius, at.y - radius}, {at.x + radius, at.y + radius}, fill, 1.5f);
    else
      list.AddCircleFilled(at, handle.kind == BoxHandle::Kind::heading ? 1.2f * radius : radius, fill);
  }
}

}  // namespace sweepmark::gui
