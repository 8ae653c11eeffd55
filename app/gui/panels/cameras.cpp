// Every camera small, and one of them large: the one that sees the selected box best, cut to it.
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "app/gui/camera_picture.hpp"
#include "app/gui/icons.hpp"
#include "app/gui/panel.hpp"
#include "app/gui/theme.hpp"
#include "core/base/text.hpp"

namespace sweepmark::gui {

namespace {

constexpr float gap = 4;

std::string label_of(const CameraView& camera) {
  return camera.sensor->label.empty() ? camera.sensor->id.value : camera.sensor->label;
}

double aspect_of(const CameraView& camera) {
  if (camera.image) return static_cast<double>(camera.width) / camera.height;
  const CameraIntrinsics& lens = camera.sensor->intrinsics;
  return lens.width > 0 && lens.height > 0 ? static_cast<double>(lens.width) / lens.height : 16.0 / 9.0;
}

struct Choice {
  std::size_t index = 0;
  bool automatic = true;
};

// How far ahead a camera looks: by its calibration, else by its name. Those without an image come last.
double looks_ahead(const CameraView& camera) {
  if (!camera.image) return -2;
  if (camera.sensor->calibrated)
    return (camera.sensor->ego_from_camera.rotation() * Eigen::Vector3d::UnitZ()).x();
  const std::string name = lowered(camera.sensor->id.value);
  const bool aside = name.contains("left") || name.contains("right");
  return name.contains("front") ? (aside ? 0.5 : 1.0) : -1;
}

Choice enlarged_camera(const GuiContext& context, const std::vector<CameraView>& cameras,
                       const std::optional<ShownBox>& selected) {
  const auto named = std::ranges::find_if(
      cameras, [&](const CameraView& c) { return c.sensor->id.value == context.view.enlarged_camera; });
  if (named != cameras.end()) return {static_cast<std::size_t>(named - cameras.begin()), false};
  if (selected)
    if (const auto best = best_camera(cameras, selected->box)) return {*best, true};
  const auto most_ahead = std::ranges::max_element(cameras, {}, looks_ahead);
  return {static_cast<std::size_t>(most_ahead - cameras.begin()), true};
}

bool toggle(GuiContext& context, const char* icon, const char* place, const char* tip, bool on) {
  ImGui::PushStyleColor(ImGuiCol_Text, on ? theme::accent : theme::text_dim);
  ImGui::PushID(place);
  const float side = ImGui::GetFrameHeight();
  const bool clicked = ImGui::Button(icon, {1.3f * side, side});
  ImGui::PopID();
  ImGui::PopStyleColor();
  mark_item(context.ui.places, place);
  if (ImGui::IsItemHovered()) {
    ImGui::SetTooltip("%s", tip);
    offer_hint(context, tip);
  }
  return clicked;
}

// Told every frame: the finest that one of the pictures of a camera needs.
using Reductions = std::map<SensorId, int>;

void need(Reductions& reductions, const CameraPicture& picture) {
  const int wanted = reduction_for(picture.window.scale);
  const auto [entry, first] = reductions.emplace(picture.view.sensor->id, wanted);
  if (!first) entry->second = std::min(entry->second, wanted);
}

void draw_header(GuiContext& context, const Area& row, const CameraView& camera, const Choice& choice) {
  const float side = ImGui::GetFrameHeight(), buttons = 3 * 1.3f * side + 2 * gap;
  std::string text = fmt::format("{} {}", icons::camera, label_of(camera));
  if (!camera.sensor->calibrated) text += " · not calibrated";
  if (choice.automatic) text += " (automatic)";
  if (camera.key && !camera.file.empty()) {
    const ImageEntry& entry = context.workspace->drive().images.at(camera.key->camera)[camera.key->index];
    const double late =
        seconds_between(context.workspace->drive().sweeps[context.ui.cursor].time, entry.time);
    if (std::abs(late) >= 0.0005) text += fmt::format(" · {:+.0f} ms", 1e3 * late);
  }
  ImGui::GetWindowDrawList()->AddText({row.x, row.y + 0.5f * (row.height - ImGui::GetFontSize())},
                                      camera.sensor->calibrated ? theme::text_dim : theme::warning,
                                      fitted(text, row.width - buttons - 2 * gap).c_str());
  ImGui::SetCursorScreenPos({row.x + row.width - buttons, row.y});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {gap, 0});
  ViewState& view = context.view;
  if (toggle(context, icons::circle, "cameras/points", "Points over the images", view.overlay_points))
    view.overlay_points ^= true;
  ImGui::SameLine();
  if (toggle(context, icons::cube, "cameras/boxes", "Boxes over the images", view.overlay_boxes))
    view.overlay_boxes ^= true;
  ImGui::SameLine();
  if (toggle(context, icons::eye_slash, "cameras/hidden", "Also points the camera cannot see",
             view.overlay_hidden))
    view.overlay_hidden ^= true;
  ImGui::PopStyleVar();
}

Area fitted_area(const Area& cell, double aspect) {
  const float height = std::min(cell.height, static_cast<float>(cell.width / aspect));
  const float width = static_cast<float>(height * aspect);
  return {std::round(cell.x + 0.5f * (cell.width - width)), cell.y, std::floor(width), std::floor(height)};
}

void draw_thumb(GuiContext& context, const SweepScene& scene, const CameraView& camera, const Area& cell,
                bool enlarged, Reductions& reductions) {
  const Area area = fitted_area(cell, aspect_of(camera));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImGui::SetCursorScreenPos(corner(area));
  ImGui::PushID(camera.sensor->id.value.c_str());
  const bool clicked =
      ImGui::InvisibleButton("thumb", {std::max(1.0f, area.width), std::max(1.0f, area.height)});
  ImGui::PopID();
  mark_place(context.ui.places, "cameras/" + camera.sensor->id.value, area);
  if (camera.image) {
    const CameraPicture picture{camera, area, whole_image(camera, area), "thumb " + camera.sensor->id.value,
                                false};
    draw_picture(context, scene, picture);
    need(reductions, picture);
  } else {
    draw_missing(camera, area);
  }
  const bool pinned = context.view.enlarged_camera == camera.sensor->id.value;
  if (enlarged) list.AddRect(corner(area), far_corner(area), theme::accent, 0, 0, 2.0f);
  if (camera.image)
    draw_plate(list, {area.x + 2, area.y + 2}, fitted(label_of(camera), area.width - 12),
               enlarged ? theme::text : theme::text_dim, IM_COL32(18, 20, 24, 170));
  if (ImGui::IsItemHovered())
    offer_hint(context, pinned ? "Click to let the large picture follow the selection again"
                               : "Click to keep this camera large");
  if (clicked) context.view.enlarged_camera = pinned ? std::string() : camera.sensor->id.value;
}

// Rows of thumbs at the top; returns how high they are.
float draw_strip(GuiContext& context, const SweepScene& scene, const std::vector<CameraView>& cameras,
                 std::size_t enlarged, const Area& area, Reductions& reductions) {
  const std::size_t rows = cameras.size() > 4 ? 2 : 1, columns = (cameras.size() + rows - 1) / rows;
  const float width = (area.width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  double flattest = 1;
  for (const CameraView& camera : cameras) flattest = std::max(flattest, aspect_of(camera));
  const float most = 0.42f * area.height / static_cast<float>(rows);
  const float height = std::min(most, static_cast<float>(width / std::min(flattest, 2.4)));
  const float used = std::min(height, static_cast<float>(width / flattest));
  const float row_height = rows == 1 ? used : height;
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    const Area cell{area.x + static_cast<float>(i % columns) * (width + gap),
                    area.y + static_cast<float>(i / columns) * (row_height + gap), width, row_height};
    draw_thumb(context, scene, cameras[i], cell, i == enlarged, reductions);
  }
  return static_cast<float>(rows) * (row_height + gap);
}

ImageWindow window_for(GuiContext& context, const CameraView& camera, const std::optional<ShownBox>& selected,
                       const Area& area) {
  CameraMemory& memory = context.resources.memory().camera;
  const std::string is_for =
      fmt::format("{} {}", camera.sensor->id.value, selected ? selected->track.value : 0);
  if (memory.window && memory.window_is_for == is_for) return *memory.window;
  memory.window.reset();
  memory.window_is_for = is_for;
  if (selected && camera.model)
    if (const auto bounds = box_bounds(camera.camera_from_ego * selected->box, *camera.model))
      return window_round(*bounds, camera, area);
  return whole_image(camera, area);
}

void zoom_and_pan(GuiContext& context, CameraPicture& picture) {
  CameraMemory& memory = context.resources.memory().camera;
  const ImGuiIO& io = ImGui::GetIO();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) memory.window.reset();
  if (hovered && io.MouseWheel != 0) {
    const Eigen::Vector2d anchor = picture.pixel(io.MousePos);
    const double least = whole_image(picture.view, picture.area).scale;
    const double scale = std::clamp(picture.window.scale * std::pow(1.2, io.MouseWheel), 0.5 * least, 40.0);
    picture.window = {anchor.x() - (io.MousePos.x - picture.area.x) / scale,
                      anchor.y() - (io.MousePos.y - picture.area.y) / scale, scale};
    memory.window = picture.window;
  }
  if (ImGui::IsItemActive() && (io.MouseDelta.x != 0 || io.MouseDelta.y != 0) &&
      (ImGui::IsMouseDragging(ImGuiMouseButton_Left) || ImGui::IsMouseDragging(ImGuiMouseButton_Right) ||
       ImGui::IsMouseDragging(ImGuiMouseButton_Middle))) {
    picture.window.left -= io.MouseDelta.x / picture.window.scale;
    picture.window.top -= io.MouseDelta.y / picture.window.scale;
    memory.window = picture.window;
  }
}

void point_and_click(GuiContext& context, const SweepScene& scene, const CameraPicture& picture) {
  ViewMemory& memory = context.resources.memory();
  const ImGuiIO& io = ImGui::GetIO();
  if (!ImGui::IsItemHovered()) {
    if (memory.hover == ViewMemory::Hover::cameras) {
      memory.hover = ViewMemory::Hover::none;
      context.ui.hovered_point.reset();
      context.needs_redraw = true;
    }
    return;
  }
  memory.hover = ViewMemory::Hover::cameras;
  const std::optional<PointId> before = context.ui.hovered_point;
  context.ui.hovered_point.reset();
  const Eigen::Vector2d pixel = picture.pixel(io.MousePos);
  if (const auto projection = context.resources.overlays().projection(context, scene, picture.view))
    if (const ProjectedPoint* const point =
            projection->nearest(pixel.x(), pixel.y(), 10 / picture.window.scale, context.view.overlay_hidden))
      context.ui.hovered_point = PointId{0, point->index};
  if (before != context.ui.hovered_point) context.needs_redraw = true;  // the 3D view was drawn already
  const std::optional<TrackId> under = box_at(context, scene, picture, io.MousePos);
  context.ui.hovered = under;
  offer_hint(context, under ? "Click to select this box · wheel zooms, drag moves the picture"
                            : "Wheel zooms, drag moves the picture, double-click fits it");
  const ImVec2 dragged = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 0);
  if (under && ImGui::IsMouseReleased(ImGuiMouseButton_Left) && std::hypot(dragged.x, dragged.y) < 4)
    context.ui.selected = under;
}

void draw_large(GuiContext& context, const SweepScene& scene, const CameraView& camera,
                const std::optional<ShownBox>& selected, const Area& area, Reductions& reductions) {
  if (area.width < 16 || area.height < 16) return;
  mark_place(context.ui.places, "cameras/large", area);
  if (!camera.image) return draw_missing(camera, area);
  ImGui::SetCursorScreenPos(corner(area));
  ImGui::InvisibleButton("large", {area.width, area.height},
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  CameraPicture picture{camera, area, window_for(context, camera, selected, area), "large", true};
  zoom_and_pan(context, picture);
  point_and_click(context, scene, picture);
  draw_picture(context, scene, picture);
  need(reductions, picture);
}

void draw(GuiContext& context, const Area& whole_panel) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!has_sweeps(context)) return;
  // Within the panel's own margins, or it would want to scroll.
  const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
  const Area panel{at.x, at.y, std::min(room.x, whole_panel.width), std::min(room.y, whole_panel.height)};
  const SweepScene scene = scene_at_cursor(context);
  const std::vector<CameraView> cameras = context.resources.overlays().cameras(context, scene);
  if (cameras.empty()) return draw_centred(list, panel, "This drive has no cameras.", theme::text_dim);
  const std::optional<ShownBox> selected = selected_box(context);
  const Choice choice = enlarged_camera(context, cameras, selected);
  const CameraView& large = cameras[choice.index];

  const float header = ImGui::GetFrameHeight();
  Area area = panel;
  draw_header(context, {area.x, area.y, area.width, header}, large, choice);
  area.y += header + gap;
  area.height -= header + gap;
  Reductions reductions;
  // One camera needs no strip while it is shown as a whole.
  const bool whole = !selected && !context.resources.memory().camera.window;
  const float strip =
      cameras.size() > 1 || !whole ? draw_strip(context, scene, cameras, choice.index, area, reductions) : 0;
  draw_large(context, scene, large, selected,
             {area.x, area.y + strip, std::floor(area.width), std::floor(area.height - strip)}, reductions);
  for (const auto& [camera, reduction] : reductions) context.workspace->show_images_at(camera, reduction);
}

}  // namespace

Panel panel_cameras() {
  return {"cameras", "Cameras", Slot::right_top, draw};
}

}  // namespace sweepmark::gui
