#include "app/gui/batch_frame.hpp"

#include <algorithm>
#include <cmath>

#include "app/gui/batch_review.hpp"
#include "app/gui/view_memory.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

// Pixels of a metre, where the contents fill a cell of the grid.
double scale_of(const BatchGrid& grid, const CellContent& content, float caption) {
  const Area& cell = grid.cells.front();
  return std::max(
      1e-3, std::min(cell.width / content.across, std::max(1.0f, cell.height - caption) / content.down));
}

void remember_page(BatchMemory& memory, const Track& track, const BatchPage& page,
                   const std::vector<BatchCell>& cells) {
  if (memory.track == track.id && memory.page == page) return;
  if (memory.track != track.id) {
    memory.shown.clear();
    memory.marked.clear();
    memory.marking_from.reset();
    memory.drag = {};
    memory.zoom = 1;
  }
  memory.track = track.id;
  memory.page = page;
  memory.usual_size = usual_size(cells);
}

// Boxes seen from above lie or stand, whichever way they are seen larger.
void lay_out(BatchFrame& frame, const Area& area, float gap) {
  const BatchMemory& memory = frame.memory();
  const Eigen::Vector3d& size = memory.usual_size;
  double best = 0;
  for (const bool lying : {true, false}) {
    const CellContent content = content_of(memory.look, size, lying);
    const BatchGrid grid = grid_for(area, frame.page.sweeps.size(), content, frame.caption, gap);
    const double scale = scale_of(grid, content, frame.caption);
    if (scale <= best) continue;
    best = scale;
    frame.grid = grid;
    frame.lying = lying;
  }
  frame.metres_per_pixel = memory.zoom / best;
  frame.reach = 0.7 * surroundings_of(size);
  const Area& cell = frame.grid.cells.front();
  frame.radius = std::max(0.5 * frame.metres_per_pixel * std::hypot(cell.width, cell.height),
                          0.5 * size.norm() + surroundings_of(size));
}

Area picture_area(const BatchFrame& frame, std::size_t cell) {
  const Area& all = frame.grid.cells[cell];
  return {all.x, all.y + frame.caption, all.width, std::max(1.0f, all.height - frame.caption)};
}

BoxPicture picture_of(const BatchFrame& frame, const BatchCell& cell, BoxSide side, const Area& area) {
  const BatchMemory& memory = frame.memory();
  BoxPicture picture;
  picture.box = shown_box(frame, cell);
  picture.world_from_ego = frame.trajectory().world_from_ego(cell.time);
  picture.side = side;
  picture.area = area;
  picture.reach = frame.reach;
  // While a handle is held the view stands still under the hand.
  const bool held = memory.drag.grabbed && memory.drag_sweep == cell.sweep;
  const Box3<Ego>& looked_at = held ? memory.drag.start : cell.box;
  picture.camera = box_side_view(picture.world_from_ego * looked_at, side, viewport_of(area), 0);
  if (side == BoxSide::top && frame.lying) lie_down(picture.camera);
  set_half_height(picture.camera, 0.5 * frame.metres_per_pixel * viewport_of(area).height);
  return picture;
}

}  // namespace

BatchMemory& BatchFrame::memory() const {
  return context.resources.memory().batch;
}

const Trajectory& BatchFrame::trajectory() const {
  return trajectory_of(context.workspace->document(), drive());
}

std::optional<std::size_t> BatchFrame::cell_of(std::size_t sweep) const {
  return page.place_of(sweep);
}

Area BatchFrame::caption_of(std::size_t cell) const {
  const Area& all = grid.cells[cell];
  return {all.x, all.y, all.width, caption};
}

double surroundings_of(const Eigen::Vector3d& size) {
  return std::clamp(0.25 * size.head<2>().maxCoeff(), 0.5, 1.6);
}

CellContent content_of(BatchLook look, const Eigen::Vector3d& size, bool lying) {
  const Eigen::Vector3d seen = size + Eigen::Vector3d::Constant(2 * surroundings_of(size));
  switch (look) {
    case BatchLook::top:
      break;
    case BatchLook::side:
      return {seen.x(), seen.z()};
    case BatchLook::rear:
      return {seen.y(), seen.z()};
    case BatchLook::top_and_side:
      // Both head to the right: what is ahead in one is ahead in the other.
      return {seen.x(), seen.y() + seen.z()};
  }
  return lying ? CellContent{seen.x(), seen.y()} : CellContent{seen.y(), seen.x()};
}

std::optional<BatchFrame> batch_frame(GuiContext& context, const Area& area, float caption, float gap) {
  const Track* const track =
      context.ui.selected ? context.workspace->document().track(*context.ui.selected) : nullptr;
  if (!track) return std::nullopt;
  const Drive& drive = context.workspace->drive();
  BatchFrame frame{context, *track, shown_page(context, *track), {}, {}, caption};
  frame.cells = batch_cells(*track, drive, trajectory_of(context.workspace->document(), drive), frame.page);
  if (frame.cells.empty()) return std::nullopt;
  remember_page(frame.memory(), *track, frame.page, frame.cells);
  lay_out(frame, area, gap);
  return frame;
}

ShownBox shown_box(const BatchFrame& frame, const BatchCell& cell) {
  const UiState& ui = frame.context.ui;
  ShownBox shown{{frame.track.id, frame.track.properties.class_id, cell.box, cell.keyframe(), !cell.there()},
                 true,
                 false,
                 false};
  const auto is_of_cell = [&](const BoxDraft& draft) {
    return draft.track == frame.track.id && draft.sweep == cell.time;
  };
  const BoxDraft* const draft = ui.draft && is_of_cell(*ui.draft)             ? &*ui.draft
                                : ui.unsaved && is_of_cell(ui.unsaved->draft) ? &ui.unsaved->draft
                                                                              : nullptr;
  if (draft) shown.box = draft->box;
  shown.draft = draft != nullptr;
  return shown;
}

std::vector<BoxPicture> pictures_of(const BatchFrame& frame, std::size_t cell) {
  const BatchCell& what = frame.cells[cell];
  Area area = picture_area(frame, cell);
  switch (frame.memory().look) {
    case BatchLook::top:
      return {picture_of(frame, what, BoxSide::top, area)};
    case BatchLook::side:
      return {picture_of(frame, what, BoxSide::side, area)};
    case BatchLook::rear:
      return {picture_of(frame, what, BoxSide::rear, area)};
    case BatchLook::top_and_side:
      break;
  }
  const Eigen::Vector3d& size = frame.memory().usual_size;
  const CellContent both = content_of(BatchLook::top_and_side, size, true);
  const CellContent side = content_of(BatchLook::side, size, true);
  Area below = area;
  area.height = std::max(1.0f, std::floor(area.height * static_cast<float>(1 - side.down / both.down)));
  below.y += area.height + 1;
  below.height = std::max(1.0f, below.height - area.height - 1);
  return {picture_of(frame, what, BoxSide::top, area), picture_of(frame, what, BoxSide::side, below)};
}

std::shared_ptr<const Cache<CropKey, CloudCrop>::Loaded> crop_of(const BatchFrame& frame,
                                                                 const BatchCell& cell,
                                                                 std::vector<CropKey>& wanted) {
  auto& shown = frame.memory().shown;
  auto& crops = frame.context.workspace->crops();
  const auto last = shown.find(cell.sweep);
  const bool serves = last != shown.end() && covers(last->second, cell.box, frame.radius);
  wanted.push_back(serves ? last->second : crop_about(cell.sweep, cell.box, frame.radius));
  if (auto loaded = crops.peek(wanted.back())) {
    shown[cell.sweep] = wanted.back();
    return loaded;
  }
  return last == shown.end() ? nullptr : crops.peek(last->second);
}

void load_crops(const BatchFrame& frame, std::vector<CropKey> wanted) {
  BatchMemory& memory = frame.memory();
  const Drive& drive = frame.drive();
  const std::size_t cursor = frame.context.ui.cursor;
  std::ranges::stable_partition(wanted, [&](const CropKey& key) { return key.sweep == cursor; });
  std::vector<CropKey> ahead;
  const BatchPage next = page_ahead(frame.context, frame.track);
  for (const BatchCell& cell : batch_cells(frame.track, drive, frame.trajectory(), next))
    if (!drive.sweeps[cell.sweep].file.empty()) crop_of(frame, cell, ahead);
  if (wanted == memory.wanted && ahead == memory.ahead) return;
  memory.wanted = wanted;
  memory.ahead = ahead;
  frame.context.workspace->crops().want(std::move(wanted), std::move(ahead));
}

}  // namespace sweepmark::gui
