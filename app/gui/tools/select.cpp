// Chooses boxes, and moves or turns the chosen one by its two handles: the disc at its centre and the tip of
// its arrow.
#include <imgui.h>

#include <algorithm>

#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/tool.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"
#include "render/line_layer.hpp"

namespace sweepmark::gui {

namespace {

constexpr double grab_radius = 10, still_radius = 4;  // pixels
constexpr double line_radius = 5;

struct Grip {
  ToolDrag::Kind kind;
  Point<World> place;
};

// The handle of the selected box under the mouse.
std::optional<Grip> grip_under(const GuiContext& context, const SweepScene& scene, const ShownBox& box,
                               const ViewInput& input) {
  const Point<BoxLocal> tip =
      place_of({BoxHandle::Kind::heading, FaceSigns::Zero()}, box.box.size, heading_reach(box.box.size));
  const std::array<Grip, 2> grips = {Grip{ToolDrag::Kind::turn, scene.world(box.box.pose * tip)},
                                     Grip{ToolDrag::Kind::move, scene.world(box.box.centre())}};
  for (const Grip& grip : grips) {
    const auto pixel = context.view.camera.pixel_from(grip.place, input.viewport);
    if (pixel && (*pixel - input.mouse).norm() <= grab_radius) return grip;
  }
  return std::nullopt;
}

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

std::optional<Point<World>> on_plane(const GuiContext& context, const ViewInput& input, double height) {
  return meet_horizontal_plane(context.view.camera.ray_through(input.mouse, input.viewport), height);
}

void press(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  drag = {};
  drag.kind = ToolDrag::Kind::press;
  drag.pressed_at = input.mouse;
  const std::optional<ShownBox> selected = selected_box(context);
  if (!selected) return;
  const std::optional<Grip> grip = grip_under(context, scene, *selected, input);
  if (!grip) return;
  drag.plane = grip->place.z();
  drag.start = selected->box;
  if (const auto place = on_plane(context, input, drag.plane)) {
    drag.kind = grip->kind;
    drag.grabbed = *place;
  }
}

void drag_box(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  const ToolDrag& drag = context.resources.memory().drag;
  const std::optional<ShownBox> selected = selected_box(context);
  const auto place = on_plane(context, input, drag.plane);
  if (!selected || !place) return;
  if (!context.ui.draft && (input.mouse - drag.pressed_at).norm() < still_radius) return;
  const bool turn = drag.kind == ToolDrag::Kind::turn;
  const Eigen::Vector3d motion =
      scene.world_from_ego.rotation().conjugate() * (place->metres - drag.grabbed.metres);
  if (!draft_box(context, *selected,
                 turn ? facing(drag.start, scene.ego(*place)) : moved(drag.start, motion)))
    return;
  context.ui.hint = turn ? "Turning the box: release to keep, Esc to leave it as it was"
                         : "Moving the box over the ground: release to keep, Esc to leave it as it was";
}

void release(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
             const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  if (drag.kind == ToolDrag::Kind::press && (input.mouse - drag.pressed_at).norm() < still_radius) {
    const ShownBox* const box = box_under(context, scene, boxes, input);
    context.ui.selected = box ? std::optional(box->track) : std::nullopt;
  } else if (drag.kind != ToolDrag::Kind::press) {
    commit_draft(context);
  }
  drag = {};
}

void point_at(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
              const ViewInput& input) {
  if (const std::optional<ShownBox> selected = selected_box(context))
    if (const std::optional<Grip> grip = grip_under(context, scene, *selected, input)) {
      const bool turn = grip->kind == ToolDrag::Kind::turn;
      ImGui::SetMouseCursor(turn ? ImGuiMouseCursor_Hand : ImGuiMouseCursor_ResizeAll);
      context.ui.hint = turn ? "Drag to turn the box" : "Drag to move the box over the ground";
      context.ui.hovered = selected->track;
      return;
    }
  const ShownBox* const box = box_under(context, scene, boxes, input);
  context.ui.hovered = box ? std::optional(box->track) : std::nullopt;
  if (box && !box->selected)
    context.ui.hint = "Click to select " + title_of(context.workspace->document().taxonomy, *box);
}

void update(GuiContext& context, const ViewInput& input) {
  const SweepScene scene = scene_at_cursor(context);
  const std::vector<ShownBox> boxes = shown_boxes(context);
  const ToolDrag& drag = context.resources.memory().drag;
  if (drag.kind == ToolDrag::Kind::none && input.hovered) point_at(context, scene, boxes, input);
  if (input.pressed) press(context, scene, input);
  if (input.down && (drag.kind == ToolDrag::Kind::move || drag.kind == ToolDrag::Kind::turn))
    drag_box(context, scene, input);
  if (input.released && drag.kind != ToolDrag::Kind::none) release(context, scene, boxes, input);
}

void cancel(GuiContext& context) {
  context.resources.memory().drag = {};
  context.ui.draft.reset();
}

}  // namespace

Tool tool_select() {
  return {
      "select",
      "Select",
      icons::pointer,
      "Click a box to select it · right-drag orbits, middle-drag pans, wheel zooms, double-click looks there",
      update,
      cancel,
      "V"};
}

}  // namespace sweepmark::gui
