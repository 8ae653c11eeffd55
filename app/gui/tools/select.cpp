// Chooses boxes, and drags the chosen one by its handles (view3d_handles.hpp).
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/tool.hpp"
#include "app/gui/view3d_handles.hpp"
#include "app/gui/view3d_overlay.hpp"
#include "app/gui/view_memory.hpp"
#include "core/base/units.hpp"
#include "render/line_layer.hpp"

namespace sweepmark::gui {

namespace {

constexpr double grab_radius = 10, still_radius = 4;  // pixels
constexpr double line_radius = 5;

double distance_to(const ScreenLine& line, const Eigen::Vector2d& mouse) {
  const Eigen::Vector2d a = line.a.cast<double>(), along = (line.b - line.a).cast<double>();
  const double length = along.squaredNorm();
  const double t = length > 0 ? std::clamp((mouse - a).dot(along) / length, 0.0, 1.0) : 0.0;
  return (mouse - a - t * along).norm();
}

// The box under the mouse: the nearest one its ray passes through, else one whose lines are close by.
const ShownBox* box_under(const GuiContext& context, const SweepScene& scene,
                          const std::vector<ShownBox>& boxes, const ViewInput& input) {
  std::vector<Box3<World>> in_world;
  for (const ShownBox& box : boxes) in_world.push_back(scene.world_from_ego * box.box);
  const ViewCamera& camera = context.view.camera;
  if (const auto hit = pick_box(in_world, camera.ray_through(input.mouse, input.viewport)))
    return &boxes[hit->index];
  for (std::size_t i = 0; i < boxes.size(); ++i)
    for (const ScreenLine& line : box_lines(in_world[i], {}, 1, camera, input.viewport))
      if (distance_to(line, input.mouse) <= line_radius) return &boxes[i];
  return nullptr;
}

// The handle of the selected box under the mouse. With Shift the mouse only selects.
std::optional<BoxHandle> handle_under(GuiContext& context, const SweepScene& scene, const ShownBox& box,
                                      const ViewInput& input) {
  if (input.shift) return std::nullopt;
  return handle_near(shown_handles(context, scene, box, input.viewport), input.mouse, grab_radius);
}

ViewRay ray_of(const GuiContext& context, const ViewInput& input) {
  return context.view.camera.ray_through(input.mouse, input.viewport);
}

void pull_face(GuiContext& context, const SweepScene& scene, const ShownBox& box, const FaceSigns& face) {
  const auto points = scene.cloud ? local_points(*scene.cloud, scene.ego_from_cloud, box.box, 0.0)
                                  : std::vector<Eigen::Vector3d>{};
  const std::optional<Box3<Ego>> pulled = shrunk_to_points(box.box, face, points);
  if (!pulled) return context.say(Message::Kind::info, "There are no points inside the box to pull it to.");
  if (draft_box(context, box, *pulled)) commit_draft(context);
}

// The other selected boxes, which are moved and turned along.
std::vector<std::pair<TrackId, Box3<Ego>>> others_of(const std::vector<ShownBox>& boxes) {
  std::vector<std::pair<TrackId, Box3<Ego>>> others;
  for (const ShownBox& box : boxes)
    if (box.selected_too) others.emplace_back(box.track, box.box);
  return others;
}

void press(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
           const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  drag = {};
  drag.kind = ToolDrag::Kind::press;
  drag.pressed_at = input.mouse;
  const std::optional<ShownBox> selected = selected_box(context);
  const std::optional<BoxHandle> handle =
      selected ? handle_under(context, scene, *selected, input) : std::nullopt;
  if (!handle) return;
  if (input.double_clicked && handle->kind == BoxHandle::Kind::face) {
    drag = {};
    return pull_face(context, scene, *selected, handle->faces);
  }
  drag.kind = ToolDrag::Kind::handle;
  drag.handle = *handle;
  drag.start = selected->box;
  drag.ray = ray_of(context, input);
  drag.along = others_of(boxes);
}

std::string what_happens(const BoxHandle& handle, const Box3<Ego>& box) {
  constexpr const char* end = "release to keep, Esc to leave it as it was";
  if (handle.kind == BoxHandle::Kind::centre) return fmt::format("Moving over the ground: {}", end);
  return fmt::format("{:.2f} × {:.2f} × {:.2f} m, yaw {:.1f}° · {}", box.length(), box.width(), box.height(),
                     degrees_from_radians(box.yaw()), end);
}

// Others go with what moves or turns the box as a whole, each about its own middle.
void take_along(BoxDraft& draft, const ToolDrag& drag, const Eigen::Vector3d& motion) {
  const bool turns = drag.handle.kind == BoxHandle::Kind::heading;
  if (!turns && drag.handle.kind != BoxHandle::Kind::centre) return;
  const double turn = wrapped_angle(draft.box.yaw() - drag.start.yaw());
  for (const auto& [track, box] : drag.along)
    draft.along.emplace_back(track, turns ? turned(box, turn) : moved(box, motion));
}

void drag_handle(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  const ToolDrag& drag = context.resources.memory().drag;
  if (!context.ui.draft && (input.mouse - drag.pressed_at).norm() < still_radius) return;
  const std::optional<ShownBox> selected = selected_box(context);
  const auto in_world =
      motion_between(scene.world_from_ego * drag.start, drag.handle, drag.ray, ray_of(context, input));
  if (!selected || !in_world) return;
  const Eigen::Vector3d motion = scene.world_from_ego.rotation().conjugate() * *in_world;
  const Box3<Ego> box = dragged(drag.start, drag.handle, motion, heading_reach(drag.start.size));
  if (!draft_box(context, *selected, box)) return;
  take_along(*context.ui.draft, drag, motion);
  context.ui.hint = what_happens(drag.handle, box);
}

void select_under(GuiContext& context, const ShownBox* box, bool add) {
  if (!add)
    select_only(context.ui, box ? std::optional(box->track) : std::nullopt);
  else if (box && box->track.value != 0)
    toggle_selected(context.ui, box->track);
}

void release(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
             const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  if (drag.kind == ToolDrag::Kind::press && (input.mouse - drag.pressed_at).norm() < still_radius)
    select_under(context, box_under(context, scene, boxes, input), input.shift);
  else if (drag.kind == ToolDrag::Kind::handle)
    commit_draft(context);
  drag = {};
}

void point_at(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
              const ViewInput& input) {
  if (const std::optional<ShownBox> selected = selected_box(context))
    if (const auto handle = handle_under(context, scene, *selected, input)) {
      const bool centre = handle->kind == BoxHandle::Kind::centre;
      ImGui::SetMouseCursor(centre ? ImGuiMouseCursor_ResizeAll : ImGuiMouseCursor_Hand);
      context.ui.hint = centre ? "Drag to move the box over the ground" : hint_for(*handle);
      context.ui.hovered = selected->track;
      context.resources.memory().hot_handle = handle;
      return;
    }
  const ShownBox* const box = box_under(context, scene, boxes, input);
  context.ui.hovered = box ? std::optional(box->track) : std::nullopt;
  if (!box || box->track.value == 0 || (box->selected && !input.shift)) return;
  const std::string title = title_of(context.workspace->document().taxonomy, *box);
  context.ui.hint = !input.shift                          ? "Click to select " + title + " · Shift adds it"
                    : is_selected(context.ui, box->track) ? "Click to take " + title + " out of the selection"
                                                          : "Click to add " + title + " to the selection";
}

void update(GuiContext& context, const ViewInput& input) {
  const SweepScene scene = scene_at_cursor(context);
  const std::vector<ShownBox> boxes = shown_boxes(context);
  ViewMemory& memory = context.resources.memory();
  const ToolDrag& drag = memory.drag;
  memory.hot_handle = drag.kind == ToolDrag::Kind::handle ? std::optional(drag.handle) : std::nullopt;
  if (drag.kind == ToolDrag::Kind::none && input.hovered) point_at(context, scene, boxes, input);
  if (input.pressed) press(context, scene, boxes, input);
  if (input.down && drag.kind == ToolDrag::Kind::handle) drag_handle(context, scene, input);
  if (input.released && drag.kind != ToolDrag::Kind::none) release(context, scene, boxes, input);
}

void cancel(GuiContext& context) {
  context.resources.memory().drag = {};
  context.ui.draft.reset();
}

}  // namespace

Tool tool_select() {
  return {"select",
          "Select",
          icons::pointer,
          "Click a box to select it, Shift adds · right-drag orbits, middle-drag pans, wheel zooms, "
          "double-click looks there",
          update,
          cancel,
          "V"};
}

}  // namespace sweepmark::gui
