// One box in the world for an object that never moves, from all sweeps that saw it.
#pragma once

#include <span>

#include "core/assist/propagate.hpp"

namespace sweepmark {

struct StandingOptions {
  Eigen::Vector3d usual_size = Eigen::Vector3d::Ones();  // of the class, for sides nobody saw; metres
  bool size_is_known = false;  // keep the size of the keyframe: a person has corrected it
};

struct StandingBox {
  TimestampNs time;  // the moment in whose ego frame `box` is given: the sweep that saw most of it
  Box3<Ego> box;
  // The sweeps that saw it, from the first to the last: of all, those that hold ten points in the box, and
  // those that spoke for it.
  TimestampNs first, last;
  std::size_t sweeps = 0;  // how many spoke for it
};

// `anchors`: keyframes that stand, at least one; `proposals`: the object followed from them (propagate.hpp).
// Place and heading are the weighted medians over the sweeps, in the axes of the anchor with most weight,
// a sweep's weight being its points times its confidence, so that sweeps that saw it badly or were drawn
// aside change nothing. The size grows to all that was seen (track_size.hpp) and keeps the sides that the
// best sweep saw. Errors: invalid_argument without an anchor; cancelled.
Result<StandingBox> standing_box(const SweepSource& sweeps, const Trajectory& trajectory,
                                 std::span<const Keyframe> anchors, std::span<const Proposal> proposals,
                                 const StandingOptions& options, const Progress& progress = {});

}  // namespace sweepmark
