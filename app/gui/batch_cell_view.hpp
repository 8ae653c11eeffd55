// A cell of the batch view: the points about the box at one sweep, the box, and what is known of it.
#pragma once

#include "app/gui/batch_frame.hpp"

namespace sweepmark::gui {

// What the mouse is doing to a cell.
struct CellMouse {
  bool hovered = false;
  BoxSide side = BoxSide::top;      // of the picture that is meant
  std::optional<BoxHandle> handle;  // under the mouse, or held
};

void draw_cell(const BatchFrame& frame, std::size_t cell, const CellMouse& mouse,
               std::vector<CropKey>& wanted);

// The points near a box of a cell, in its own frame; empty while they are not loaded.
std::vector<Eigen::Vector3d> points_inside(const BatchFrame& frame, const BatchCell& cell,
                                           const Box3<Ego>& box);
// Why a cell has no points, as a sentence; empty where it has some, or has none yet.
std::string problem_of(const BatchFrame& frame, const BatchCell& cell);

}  // namespace sweepmark::gui
