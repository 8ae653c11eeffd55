// Makes a box: a rectangle dragged round an object on the ground is fitted to the points inside, a click
// takes the usual size.
#include <fmt/format.h>
#include <imgui.h>

#include <cmath>

#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/tool.hpp"
#include "app/gui/view3d_camera.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"
#include "core/assist/footprint_fit.hpp"

namespace sweepmark::gui {

namespace {

constexpr double still_radius = 6;          // pixels; a shorter drag is a click
constexpr double smallest_footprint = 0.3;  // metres

std::optional<Point<World>> on_plane(const GuiContext& context, const ViewInput& input, double height) {
  return meet_horizontal_plane(context.view.camera.ray_through(input.mouse, input.viewport), height);
}

// World height of the ground about a place.
double ground_at(GuiContext& context, const SweepScene& scene, const Point<World>& place) {
  const Point<Ego> ego = scene.ego(place);
  const double usual = ground_under_vehicle(context, scene);
  const double ground =
      scene.cloud
          ? ground_height_near(*scene.cloud, scene.ego_from_cloud, ego.metres.head<2>(), 4.0).value_or(usual)
          : usual;
  return scene.world({ego.x(), ego.y(), ground}).z();
}

void press(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  drag = {};
  drag.pressed_at = input.mouse;
  drag.plane = ground_at(context, scene, place_under(context, scene, input.mouse, input.viewport));
  if (const auto place = on_plane(context, input, drag.plane)) {
    drag.kind = ToolDrag::Kind::rectangle;
    drag.grabbed = *place;
  }
}

// The rectangle between two places on the ground, its sides along and across the line of sight.
Footprint rectangle_between(const Point<Ego>& a, const Point<Ego>& b, double yaw) {
  const Eigen::Vector2d diagonal = (b.metres - a.metres).head<2>();
  const Eigen::Vector2d ahead(std::cos(yaw), std::sin(yaw)), left(-std::sin(yaw), std::cos(yaw));
  return {0.5 * (a.metres + b.metres).head<2>(), yaw, std::abs(diagonal.dot(ahead)),
          std::abs(diagonal.dot(left))};
}

void stretch(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  const auto place = on_plane(context, input, drag.plane);
  if (!place || (!drag.rectangle && (input.mouse - drag.pressed_at).norm() < still_radius)) return;
  const double yaw = wrapped_angle(context.view.camera.yaw - yaw_of(scene.world_from_ego.rotation()));
  drag.rectangle = rectangle_between(scene.ego(drag.grabbed), scene.ego(*place), yaw);
}

Box3<Ego> usual_box(GuiContext& context, const SweepScene& scene, const ViewInput& input,
                    const Eigen::Vector3d& size) {
  const Point<World> place = place_under(context, scene, input.mouse, input.viewport);
  const Point<Ego> bottom = scene.ego({place.x(), place.y(), ground_at(context, scene, place)});
  return upright_box(Point<Ego>(bottom.x(), bottom.y(), bottom.z() + 0.5 * size.z()), 0.0, size);
}

void create(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  const std::optional<Footprint> drawn = context.resources.memory().drag.rectangle;
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  const auto definition = taxonomy.find(context.ui.current_class);
  if (definition == taxonomy.end())
    return context.say(Message::Kind::warning, "Choose a class first: 1 to 9.");
  if (!scene.cloud)
    return context.say(Message::Kind::warning, "This sweep has no points to put a box round.");
  const Eigen::Vector3d& size = definition->second.usual_size;
  Box3<Ego> box = usual_box(context, scene, input, size);
  if (drawn && drawn->length > smallest_footprint && drawn->width > smallest_footprint) {
    const double ground = scene.ego(context.resources.memory().drag.grabbed).z();
    box = fit_in_footprint(*scene.cloud, scene.ego_from_cloud, *drawn, size, ground).box;
  }
  if (!draft_box(context, std::nullopt, definition->first, box))
    return context.say(Message::Kind::warning,
                       "Another box waits to be saved: try again or discard it first.");
  commit_draft(context);
  context.ui.tool = "select";  // the next thing is to look at it and adjust it
}

void say_what_happens(GuiContext& context, const ToolDrag& drag) {
  const std::string name = class_name(context.workspace->document().taxonomy, context.ui.current_class);
  context.ui.hint = drag.rectangle
                        ? fmt::format("Release to fit a {} to the points inside · Esc: no box", name)
                        : fmt::format(
                              "New {}: drag a rectangle round the object, or click to put the usual size "
                              "there · Esc leaves",
                              name);
}

void update(GuiContext& context, const ViewInput& input) {
  const SweepScene scene = scene_at_cursor(context);
  const ToolDrag& drag = context.resources.memory().drag;
  const bool dragging = drag.kind == ToolDrag::Kind::rectangle;
  if (input.hovered || dragging) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    say_what_happens(context, drag);
  }
  if (input.pressed) press(context, scene, input);
  if (input.down && dragging) stretch(context, scene, input);
  if (input.released && drag.kind == ToolDrag::Kind::rectangle) {
    stretch(context, scene, input);
    create(context, scene, input);
    context.resources.memory().drag = {};
  }
}

void cancel(GuiContext& context) {
  context.resources.memory().drag = {};
  context.ui.draft.reset();
}

}  // namespace

Tool tool_box() {
  return {
      "box",       "Box",
      icons::cube, "Drag a rectangle round an object, or click to put a box of the usual size · Esc leaves",
      update,      cancel,
      "B"};
}

}  // namespace sweepmark::gui
