#include "app/gui/view3d_overlay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/gui/label_placement.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"
#include "render/line_layer.hpp"

namespace sweepmark::gui {

namespace {

constexpr double ring_step = 10, last_ring = 80;  // metres
constexpr ImU32 plate = IM_COL32(18, 20, 24, 200);

ImVec2 at(const OverlayPlace& place, const Eigen::Vector2d& pixel) {
  return {place.area.x + static_cast<float>(pixel.x()), place.area.y + static_cast<float>(pixel.y())};
}

struct BoxLook {
  Rgba colour;
  float width;
};

BoxLook look_of(const ShownBox& box, Rgba colour) {
  if (box.selected || box.selected_too)
    return {with_alpha(brighter(colour, 0.35), box.ghost ? 0.55 : 1.0), box.ghost      ? 1.5f
                                                                        : box.selected ? 2.5f
                                                                                       : 2.0f};
  if (box.ghost) return {with_alpha(colour, box.hovered ? 0.6 : 0.28), 1.0f};
  const float width = box.keyframe ? 1.8f : 1.0f;
  return {with_alpha(brighter(colour, box.hovered ? 0.35 : 0.0), box.keyframe || box.hovered ? 1.0 : 0.8),
          box.hovered ? width + 0.7f : width};
}

void draw_handle(const OverlayPlace& place, const SeenHandle& seen, bool hot) {
  const ImVec2 spot = at(place, seen.pixel);
  const float em = ImGui::GetFontSize(), radius = hot ? 0.36f * em : seen.faces_eye ? 0.29f * em : 0.2f * em;
  const ImU32 fill = hot              ? theme::accent
                     : seen.faces_eye ? IM_COL32(255, 255, 255, 235)
                                      : IM_COL32(255, 255, 255, 130);
  const ImU32 rim = IM_COL32(18, 20, 24, 200);
  const ImVec2 low{spot.x - radius, spot.y - radius}, high{spot.x + radius, spot.y + radius};
  switch (seen.handle.kind) {
    case BoxHandle::Kind::centre:
      place.list.AddCircleFilled(spot, 1.3f * radius, IM_COL32(18, 20, 24, 170));
      place.list.AddCircle(spot, 1.3f * radius, fill, 0, 1.5f);
      return;
    case BoxHandle::Kind::heading:
      place.list.AddCircleFilled(spot, 1.2f * radius, fill);
      return;
    case BoxHandle::Kind::face:
    case BoxHandle::Kind::corner:
      place.list.AddRectFilled({low.x - 1, low.y - 1}, {high.x + 1, high.y + 1}, rim, 2.0f);
      place.list.AddRectFilled(low, high, fill, 1.5f);
  }
}

// They stay where they are on the box while one of them is dragged.
void draw_handles(GuiContext& context, const SweepScene& scene, const ShownBox& box,
                  const OverlayPlace& place) {
  const std::optional<BoxHandle>& hot = context.resources.memory().hot_handle;
  const float radius = 0.3f * ImGui::GetFontSize();
  for (const SeenHandle& seen : shown_handles(context, scene, box, place.viewport())) {
    draw_handle(place, seen, hot == seen.handle);
    const ImVec2 spot = at(place, seen.pixel);
    if (holds(place.area, spot))
      mark_place(context.ui.places, "view3d/" + name_of(seen.handle),
                 {spot.x - radius, spot.y - radius, 2 * radius, 2 * radius});
  }
}

std::string channel_text(const PointCloud& cloud, std::string_view name, std::uint32_t point) {
  const Channel* const channel = cloud.channel(name);
  if (!channel) return {};
  return std::visit(
      [&](const auto& values) { return fmt::format("{:.4g}", static_cast<double>(values[point])); },
      channel->values);
}

// The class of a point: its own label, else that of the box round it.
std::string class_of_point(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                           std::uint32_t point) {
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  const auto labels = context.resources.labels(context.workspace->document(), scene.time, scene.cloud);
  if (labels && class_of((*labels)[point]) != 0)
    return class_name(taxonomy, ClassId{class_of((*labels)[point])});
  const Point<Ego> place = scene.ego(scene.position(point));
  for (const ShownBox& box : boxes)
    if (!box.ghost && box.box.contains(place)) return "in " + title_of(taxonomy, box);
  return {};
}

std::string read_out(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                     std::uint32_t point) {
  const Point<Ego> p = scene.ego(scene.position(point));
  std::string text =
      fmt::format("x {:.2f}  y {:.2f}  z {:.2f} m   {:.1f} m away", p.x(), p.y(), p.z(), p.metres.norm());
  for (const std::string_view name : {"intensity", "ring"})
    if (const std::string value = channel_text(*scene.cloud, name, point); !value.empty())
      text += fmt::format("   {} {}", name, value);
  if (const std::string name = class_of_point(context, scene, boxes, point); !name.empty())
    text += "   " + name;
  return text;
}

// Those that were made, and a line to where the next would be.
void draw_clicks(const OverlayPlace& place, std::span<const Point<World>> clicks) {
  std::vector<ImVec2> line;
  for (const Point<World>& click : clicks)
    if (const auto pixel = place.camera.pixel_from(click, place.viewport()))
      line.push_back(at(place, *pixel));
  for (const ImVec2& spot : line)
    place.list.AddCircleFilled(spot, 0.25f * ImGui::GetFontSize(), theme::accent);
  if (line.size() == 1) line.push_back(ImGui::GetIO().MousePos);
  if (line.size() > 1)
    place.list.AddPolyline(line.data(), static_cast<int>(line.size()), theme::accent, ImDrawFlags_None, 1.5f);
}

}  // namespace

std::optional<Area> screen_bounds(const Box3<World>& box, const ViewCamera& camera, Viewport viewport) {
  Eigen::Vector2d low = Eigen::Vector2d::Constant(1e9), high = -low;
  for (const Point<World>& corner : box.corners()) {
    const auto pixel = camera.pixel_from(corner, viewport);
    if (!pixel) return std::nullopt;
    low = low.cwiseMin(*pixel);
    high = high.cwiseMax(*pixel);
  }
  const Eigen::Vector2f at = low.cast<float>(), size = (high - low).cast<float>();
  return Area{at.x(), at.y(), size.x(), size.y()};
}

void draw_rings(GuiContext& context, const SweepScene& scene, const OverlayPlace& place) {
  if (!context.view.range_rings) return;
  const Point<World> centre = scene.world({0, 0, ground_under_vehicle(context, scene)});
  draw_lines(place.list,
             range_rings(centre, ring_step, last_ring, {120, 130, 146, 90}, place.camera, place.viewport()),
             corner(place.area));
  const double heading = yaw_of(scene.world_from_ego.rotation());
  for (double radius = ring_step; radius <= last_ring; radius += ring_step) {
    const Point<World> ahead(centre.metres +
                             radius * Eigen::Vector3d(std::cos(heading), std::sin(heading), 0));
    const auto pixel = place.camera.pixel_from(ahead, place.viewport());
    if (!pixel) continue;
    const ImVec2 spot = at(place, *pixel);
    if (holds(place.area, spot))
      place.list.AddText(spot, IM_COL32(146, 153, 165, 170), fmt::format("{:.0f} m", radius).c_str());
  }
}

std::vector<SeenHandle> shown_handles(GuiContext& context, const SweepScene& scene, const ShownBox& box,
                                      Viewport viewport) {
  const ViewMemory& memory = context.resources.memory();
  if (memory.orbiting || memory.panning || context.ui.tool != "select") return {};
  const double spacing = 1.3 * ImGui::GetFontSize();
  return handles_in_view(scene.world_from_ego * box.box, context.view.camera, viewport, spacing);
}

void draw_boxes(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                const OverlayPlace& place) {
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  for (const ShownBox& box : boxes) {
    const BoxLook look = look_of(box, class_colour(taxonomy, box.class_id));
    draw_lines(
        place.list,
        box_lines(scene.world_from_ego * box.box, look.colour, look.width, place.camera, place.viewport()),
        corner(place.area));
    if (box.selected) draw_handles(context, scene, box, place);
  }
}

void draw_box_labels(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                     const OverlayPlace& place, std::span<const Area> taken) {
  if (!context.view.show_labels) return;
  const Taxonomy& taxonomy = context.workspace->document().taxonomy;
  struct Label {
    std::string text;
    Rgba colour;
    double opacity;
  };
  std::vector<Label> labels;
  std::vector<LabelWish> wishes;
  for (const ShownBox& box : boxes) {
    if (box.ghost && !box.selected && !box.selected_too && !box.hovered) continue;
    const Box3<World> in_world = scene.world_from_ego * box.box;
    const auto bounds = screen_bounds(in_world, place.camera, place.viewport());
    if (!bounds) continue;
    const double distance = (in_world.centre().metres - place.camera.eye().metres).norm();
    const double opacity = box.selected || box.selected_too || box.hovered
                               ? 1.0
                               : std::clamp(1.25 - distance / (3.0 * place.camera.distance), 0.35, 1.0);
    labels.push_back({title_of(taxonomy, box), class_colour(taxonomy, box.class_id), opacity});
    Area wish = plate_at({0, 0}, labels.back().text);
    wish.x = place.area.x + bounds->x + 0.5f * (bounds->width - wish.width);
    wish.y = place.area.y + bounds->y - wish.height - 3;
    wishes.push_back({wish, box.selected ? 1e9 : box.hovered ? 1e8 : -distance});
  }
  const std::vector<PlacedLabel> placed = place_labels(wishes, place.area, taken);
  for (std::size_t i = 0; i < placed.size(); ++i)
    if (placed[i].shown)
      draw_plate(place.list, corner(placed[i].area), labels[i].text,
                 colour_of(with_alpha(brighter(labels[i].colour, 0.5), labels[i].opacity)),
                 IM_COL32(18, 20, 24, static_cast<int>(190 * labels[i].opacity)));
}

void draw_tool_preview(GuiContext& context, const SweepScene& scene, const OverlayPlace& place) {
  const ToolDrag& drag = context.resources.memory().drag;
  draw_clicks(place, drag.clicks);
  if (!drag.rectangle) return;
  const Footprint& drawn = *drag.rectangle;
  const double z = scene.ego(drag.grabbed).z();
  const Box3<Ego> flat = upright_box(Point<Ego>(drawn.centre.x(), drawn.centre.y(), z), drawn.yaw,
                                     {drawn.length, drawn.width, 0});
  const std::array<Point<Ego>, 8> corners = flat.corners();
  std::array<ImVec2, 4> quad;
  for (std::size_t i = 0; const std::size_t which : {0u, 1u, 3u, 2u}) {
    const auto pixel = place.camera.pixel_from(scene.world(corners[which]), place.viewport());
    if (!pixel) return;
    quad[i++] = at(place, *pixel);
  }
  const Rgba colour = class_colour(context.workspace->document().taxonomy, context.ui.current_class);
  place.list.AddConvexPolyFilled(quad.data(), 4, colour_of(with_alpha(colour, 0.18)));
  place.list.AddPolyline(quad.data(), 4, colour_of(brighter(colour, 0.3)), ImDrawFlags_Closed, 1.5f);
  draw_plate(place.list, {quad[2].x + 8, quad[2].y + 8},
             fmt::format("{:.1f} × {:.1f} m", drawn.length, drawn.width), theme::text, plate);
}

void draw_hovered_point(GuiContext& context, const SweepScene& scene, const std::vector<ShownBox>& boxes,
                        const OverlayPlace& place) {
  const auto hovered = context.ui.hovered_point;
  if (!hovered || hovered->scene_index != 0 || !scene.cloud || hovered->point >= scene.cloud->size()) return;
  if (const auto pixel = place.camera.pixel_from(scene.position(hovered->point), place.viewport())) {
    const ImVec2 spot = at(place, *pixel);
    const float radius = 0.45f * ImGui::GetFontSize();
    place.list.AddCircle(spot, radius + 1.5f, IM_COL32(0, 0, 0, 160), 0, 3.0f);
    place.list.AddCircle(spot, radius, IM_COL32(255, 255, 255, 240), 0, 1.5f);
  }
  const float margin = 0.6f * ImGui::GetFontSize();
  const std::string text =
      fitted(read_out(context, scene, boxes, hovered->point), place.area.width - 9 * ImGui::GetFontSize());
  draw_plate(place.list, {place.area.x + margin, place.area.y + margin}, text, theme::text, plate);
}

}  // namespace sweepmark::gui
