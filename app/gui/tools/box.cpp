// Makes a box: a click on an object fits one to it, a click on the ground puts the class's usual size there,
// a rectangle dragged round an object is fitted to the points inside. box_ways.hpp has what else clicks do.
#include <fmt/format.h>
#include <imgui.h>

#include <utility>

#include "app/gui/box_making.hpp"
#include "app/gui/box_ways.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/tool.hpp"
#include "app/gui/view3d_camera.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_scene.hpp"
#include "core/assist/footprint_fit.hpp"
#include "core/commands/suggest.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

constexpr double still_radius = 6;          // pixels; a shorter drag is a click
constexpr double smallest_footprint = 0.3;  // metres

std::optional<Point<World>> on_plane(const GuiContext& context, const ViewInput& input, double height) {
  return meet_horizontal_plane(context.view.camera.ray_through(input.mouse, input.viewport), height);
}

// Exactly under the mouse, at the height of what is drawn nearest to it.
Point<World> place_clicked(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  constexpr double same_place = 1.0;  // metres; a ray that grazes the ground may meet the plane far off
  const Point<World> near = place_under(context, scene, input.mouse, input.viewport);
  const auto exact = on_plane(context, input, near.z());
  return exact && (exact->metres - near.metres).norm() < same_place ? *exact : near;
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

// The sides of a rectangle lie along and across the line of sight.
double yaw_of_sight(const GuiContext& context, const SweepScene& scene) {
  return wrapped_angle(context.view.camera.yaw - yaw_of(scene.world_from_ego.rotation()));
}

void stretch(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  const auto place = on_plane(context, input, drag.plane);
  if (!place || (!drag.rectangle && (input.mouse - drag.pressed_at).norm() < still_radius)) return;
  drag.rectangle =
      rectangle_between(scene.ego(drag.grabbed), scene.ego(*place), yaw_of_sight(context, scene));
}

// The box becomes one command. The next thing is to look at it and adjust it, or, with Shift, the next box.
void make(GuiContext& context, const ViewInput& input, const Box3<Ego>& box) {
  if (!draft_box(context, std::nullopt, context.ui.current_class, box))
    return context.say(Message::Kind::warning,
                       "Another box waits to be saved: try again or discard it first.");
  commit_draft(context);
  if (!input.shift) context.ui.tool = "select";
}

Box3<Ego> usual_box(GuiContext& context, const SweepScene& scene, const Point<World>& place, double yaw,
                    const Eigen::Vector3d& size) {
  const Point<Ego> bottom = scene.ego({place.x(), place.y(), ground_at(context, scene, place)});
  return upright_box(Point<Ego>(bottom.x(), bottom.y(), bottom.z() + 0.5 * size.z()), yaw, size);
}

// Fitted to the object that the point under the mouse belongs to; empty where there is no point, or nothing
// that stands there.
std::optional<BoxFit> fit_under(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  constexpr int reach_px = 6;
  constexpr double margin = 0.5;  // metres that a click on the ground may be beside the object
  const auto hit = context.resources.pick(PointView::main, static_cast<int>(input.mouse.x()),
                                          static_cast<int>(input.mouse.y()), reach_px);
  if (!hit || hit->point >= scene.cloud->size()) return std::nullopt;
  const Drive& drive = context.workspace->drive();
  SweepSource shown{{}, scene.ego_from_cloud, [&](std::size_t) -> Result<std::shared_ptr<const PointCloud>> {
                      return scene.cloud;
                    }};
  for (const SweepEntry& sweep : drive.sweeps) shown.times.push_back(sweep.time);
  const auto fit = fit_box({context.workspace->document(), drive, shown}, scene.index, hit->point,
                           context.ui.current_class);
  const bool found =
      fit && !fit->points.empty() && is_at(fit->box, scene.ego(scene.position(hit->point)), margin);
  return found ? std::optional(*fit) : std::nullopt;
}

void click_to_fit(GuiContext& context, const SweepScene& scene, const ViewInput& input,
                  const ClassDefinition& definition) {
  if (const auto fit = fit_under(context, scene, input)) {
    context.remark(said_of(*fit, definition.name));
    return make(context, input, fit->box);
  }
  context.remark(
      fmt::format("No object stands there: a {} of the usual size was put on the ground", definition.name));
  const Point<World> place = place_clicked(context, scene, input);
  make(context, input, usual_box(context, scene, place, 0.0, definition.usual_size));
}

void click_to_copy(GuiContext& context, const SweepScene& scene, const ViewInput& input,
                   const ClassDefinition& definition) {
  const Document& document = context.workspace->document();
  const auto last = last_box_of(document, trajectory_of(document, context.workspace->drive()),
                                context.ui.current_class, scene.time);
  context.remark(
      last ? fmt::format("A {} with size and heading of the last one", definition.name)
           : fmt::format("The first {}: of the usual size, heading as the vehicle", definition.name));
  const Point<World> place = place_clicked(context, scene, input);
  make(context, input,
       usual_box(context, scene, place, last ? last->yaw() : 0.0, last ? last->size : definition.usual_size));
}

// What the clicks so far and a last place make; empty while they are too few or too close together.
std::optional<Footprint> footprint_of(const GuiContext& context, const SweepScene& scene,
                                      const std::vector<Point<World>>& clicks, const Point<World>& last) {
  if (context.ui.box_way == BoxWay::corners && clicks.size() == 1)
    return rectangle_between(scene.ego(clicks[0]), scene.ego(last), yaw_of_sight(context, scene));
  if (context.ui.box_way == BoxWay::three_clicks && clicks.size() == 2)
    return behind_front_edge(scene.ego(clicks[0]), scene.ego(clicks[1]), scene.ego(last));
  return std::nullopt;
}

Box3<Ego> fitted_in(const SweepScene& scene, const Footprint& drawn, const ClassDefinition& definition,
                    double ground) {
  return fit_in_footprint(*scene.cloud, scene.ego_from_cloud, drawn, definition.usual_size, ground).box;
}

// One of several clicks; the last of them makes the box.
void click_on(GuiContext& context, const SweepScene& scene, const ViewInput& input,
              const ClassDefinition& definition) {
  ToolDrag& drag = context.resources.memory().drag;
  const Point<World> place = place_clicked(context, scene, input);
  const std::optional<Footprint> drawn = footprint_of(context, scene, drag.clicks, place);
  const std::size_t wanted = context.ui.box_way == BoxWay::corners ? 1 : 2;
  if (!drawn && drag.clicks.size() < wanted) {
    const double ground = ground_at(context, scene, place);
    drag.clicks.push_back(Point<World>(place.x(), place.y(), ground));
    drag.kind = ToolDrag::Kind::clicks;
    return;
  }
  if (!drawn || drawn->length < smallest_footprint || drawn->width < smallest_footprint)
    return context.say(Message::Kind::info, "That is too close to the click before.");
  const double ground = scene.ego(drag.clicks.front()).z();
  const bool exact = context.ui.box_way == BoxWay::three_clicks;
  make(context, input,
       exact ? standing_on(*drawn, ground,
                           height_within(*scene.cloud, scene.ego_from_cloud, *drawn, ground,
                                         definition.usual_size.z()))
             : fitted_in(scene, *drawn, definition, ground));
  drag = {};
}

// The class to be made; null, with a word why, where nothing can be.
const ClassDefinition* class_in_hand(GuiContext& context, const SweepScene& scene) {
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  const auto definition = taxonomy.find(context.ui.current_class);
  if (definition != taxonomy.end() && scene.cloud) return &definition->second;
  context.say(Message::Kind::warning,
              scene.cloud ? "Choose a class first: 1 to 9." : "This sweep has no points to put a box round.");
  return nullptr;
}

void click(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  const ClassDefinition* const definition = class_in_hand(context, scene);
  if (!definition) return;
  switch (context.ui.box_way) {
    case BoxWay::click:
      return click_to_fit(context, scene, input, *definition);
    case BoxWay::copy:
      return click_to_copy(context, scene, input, *definition);
    case BoxWay::three_clicks:
    case BoxWay::corners:
      return click_on(context, scene, input, *definition);
  }
}

// A drag has ended: round an object, or where it began.
void release(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  const ToolDrag done = std::exchange(drag, {});
  const std::optional<Footprint>& drawn = done.rectangle;
  if (!drawn || drawn->length <= smallest_footprint || drawn->width <= smallest_footprint)
    return click(context, scene, input);
  if (const ClassDefinition* const definition = class_in_hand(context, scene))
    make(context, input, fitted_in(scene, *drawn, *definition, scene.ego(done.grabbed).z()));
}

// What the next click would make.
void preview(GuiContext& context, const SweepScene& scene, const ViewInput& input) {
  ToolDrag& drag = context.resources.memory().drag;
  drag.grabbed = drag.clicks.front();
  drag.rectangle = footprint_of(context, scene, drag.clicks, place_clicked(context, scene, input));
}

void say_what_happens(GuiContext& context, const ToolDrag& drag) {
  const std::string name = class_name(context.workspace->document().taxonomy, context.ui.current_class);
  context.ui.hint = drag.kind == ToolDrag::Kind::rectangle && drag.rectangle
                        ? fmt::format("Release to fit a {} to the points inside · Esc: no box", name)
                        : hint_of(context.ui.box_way, drag.clicks.size(), name) + " · Esc leaves";
}

void update(GuiContext& context, const ViewInput& input) {
  const SweepScene scene = scene_at_cursor(context);
  const ToolDrag& drag = context.resources.memory().drag;
  const bool dragging = drag.kind == ToolDrag::Kind::rectangle;
  if (input.hovered || dragging) {
    ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    say_what_happens(context, drag);
  }
  if (drag.kind == ToolDrag::Kind::clicks) {
    if (input.hovered) preview(context, scene, input);
    if (input.pressed) click(context, scene, input);
    return;
  }
  if (input.pressed) press(context, scene, input);
  if (input.down && dragging) stretch(context, scene, input);
  if (input.released && drag.kind == ToolDrag::Kind::rectangle) {
    stretch(context, scene, input);
    release(context, scene, input);
  }
}

void cancel(GuiContext& context) {
  context.resources.memory().drag = {};
  context.ui.draft.reset();
}

}  // namespace

Tool tool_box() {
  return {"box",       "Box",
          icons::cube, "Click an object to fit a box to it, or drag a rectangle round it · Esc leaves",
          update,      cancel,
          "B",         draw_box_ways};
}

}  // namespace sweepmark::gui
