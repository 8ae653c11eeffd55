#include "app/gui/view3d_camera.hpp"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr double radians_per_pixel = 0.006;
constexpr double nearest = 0.5, farthest = 3000.0;  // metres from eye to target

// Follows the vehicle's place and heading, not its nodding.
ViewCamera carried(ViewCamera camera, const Pose<World, Ego>& from, const Pose<World, Ego>& to) {
  const double turn = wrapped_angle(yaw_of(to.rotation()) - yaw_of(from.rotation()));
  const Eigen::Vector3d offset = camera.target.metres - from.translation();
  camera.target = Point<World>(to.translation() + rotation_about_z(turn) * offset);
  camera.yaw = wrapped_angle(camera.yaw + turn);
  return camera;
}

bool same(const Pose<World, Ego>& a, const Pose<World, Ego>& b) {
  return a.translation() == b.translation() && a.rotation().coeffs() == b.rotation().coeffs();
}

void zoom(GuiContext& context, const SweepScene& scene, const Eigen::Vector2d& mouse, float notches,
          Viewport viewport) {
  ViewCamera& camera = context.view.camera;
  const double wanted = std::clamp(camera.distance * std::pow(0.85, notches), nearest, farthest);
  camera = zoomed(camera, wanted / camera.distance, place_under(context, scene, mouse, viewport));
}

void drag(GuiContext& context, Viewport viewport) {
  ViewMemory& memory = context.resources.memory();
  const ImGuiIO& io = ImGui::GetIO();
  memory.orbiting = memory.orbiting && ImGui::IsMouseDown(ImGuiMouseButton_Right);
  memory.panning = memory.panning && (ImGui::IsMouseDown(ImGuiMouseButton_Middle) ||
                                      ImGui::IsMouseDown(ImGuiMouseButton_Right));
  ViewCamera& camera = context.view.camera;
  if (memory.panning)
    camera = panned(camera, {io.MouseDelta.x, io.MouseDelta.y}, viewport);
  else if (memory.orbiting)
    camera = orbited(camera, -io.MouseDelta.x * radians_per_pixel, -io.MouseDelta.y * radians_per_pixel);
}

void fly(GuiContext& context) {
  const ImGuiIO& io = ImGui::GetIO();
  if (io.WantTextInput || io.KeyCtrl || io.KeyAlt) return;
  const auto held = [](ImGuiKey key) { return ImGui::IsKeyDown(ImGui::GetKeyIndex(key)) ? 1.0 : 0.0; };
  const double ahead = held(ImGuiKey_UpArrow) - held(ImGuiKey_DownArrow);
  const double aside = held(ImGuiKey_RightArrow) - held(ImGuiKey_LeftArrow);
  if (ahead == 0 && aside == 0) return;
  ViewCamera& camera = context.view.camera;
  const double step = std::max(2.0, camera.distance) * std::min(0.1f, io.DeltaTime);
  // Over the ground: flying into it along the line of sight helps nobody.
  camera.target.metres += step * ahead * Eigen::Vector3d(std::cos(camera.yaw), std::sin(camera.yaw), 0);
  camera = flown(camera, 0, step * aside, 0);
  context.needs_redraw = true;
}

}  // namespace

void place_camera(GuiContext& context, const SweepScene& scene) {
  ViewMemory& memory = context.resources.memory();
  ViewCamera& camera = context.view.camera;
  if (memory.framed != context.workspace) {
    memory.framed = context.workspace;
    camera = ViewCamera{};
    const double heading = yaw_of(scene.world_from_ego.rotation());
    const Point<Ego> ahead(6.0, 0.0, ground_under_vehicle(context, scene));
    camera = preset_view(camera, ViewPreset::oblique, scene.world(ahead), heading);
    camera.pitch = -0.7;
    camera.distance = 32.0;
  } else if (memory.followed && context.view.follow_ego && !same(*memory.followed, scene.world_from_ego)) {
    camera = carried(camera, *memory.followed, scene.world_from_ego);
  }
  memory.followed = scene.world_from_ego;
}

Point<World> place_under(GuiContext& context, const SweepScene& scene, const Eigen::Vector2d& pixel,
                         Viewport viewport) {
  const ViewCamera& camera = context.view.camera;
  if (scene.cloud)
    if (const auto hit = context.resources.pick(PointView::main, static_cast<int>(pixel.x()),
                                                static_cast<int>(pixel.y()), 12);
        hit && hit->point < scene.cloud->size())
      return scene.position(hit->point);
  const ViewRay ray = camera.ray_through(pixel, viewport);
  const double ground = scene.world({0, 0, ground_under_vehicle(context, scene)}).z();
  if (const auto place = meet_horizontal_plane(ray, ground);
      place && (place->metres - camera.eye().metres).norm() < 4 * camera.distance)
    return *place;
  return Point<World>(ray.origin.metres + camera.distance * ray.direction);
}

void control_camera(GuiContext& context, const SweepScene& scene, const CameraInput& input,
                    Viewport viewport) {
  ViewMemory& memory = context.resources.memory();
  const ImGuiIO& io = ImGui::GetIO();
  if (input.hovered) {
    const bool right = ImGui::IsMouseClicked(ImGuiMouseButton_Right),
               middle = ImGui::IsMouseClicked(ImGuiMouseButton_Middle);
    if (right || middle) {
      memory.panning = middle || io.KeyShift;
      memory.orbiting = !memory.panning;
    }
    if (io.MouseWheel != 0 && !io.KeyCtrl) zoom(context, scene, input.mouse, io.MouseWheel, viewport);
    if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && context.ui.tool == "select" &&
        !memory.hot_handle)
      context.view.camera.target = place_under(context, scene, input.mouse, viewport);
  }
  drag(context, viewport);
  fly(context);
}

void look_from(GuiContext& context, const SweepScene& scene, ViewPreset preset) {
  const double heading = yaw_of(scene.world_from_ego.rotation());
  context.view.camera = preset_view(context.view.camera, preset, context.view.camera.target, heading);
}

}  // namespace sweepmark::gui
