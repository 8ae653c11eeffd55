#include "app/gui/batch_cells.hpp"

#include <algorithm>

#include "core/assist/interpolate.hpp"

namespace sweepmark::gui {

namespace {

BatchCell::State state_of(const Keyframe& keyframe) {
  switch (keyframe.origin) {
    case Origin::human:
      return BatchCell::State::human;
    case Origin::imported:
      return BatchCell::State::imported;
    case Origin::automatic:
      break;
  }
  return BatchCell::State::automatic;
}

std::optional<BatchCell> cell_of(const Track& track, const Drive& drive, const Trajectory& trajectory,
                                 std::size_t sweep) {
  BatchCell cell;
  cell.sweep = sweep;
  cell.time = drive.sweeps[sweep].time;
  if (const auto derived = box_at(track, trajectory, cell.time)) {
    cell.box = derived->box;
    const Keyframe* const keyframe = track.keyframe_at(cell.time);
    cell.state = keyframe ? state_of(*keyframe) : BatchCell::State::interpolated;
    if (keyframe) cell.confidence = keyframe->confidence;
    return cell;
  }
  const auto held = box_held_at(track, trajectory, cell.time);
  if (!held) return std::nullopt;
  cell.box = *held;
  cell.state = track.absent_at(cell.time) ? BatchCell::State::absent : BatchCell::State::outside;
  return cell;
}

}  // namespace

std::vector<BatchCell> batch_cells(const Track& track, const Drive& drive, const Trajectory& trajectory,
                                   const BatchPage& page) {
  std::vector<BatchCell> cells;
  for (const std::size_t sweep : page.sweeps)
    if (const auto cell = cell_of(track, drive, trajectory, sweep)) cells.push_back(*cell);
  return cells;
}

Eigen::Vector3d usual_size(const std::vector<BatchCell>& cells) {
  Eigen::Vector3d size = Eigen::Vector3d::Ones();
  if (cells.empty()) return size;
  for (int axis = 0; axis < 3; ++axis) {
    std::vector<double> values;
    for (const BatchCell& cell : cells) values.push_back(cell.box.size[axis]);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    size[axis] = *middle;
  }
  return size;
}

std::vector<std::pair<std::size_t, std::size_t>> runs_of(const std::set<std::size_t>& sweeps) {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (const std::size_t sweep : sweeps) {
    if (!runs.empty() && runs.back().second + 1 == sweep)
      runs.back().second = sweep;
    else
      runs.emplace_back(sweep, sweep);
  }
  return runs;
}

}  // namespace sweepmark::gui
