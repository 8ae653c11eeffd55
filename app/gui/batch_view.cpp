#include "app/gui/batch_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/gui/batch_cell_view.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/batch_header.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/theme.hpp"
#include "app/gui/view_memory.hpp"

namespace sweepmark::gui {

namespace {

constexpr double closest = 0.35, widest = 6;  // times the usual surroundings: how far the wheel goes

struct UnderMouse {
  std::size_t cell = 0;
  bool on_caption = false;
  std::optional<BoxPicture> picture;
  std::optional<BoxHandle> handle;
};

std::optional<UnderMouse> find_under_mouse(const BatchFrame& frame) {
  const ImVec2 at = ImGui::GetIO().MousePos;
  const auto cell = cell_at(frame.grid, at.x, at.y);
  if (!cell) return std::nullopt;
  UnderMouse under{*cell, holds(frame.caption_of(*cell), at), {}, {}};
  for (const BoxPicture& picture : pictures_of(frame, *cell))
    if (holds(picture.area, at)) {
      under.picture = picture;
      under.handle = handle_under(picture, at);
    }
  return under;
}

void mark_on(const BatchFrame& frame, const std::optional<UnderMouse>& under) {
  BatchMemory& memory = frame.memory();
  if (!ImGui::IsMouseDown(ImGuiMouseButton_Left)) return memory.marking_from.reset();
  if (!under) return;
  const std::size_t sweep = frame.cells[under->cell].sweep;
  memory.marking_moved |= sweep != *memory.marking_from;
  if (!memory.marking_moved) return;  // a click toggles, which is done already
  memory.marked = marked_between(memory.marked_before, frame.page, *memory.marking_from, sweep);
}

void begin_marking(const BatchFrame& frame, std::size_t sweep) {
  BatchMemory& memory = frame.memory();
  memory.marked_before = memory.marked;
  memory.marking_from = sweep;
  memory.marking_moved = false;
  if (memory.marked.erase(sweep) == 0) memory.marked.insert(sweep);
}

void take_press(const BatchFrame& frame, const UnderMouse& under) {
  GuiContext& context = frame.context;
  BatchMemory& memory = frame.memory();
  const BatchCell& cell = frame.cells[under.cell];
  if (ImGui::GetIO().KeyShift || under.on_caption) return begin_marking(frame, cell.sweep);
  if (ImGui::GetIO().KeyCtrl) return accept_cell(context, cell.sweep);
  go_to(context, cell.sweep);
  if (!under.handle) return;
  memory.drag_sweep = cell.sweep;
  memory.drag_side = under.picture->side;
  press_handle(context, memory.drag, *under.picture, *under.handle,
               [&](const Box3<Ego>& box) { return points_inside(frame, cell, box); });
}

std::string hint_over(const BatchFrame& frame, const UnderMouse& under) {
  const BatchCell& cell = frame.cells[under.cell];
  if (under.on_caption) return "Click marks the cell, dragging marks several · click again to unmark";
  if (const std::string problem = problem_of(frame, cell); !problem.empty()) return problem;
  if (under.handle) return hint_for(*under.handle);
  return fmt::format(
      "Sweep {} · keys act on it: A D W S Q E G K O · Ctrl+click accepts the box · Shift marks", cell.sweep);
}

// The picture of the box that is being dragged, as it is now.
std::optional<BoxPicture> dragged_picture(const BatchFrame& frame) {
  const BatchMemory& memory = frame.memory();
  const auto cell = frame.cell_of(memory.drag_sweep);
  if (!cell) return std::nullopt;
  for (const BoxPicture& picture : pictures_of(frame, *cell))
    if (picture.side == memory.drag_side) return picture;
  return std::nullopt;
}

struct HotCell {
  std::optional<std::size_t> cell;
  CellMouse mouse;
};

// A drag that is under way; true as long as it has the mouse.
bool take_drag(const BatchFrame& frame, HotCell& hot) {
  BatchMemory& memory = frame.memory();
  if (!memory.drag.grabbed) return false;
  const std::optional<BoxPicture> picture = dragged_picture(frame);
  if (!picture || frame.context.ui.cursor != memory.drag_sweep) {  // keys moved on: nothing is kept
    memory.drag.grabbed.reset();
    return false;
  }
  const bool pressed = ImGui::IsMouseDown(ImGuiMouseButton_Left) && ImGui::IsItemActive();
  const std::optional<BoxHandle> held = memory.drag.grabbed;
  if (!follow_drag(frame.context, memory.drag, *picture, pressed)) return false;
  hot = {frame.cell_of(memory.drag_sweep), {true, memory.drag_side, held}};
  return true;
}

// One invisible item takes the mouse over all cells.
HotCell take_mouse(const BatchFrame& frame, const Area& area) {
  GuiContext& context = frame.context;
  BatchMemory& memory = frame.memory();
  ImGui::SetCursorScreenPos(corner(area));
  ImGui::InvisibleButton("cells", {area.width, area.height});
  HotCell hot;
  if (take_drag(frame, hot)) {
    context.ui.hovered_sweep = memory.drag_sweep;
    return hot;
  }
  const bool hovered = ImGui::IsItemHovered();
  const std::optional<UnderMouse> under = find_under_mouse(frame);
  if (memory.marking_from) mark_on(frame, under);
  if (!hovered || !under) return hot;
  const std::size_t sweep = frame.cells[under->cell].sweep;
  context.ui.hovered_sweep = sweep;
  if (const float wheel = ImGui::GetIO().MouseWheel; wheel != 0)
    memory.zoom = std::clamp(memory.zoom * std::pow(0.87, wheel), closest, widest);
  offer_hint(context, hint_over(frame, *under));
  if (under->handle) ImGui::SetMouseCursor(cursor_for(*under->picture, *under->handle));
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left)) take_press(frame, *under);
  hot.cell = under->cell;
  hot.mouse = {true, under->picture ? under->picture->side : BoxSide::top, under->handle};
  return hot;
}

// Over another panel its word holds, over a cell the cell's, and otherwise what there is to do.
void say_hint(GuiContext& context) {
  const ViewMemory& memory = context.resources.memory();
  context.ui.hint = memory.panel_hint_frame >= ImGui::GetFrameCount() - 1
                        ? memory.panel_hint
                        : "Drag boxes in their cells · Shift+PgDn turns the page · Esc leaves";
}

void forget_hovered_point(GuiContext& context) {
  ViewMemory& memory = context.resources.memory();
  if (memory.hover != ViewMemory::Hover::view3d) return;
  context.ui.hovered_point.reset();
  memory.hover = ViewMemory::Hover::none;
}

}  // namespace

void draw_batch(GuiContext& context, const Area& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  forget_hovered_point(context);
  const float em = ImGui::GetFontSize(), gap = std::max(2.0f, std::round(0.15f * em));
  const Area header{area.x, area.y, area.width, ImGui::GetFrameHeight() + gap};
  const Area cells{area.x, area.y + header.height + gap, area.width, area.height - header.height - gap};
  list.AddRectFilled(corner(area), far_corner(area), theme::background);
  const std::optional<BatchFrame> frame =
      has_sweeps(context) ? batch_frame(context, cells, std::round(1.3f * em), gap) : std::nullopt;
  if (!frame) {
    const bool selected = has_sweeps(context) && context.ui.selected;
    draw_centred(list, cells,
                 selected ? "Every box of this object was placed by a person.\nTime shows them all."
                          : "Select an object to see it in twenty sweeps side by side.\nTab takes the next.",
                 theme::text_dim);
    if (selected) draw_batch_header(context, {}, header);
    return say_hint(context);
  }
  const HotCell hot = take_mouse(*frame, cells);
  std::vector<CropKey> wanted;
  for (std::size_t i = 0; i < frame->cells.size(); ++i)
    draw_cell(*frame, i, hot.cell == i ? hot.mouse : CellMouse{}, wanted);
  load_crops(*frame, std::move(wanted));
  draw_batch_header(context, frame->page, header);
  say_hint(context);
}

}  // namespace sweepmark::gui
