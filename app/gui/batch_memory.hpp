// What the batch view remembers between frames. None of it is worth saving.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/gui/batch_crop.hpp"
#include "app/gui/batch_page.hpp"
#include "app/gui/box_handles.hpp"

namespace sweepmark::gui {

enum class BatchLook { top, side, rear, top_and_side };

enum class BatchOrder { time, review };

// Pages for review of one object. They stay as they were made: what is edited changes boxes and captions,
// not which sweeps are looked at.
struct ReviewPages {
  std::optional<TrackId> track;
  std::vector<BatchPage> pages;
  std::size_t at = 0;  // the one that is shown
  // The one that would come after the last, as the labels are at a revision: loaded ahead.
  std::optional<Revision> next_of;
  BatchPage next;
};

struct BatchMemory {
  BatchOrder order = BatchOrder::time;
  ReviewPages review;
  BatchLook look = BatchLook::top;
  double zoom = 1;  // how much more than usual is seen round the box
  std::optional<TrackId> track;
  std::optional<BatchPage> page;
  // For which cells are laid out. Kept as long as track and page are: the grid stands still while boxes are
  // edited.
  Eigen::Vector3d usual_size = Eigen::Vector3d::Ones();

  // By sweep: the crop that was shown last. Another one is asked for when the box has left it.
  std::map<std::size_t, CropKey> shown;
  std::vector<CropKey> wanted, ahead;  // what the cache was asked for last
  struct Painted {
    std::string key;
    std::size_t inside = 0;  // points
  };
  std::map<std::string, Painted> painted;  // by the texture's name

  HandleDrag drag;
  std::size_t drag_sweep = 0;
  BoxSide drag_side = BoxSide::top;

  std::set<std::size_t> marked;             // sweeps
  bool marking_moved = false;               // it has left the cell where it began
  std::optional<std::size_t> marking_from;  // a drag over cells is under way
  std::set<std::size_t> marked_before;      // that drag
};

}  // namespace sweepmark::gui
