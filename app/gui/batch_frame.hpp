// One frame of the batch view: its cells, where they stand, and how the box of each is looked at. All cells
// of a page have one scale and one way round, so that boxes that are alike look alike.
#pragma once

#include <optional>
#include <vector>

#include "app/gui/batch_cells.hpp"
#include "app/gui/batch_memory.hpp"
#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

struct BatchFrame {
  GuiContext& context;
  const Track& track;
  BatchPage page;
  std::vector<BatchCell> cells;  // as many as the grid has
  BatchGrid grid;
  float caption = 0;   // pixels at the top of each cell
  bool lying = false;  // seen from above, boxes head to the right
  double metres_per_pixel = 1;
  double reach = 1;   // from a box's front to the handle of its heading; metres
  double radius = 1;  // what may be seen about a box's centre; metres

  BatchMemory& memory() const;
  const Drive& drive() const { return context.workspace->drive(); }
  const Trajectory& trajectory() const;
  std::optional<std::size_t> cell_of(std::size_t sweep) const;
  Area caption_of(std::size_t cell) const;
};

// Metres of a box's surroundings that are shown beyond each of its faces.
double surroundings_of(const Eigen::Vector3d& size);
// What a cell has to show of a box of this size.
CellContent content_of(BatchLook look, const Eigen::Vector3d& size, bool lying);

// Empty where nothing is selected, or what is has no box anywhere.
std::optional<BatchFrame> batch_frame(GuiContext& context, const Area& area, float caption, float gap);

// The box of a cell as it is to be drawn: what the hand makes of it stands in for the document's.
ShownBox shown_box(const BatchFrame& frame, const BatchCell& cell);
// The pictures of a cell: one, or the top view above the side view.
std::vector<BoxPicture> pictures_of(const BatchFrame& frame, std::size_t cell);

// The crop that a cell shows; null while none is loaded. The one it should show is added to `wanted`.
std::shared_ptr<const Cache<CropKey, CloudCrop>::Loaded> crop_of(const BatchFrame& frame,
                                                                 const BatchCell& cell,
                                                                 std::vector<CropKey>& wanted);
// Has the workspace load this page's crops, that under the cursor first, and those of the next page ahead.
void load_crops(const BatchFrame& frame, std::vector<CropKey> wanted);

}  // namespace sweepmark::gui
