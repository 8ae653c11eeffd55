// The main view: points, boxes, and what the mouse does to them.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>

#include "app/gui/box_bar.hpp"
#include "app/gui/box_dial.hpp"
#include "app/gui/mesh_overlays.hpp"
#include "app/gui/orientation_gizmo.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/shown_stack.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/tool.hpp"
#include "app/gui/trail.hpp"
#include "app/gui/view3d_camera.hpp"
#include "app/gui/view3d_legend.hpp"
#include "app/gui/view3d_overlay.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_options.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

const Tool* active_tool(const GuiContext& context) {
  const auto found = std::ranges::find(tools(), std::string_view(context.ui.tool), &Tool::name);
  return found == tools().end() ? nullptr : &*found;
}

struct Mouse {
  ViewInput input;
  bool in_view = false;  // over the view itself, not over something that floats in it
};

// One invisible item takes the mouse over the whole view. What floats in the view is drawn later and wins.
Mouse read_mouse(GuiContext& context, const Area& area) {
  ImGui::SetCursorScreenPos(corner(area));
  ImGui::InvisibleButton("view3d", {area.width, area.height},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  ImGui::SetItemAllowOverlap();
  mark_place(context.ui.places, "view3d", area);
  const ImGuiIO& io = ImGui::GetIO();
  const bool active = ImGui::IsItemActive(), hovered = ImGui::IsItemHovered();
  const bool free = hovered && !holds(gizmo_area(area), io.MousePos) &&
                    !holds(context.resources.memory().box_bar, io.MousePos) &&
                    !holds(context.resources.memory().tool_row, io.MousePos) &&
                    !holds(context.resources.memory().view_row, io.MousePos);
  Mouse mouse;
  ViewInput& input = mouse.input;
  input.viewport = viewport_of(area);
  input.mouse = {io.MousePos.x - area.x, io.MousePos.y - area.y};
  input.hovered = free;
  input.pressed = free && ImGui::IsMouseClicked(ImGuiMouseButton_Left);
  input.down = active && ImGui::IsMouseDown(ImGuiMouseButton_Left);
  input.released = ImGui::IsMouseReleased(ImGuiMouseButton_Left);
  input.double_clicked = free && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  input.shift = io.KeyShift;
  input.ctrl = io.KeyCtrl;
  input.alt = io.KeyAlt;
  mouse.in_view = free || active;
  return mouse;
}

ShownStack::Wish stack_wish(const ViewState& view) {
  return {view.filters.range.on, view.colouring == PointColouring::range, needs_labels(view)};
}

// The sweep, and beneath it what was stacked: layers are asked for as the view comes to need them.
std::vector<ScenePoints> scene_with_stack(GuiContext& context, const SweepScene& scene, Viewport viewport) {
  std::vector<ScenePoints> points = {points_of(context, scene)};
  ShownStack* const stack = context.workspace->stack().get();
  if (!stack) return points;
  stack->look();
  if (!context.view.show_stack) return points;
  stack->want_for(context.view.camera, viewport);
  const Workspace& workspace = *context.workspace;
  const Document& document = workspace.document();
  const bool all_there =
      stack->provide(stack_wish(context.view), workspace.drive(), trajectory_of(document, workspace.drive()),
                     document, context.workspace->session().revision());
  if (!all_there) context.needs_redraw = true;
  stack->add_to(points, scene.world_from_ego, context.workspace->boxes_at(scene.index));
  return points;
}

void draw_points(GuiContext& context, const SweepScene& scene, const PointStyle& style, const Area& area) {
  ViewMemory& memory = context.resources.memory();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (scene.cloud) {
    const std::vector<ScenePoints> points = scene_with_stack(context, scene, viewport_of(area));
    const std::vector<SceneMesh> meshes = meshes_in_scene(context, scene.world_from_ego);
    memory.held = context.resources.points(PointView::main, points, style, context.view.camera,
                                           viewport_of(area), meshes);
    memory.held_until = context.now + 0.4;
    if (!context.resources.complete(PointView::main)) context.needs_redraw = true;
    draw_texture(list, memory.held, area);
    return;
  }
  // The sweep before stays for a moment, so that stepping does not flicker.
  if (scene.loading && memory.held.gl_name != 0 && context.now < memory.held_until) {
    draw_texture(list, memory.held, area);
    context.needs_redraw = true;
    return;
  }
  list.AddRectFilled(corner(area), far_corner(area), theme::background);
  const std::string text = scene.loading ? fmt::format("Loading sweep {} …", scene.index + 1) : scene.problem;
  draw_centred(list, area, text, scene.loading ? theme::text_dim : theme::warning);
  if (!scene.loading) mark_place(context.ui.places, "view3d/problem", area);
}

void find_hovered_point(GuiContext& context, const SweepScene& scene, const Mouse& mouse) {
  ViewMemory& memory = context.resources.memory();
  if (!mouse.input.hovered) {
    if (memory.hover == ViewMemory::Hover::view3d) {
      context.ui.hovered_point.reset();
      memory.hover = ViewMemory::Hover::none;
    }
    return;
  }
  memory.hover = ViewMemory::Hover::view3d;
  context.ui.hovered_point.reset();
  if (!scene.cloud || memory.orbiting || memory.panning) return;
  context.ui.hovered_point = context.resources.pick(PointView::main, static_cast<int>(mouse.input.mouse.x()),
                                                    static_cast<int>(mouse.input.mouse.y()), 5);
}

// The status line says what the mouse would do: the tool's word here, the panel's word over another panel.
void say_hint(GuiContext& context, const Tool* tool, const Mouse& mouse) {
  const ViewMemory& memory = context.resources.memory();
  if (!mouse.in_view && memory.panel_hint_frame >= ImGui::GetFrameCount() - 1)
    context.ui.hint = memory.panel_hint;
  else
    context.ui.hint = tool ? std::string(tool->hint) : std::string();
}

void draw_floating(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                   const PointStyle& style, const OverlayPlace& place) {
  const auto selected = std::ranges::find(boxes, true, &ShownBox::selected);
  context.resources.memory().view_row = draw_view_row(context, scene, place.area);
  std::vector<Area> taken = {gizmo_area(place.area), context.resources.memory().view_row,
                             draw_legend(context, style, scene, place)};
  std::optional<Area> bar;
  if (selected != boxes.end() && selected->track.value != 0)
    if (auto bounds = screen_bounds(scene.world_from_ego * selected->box, place.camera, place.viewport())) {
      bounds->x += place.area.x;
      bounds->y += place.area.y;
      const bool in_sight =
          bounds->x < place.area.x + place.area.width && bounds->x + bounds->width > place.area.x &&
          bounds->y < place.area.y + place.area.height && bounds->y + bounds->height > place.area.y;
      if (in_sight) taken.push_back(*(bar = box_bar_area(*bounds, place.area)));
    }
  draw_box_labels(context, scene, boxes, place, taken);
  draw_hovered_point(context, scene, boxes, place);
  draw_gizmo(context, scene, place.list, place.area);
  const Tool* const tool = active_tool(context);
  const bool has_options = tool && tool->draw_options;
  // Not while something is dragged: it would run after the box under the hand; nor while a tool has a row of
  // its own.
  if (context.ui.draft || has_options) bar.reset();
  context.resources.memory().box_bar = bar.value_or(Area{});
  if (bar) draw_box_bar(context, scene, *selected, *bar);
  context.resources.memory().tool_row = has_options ? tool->draw_options(context, place.area) : Area{};
}

void draw(GuiContext& context, const Area& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!has_sweeps(context)) {
    draw_centred(list, area, "Open a drive to see its sweeps here.", theme::text_dim);
    return;
  }
  const SweepScene scene = scene_at_cursor(context);
  context.workspace->show_camera_colours(context.view.colouring == PointColouring::camera);
  place_camera(context, scene);
  const Mouse mouse = read_mouse(context, area);
  control_camera(context, scene, {mouse.input.mouse, mouse.in_view}, mouse.input.viewport);
  const Tool* const tool = active_tool(context);
  say_hint(context, tool, mouse);
  if (!mouse.input.hovered && context.resources.memory().hover == ViewMemory::Hover::view3d)
    context.ui.hovered.reset();
  if (tool) tool->update(context, mouse.input);
  take_dial_wheel(context, mouse.input.hovered);

  const PointStyle style = point_style(context, scene);
  list.PushClipRect(corner(area), far_corner(area), true);
  draw_points(context, scene, style, area);
  find_hovered_point(context, scene, mouse);
  const OverlayPlace place{list, area, context.view.camera};
  const std::vector<ShownBox> boxes = shown_boxes(context);
  draw_rings(context, scene, place);
  draw_selected_trail(context, list, context.view.camera, area);
  draw_boxes(context, scene, boxes, place);
  draw_tool_preview(context, scene, place);
  draw_floating(context, scene, boxes, style, place);
  list.PopClipRect();
}

}  // namespace

Panel panel_view3d() {
  return {"view3d", "3D view", Slot::main_view, draw};
}

}  // namespace sweepmark::gui
