// How well boxes between keyframes come out, measured on tracks whose every box is known.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/assist/propagate.hpp"
#include "core/base/progress.hpp"
#include "core/drive/drive.hpp"
#include "core/quality/truth_tracks.hpp"

namespace sweepmark {

// One row of the result: a method at a stride, over moving or over standing objects.
struct InterpolationRow {
  std::string method;      // "linear-index-ego", "linear-time-world", "smooth-time-world" (the one labels are
                           // made with), "refit", "follow"
  int stride = 0;          // every stride-th box of a track is a keyframe, and the last
  bool moving = false;     // the object ends more than moving_threshold_m from where it began, in the world
  std::size_t frames = 0;  // boxes between keyframes that were compared
  double mean_iou = 0;     // 3D
  double share_at_0_7 = 0;     // of the frames, those with 3D IoU of at least 0.7
  double seconds_per_box = 0;  // what making the boxes took, reading of sweeps included
};

// Only boxes that hold at least one point count, where the source says how many they hold. Sums over all
// tracks, so that results of several drives can be pooled by `pooled`. Rows of a stride no track is long
// enough for have 0 frames.
std::vector<InterpolationRow> interpolation_accuracy(const std::vector<TruthBox>& truth,
                                                     const Trajectory& trajectory,
                                                     std::span<const int> strides);

// The same of refit_track (method "refit") and of propagate between the same keyframes ("follow"), for
// objects whose boxes stand at the moments of sweeps. Fails where `progress` is cancelled.
Result<std::vector<InterpolationRow>> refit_accuracy(const std::vector<TruthBox>& truth,
                                                     const SweepSource& sweeps, const Trajectory& trajectory,
                                                     std::span<const int> strides, const Progress& progress);

// Rows of equal method, stride and motion as one, weighted by frames.
std::vector<InterpolationRow> pooled(std::span<const InterpolationRow> rows);

}  // namespace sweepmark
