// What each cell of the batch view says about the object at its sweep. Pure functions of the labels.
#pragma once

#include <optional>
#include <vector>

#include "app/gui/batch_page.hpp"
#include "core/drive/drive.hpp"
#include "core/labels/track.hpp"

namespace sweepmark::gui {

struct BatchCell {
  enum class State {
    human,         // a keyframe that a person placed or corrected
    imported,      // a keyframe from a file
    automatic,     // a keyframe that an algorithm proposes
    interpolated,  // between keyframes
    absent,        // said not to be there
    outside,       // before the first keyframe, after the last, or between two that nothing joins
  };
  std::size_t sweep = 0;
  TimestampNs time;
  State state = State::outside;
  Box3<Ego> box;                     // where it would be, where it is not
  std::optional<double> confidence;  // 0 … 1, of an automatic box whose algorithm says so

  bool keyframe() const { return state <= State::automatic; }
  bool there() const { return state <= State::interpolated; }
};

// A cell for each sweep of a page. Empty where the track has no keyframe at all.
std::vector<BatchCell> batch_cells(const Track& track, const Drive& drive, const Trajectory& trajectory,
                                   const BatchPage& page);

// Length, width and height that cells of one page are laid out for: the middle value of each, so that one
// wrong box does not make the others small.
Eigen::Vector3d usual_size(const std::vector<BatchCell>& cells);

// Runs of neighbouring sweeps, first and last of each; ascending.
std::vector<std::pair<std::size_t, std::size_t>> runs_of(const std::set<std::size_t>& sweeps);

}  // namespace sweepmark::gui
