#include "app/gui/batch_cell_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "app/gui/batch_picture.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr double beside = 0.8;  // metres before and behind a box that its side and rear views show

Rgba class_shade(const BatchFrame& frame) {
  return class_colour(frame.context.workspace->document().taxonomy, frame.track.properties.class_id);
}

Rgba outline_colour(const BatchFrame& frame, const BatchCell& cell) {
  const Rgba colour = brighter(class_shade(frame), 0.25);
  return cell.there() ? colour : with_alpha(colour, 0.6);
}

const char* word_for(BatchCell::State state) {
  switch (state) {
    case BatchCell::State::human:
      return "placed";
    case BatchCell::State::imported:
      return "imported";
    case BatchCell::State::automatic:
      return "auto";
    case BatchCell::State::interpolated:
      return "between";
    case BatchCell::State::absent:
      return "absent";
    case BatchCell::State::outside:
      break;
  }
  return "no box";
}

CropView crop_view(const BatchFrame& frame, const BoxPicture& picture) {
  const Pose<Ego, World> ego_from_world = picture.world_from_ego.inverse();
  CropView view;
  view.box = picture.box.box;
  view.middle = (ego_from_world * picture.camera.target).metres;
  view.right = ego_from_world.rotation() * picture.camera.right();
  view.up = ego_from_world.rotation() * picture.camera.up();
  view.size = viewport_of(picture.area);
  view.metres_per_pixel = picture.camera.metres_per_pixel(view.size);
  const double half = 0.5 * (picture.side == BoxSide::top    ? view.box.height()
                             : picture.side == BoxSide::side ? view.box.width()
                                                             : view.box.length());
  view.nearer = half + beside;
  view.farther = picture.side == BoxSide::top ? 1e3 : half + beside;
  view.point_size = frame.context.view.point_size;
  view.map = frame.context.view.map;
  return view;
}

// The points; returns how many are inside the box.
std::size_t draw_points(const BatchFrame& frame, const BoxPicture& picture, const CloudCrop& crop,
                        const std::string& name) {
  BatchMemory::Painted& painted = frame.memory().painted[name];
  const CropView view = crop_view(frame, picture);
  std::string key = key_of(crop.key, view);
  const Texture texture = frame.context.resources.painted(
      name, key, view.size.width, view.size.height,
      [&](std::span<std::uint32_t> canvas) { painted.inside = paint_crop(crop, view, canvas); });
  draw_texture(*ImGui::GetWindowDrawList(), texture, picture.area);
  return painted.inside;
}

// Without handles: the outline with its heading, dashed where the object is not.
void draw_outline(const BatchFrame& frame, const BatchCell& cell, const BoxPicture& picture) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImU32 colour = colour_of(outline_colour(frame, cell));
  const Eigen::Vector3d& size = picture.box.box.size;
  for (const BoxHandle& handle : handles_of(picture.side)) {
    if (handle.kind != BoxHandle::Kind::face) continue;
    const auto line = face_line(picture, handle.faces);
    const bool front = handle.faces == FaceSigns(1, 0, 0);
    if (cell.there() || picture.box.draft)
      list.AddLine(line[0], line[1], colour, front ? 3.0f : 1.5f);
    else
      draw_dashed(list, line, colour, front ? 2.0f : 1.2f, 4.0f);
  }
  if (picture.side == BoxSide::rear) return;
  list.AddLine(picture.pixel(picture.box.box.pose * Point<BoxLocal>(0.25 * size.x(), 0, 0)),
               picture.pixel(picture.box.box.pose * Point<BoxLocal>(0.5 * size.x(), 0, 0)), colour, 1.5f);
}

void draw_picture(const BatchFrame& frame, const BatchCell& cell, const BoxPicture& picture,
                  const CellMouse& mouse) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(corner(picture.area), far_corner(picture.area), true);
  if (!cell.there() && !picture.box.draft)
    list.AddRectFilled(corner(picture.area), far_corner(picture.area), IM_COL32(18, 20, 23, 120));
  mark_handles(frame.context.ui.places, picture, fmt::format("batch/{}/", cell.sweep));
  if (mouse.hovered && (frame.memory().look != BatchLook::top_and_side || mouse.side == picture.side))
    draw_handles(picture, outline_colour(frame, cell), mouse.handle);
  else
    draw_outline(frame, cell, picture);
  list.PopClipRect();
}

// What the box is: a diamond where it is a keyframe, filled where a person or a file put it there.
void draw_state(const BatchFrame& frame, const BatchCell& cell, const ImVec2& at, float radius) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rgba shade = class_shade(frame);
  if (cell.keyframe()) {
    const std::array<ImVec2, 4> diamond = {
        {{at.x, at.y - radius}, {at.x + radius, at.y}, {at.x, at.y + radius}, {at.x - radius, at.y}}};
    if (cell.state == BatchCell::State::automatic)
      list.AddPolyline(diamond.data(), 4, colour_of(shade), ImDrawFlags_Closed, 1.5f);
    else
      list.AddConvexPolyFilled(
          diamond.data(), 4,
          colour_of(cell.state == BatchCell::State::human ? brighter(shade, 0.45) : shade));
    return;
  }
  const ImVec2 from{at.x - radius, at.y}, to{at.x + radius, at.y};
  if (cell.there())
    list.AddLine(from, to, colour_of(with_alpha(shade, 0.7)), 0.6f * radius);
  else
    draw_dashed(list, std::array{from, to}, theme::text_dim, 1.2f, 3.0f);
}

ImU32 colour_of_confidence(double confidence) {
  return confidence >= 0.8 ? theme::good : confidence >= 0.5 ? theme::warning : theme::error;
}

// How sure the algorithm was: the length of a bar under the caption, and its colour.
void draw_confidence(const Area& caption, double confidence) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = std::max(2.0f, std::round(0.14f * caption.height)),
              top = caption.y + caption.height - height;
  list.AddRectFilled({caption.x, top}, far_corner(caption), theme::background);
  list.AddRectFilled({caption.x, top},
                     {caption.x + static_cast<float>(std::clamp(confidence, 0.0, 1.0)) * caption.width,
                      caption.y + caption.height},
                     colour_of_confidence(confidence));
}

std::string state_text(const BatchCell& cell) {
  return cell.confidence ? fmt::format("auto {:.2f}", *cell.confidence) : word_for(cell.state);
}

// Sweep and state on the left, points inside on the right; what finds no room is left out, points sooner than
// how sure an algorithm was.
void draw_caption(const BatchFrame& frame, std::size_t index, std::optional<std::size_t> inside) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const BatchCell& cell = frame.cells[index];
  const Area area = frame.caption_of(index);
  const float em = ImGui::GetFontSize(), y = std::round(area.y + 0.5f * (area.height - em));
  const bool marked = frame.memory().marked.contains(cell.sweep);
  list.AddRectFilled(corner(area), far_corner(area), marked ? theme::accent_dim : theme::raised);
  draw_state(frame, cell, {area.x + 0.75f * em, area.y + 0.5f * area.height}, 0.32f * em);
  const std::string number = fmt::format("{}", cell.sweep);
  float left = area.x + 1.4f * em;
  list.AddText({left, y}, theme::text, number.c_str());
  left += ImGui::CalcTextSize(number.c_str()).x + 0.6f * em;
  float right = area.x + area.width - 0.4f * em;
  std::string word = state_text(cell);
  if (cell.confidence && right - left < ImGui::CalcTextSize((word + " 000").c_str()).x)
    word = fmt::format("{:.2f}", *cell.confidence);
  const float kept = cell.confidence ? left + ImGui::CalcTextSize(word.c_str()).x + 0.6f * em : left;
  if (inside) {
    // Where there is no room for the unit the number stands alone.
    std::string count = fmt::format("{} pts", *inside);
    if (right - ImGui::CalcTextSize(count.c_str()).x <= kept) count = fmt::format("{}", *inside);
    const float width = ImGui::CalcTextSize(count.c_str()).x;
    if (right - width > kept) {
      list.AddText({right - width, y}, *inside == 0 && cell.there() ? theme::warning : theme::text_dim,
                   count.c_str());
      right -= width + 0.6f * em;
    }
  }
  if (left + ImGui::CalcTextSize(word.c_str()).x <= right)
    list.AddText({left, y}, theme::text_dim, word.c_str());
  if (cell.confidence) draw_confidence(area, *cell.confidence);
}

void draw_border(const BatchFrame& frame, std::size_t index, bool hovered) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Area& area = frame.grid.cells[index];
  const std::size_t sweep = frame.cells[index].sweep;
  if (sweep == frame.context.ui.cursor)
    list.AddRect(corner(area), far_corner(area), theme::accent, 0, 0, 2.5f);
  else if (frame.memory().marked.contains(sweep))
    list.AddRect(corner(area), far_corner(area), theme::accent_dim, 0, 0, 2.0f);
  else if (hovered)
    list.AddRect(corner(area), far_corner(area), theme::text_dim, 0, 0, 1.0f);
}

}  // namespace

void draw_cell(const BatchFrame& frame, std::size_t index, const CellMouse& mouse,
               std::vector<CropKey>& wanted) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const BatchCell& cell = frame.cells[index];
  const Area& area = frame.grid.cells[index];
  list.PushClipRect(corner(area), far_corner(area), true);
  list.AddRectFilled(corner(area), far_corner(area), theme::background);
  mark_place(frame.context.ui.places, fmt::format("batch/{}", cell.sweep), area);
  mark_place(frame.context.ui.places, fmt::format("batch/{}/caption", cell.sweep), frame.caption_of(index));
  const bool without_file = frame.drive().sweeps[cell.sweep].file.empty();
  const auto crop = without_file ? nullptr : crop_of(frame, cell, wanted);
  std::optional<std::size_t> inside;
  for (const BoxPicture& picture : pictures_of(frame, index)) {
    if (crop && *crop)
      inside = draw_points(frame, picture, ***crop,
                           fmt::format("batch/{}/{}", index, static_cast<int>(picture.side)));
    draw_picture(frame, cell, picture, mouse);
  }
  const bool waits = !without_file && !crop;
  const std::string problem = problem_of(frame, cell);
  Area below = area;
  below.y += frame.caption;
  below.height -= frame.caption;
  if (waits) draw_centred(list, below, "Loading …", theme::text_dim);
  if (!problem.empty())
    draw_centred(list, below, without_file ? "No points at this moment" : "This sweep cannot be read",
                 without_file ? theme::text_dim : theme::warning);
  draw_caption(frame, index, inside);
  draw_border(frame, index, mouse.hovered);
  list.PopClipRect();
}

std::vector<Eigen::Vector3d> points_inside(const BatchFrame& frame, const BatchCell& cell,
                                           const Box3<Ego>& box) {
  const auto shown = frame.memory().shown.find(cell.sweep);
  if (shown == frame.memory().shown.end()) return {};
  const auto crop = frame.context.workspace->crops().peek(shown->second);
  return crop && *crop ? (**crop)->inside(box) : std::vector<Eigen::Vector3d>{};
}

std::string problem_of(const BatchFrame& frame, const BatchCell& cell) {
  if (frame.drive().sweeps[cell.sweep].file.empty())
    return "This moment has no points: the drive lists it without a sweep.";
  const auto shown = frame.memory().shown.find(cell.sweep);
  if (shown == frame.memory().shown.end()) return {};
  const auto crop = frame.context.workspace->crops().peek(shown->second);
  return crop && !*crop ? to_string(crop->error()) : std::string{};
}

}  // namespace sweepmark::gui
