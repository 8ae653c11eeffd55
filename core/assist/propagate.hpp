// From a box that a person placed to the same object's boxes in the sweeps before and after.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/assist/object_motion.hpp"
#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/drive/drive.hpp"
#include "core/labels/track.hpp"

namespace sweepmark {

// What following an object reads of a drive. `read` gives sweep i in its lidar's frame.
struct SweepSource {
  std::vector<TimestampNs> times;  // ascending
  Pose<Ego, Sensor> ego_from_sensor;
  std::function<Result<std::shared_ptr<const PointCloud>>(std::size_t sweep)> read;
};
// Straight from the drive's files. The drive must outlive it.
SweepSource sweeps_of(const Drive& drive);

struct PropagateOptions {
  bool rigid = true;        // false: its shape changes from sweep to sweep (a pedestrian)
  double bridge_s = 1.0;    // goes on unseen for so long before it counts as lost
  double farthest_m = 130;  // from the vehicle; beyond it nothing is followed
  MotionHabits habits;
};
// As fits a class: those that are not rigid walk, those that are may drive. Without poses the vehicle's own
// motion is taken to be the object's too.
PropagateOptions propagate_options(bool rigid, const Eigen::Vector3d& size, PoseSource poses);

// What a match rests on; its confidence is made of this alone.
struct MatchEvidence {
  std::size_t points = 0;  // of the sweep that lie on the object
  double strength = 0;     // of the points that its distance lets expect
  double overlap = 0;      // as in ObjectMatch
  double residual_m = 0;
  double deviation_m = 0;     // on the ground, in the direction least well known
  double turn_deviation = 0;  // radians
  double followed = 0;        // sweeps since the anchor
  double width_m = 0;         // the box's shorter side on the ground: what a given error costs in IoU
};

struct Proposal {
  std::size_t sweep = 0;
  TimestampNs time;
  Box3<Ego> box;
  // Expected to be the share of such boxes whose 3D IoU with the true one is at least 0.7.
  double confidence = 0;
  std::size_t points =
      0;  // that were matched; 0 where the object was out of sight and its motion was trusted
  MatchEvidence evidence = {};  // empty where points is 0
};

enum class PropagationEnd { drive_ends, out_of_range, lost, anchor };

struct Propagation {
  std::vector<Proposal> proposals;                                               // by time; none at an anchor
  PropagationEnd first = PropagationEnd::anchor, last = PropagationEnd::anchor;  // why it goes no further
};

// `anchors`: the keyframes that stand, by time, at least one, each at the moment of a sweep; none is changed.
// Before the first and after the last the object is followed until it is lost, leaves the range or the drive
// ends. Between two neighbours it is followed from both, and what they find is blended by time; where only
// one of them still sees it, that one is believed. Adding an anchor changes only what lies between its
// neighbours. The result depends on nothing but the arguments. Errors: invalid_argument, cancelled. A
// sweep that cannot be read counts as one in which the object is out of sight.
Result<Propagation> propagate(const SweepSource& sweeps, const Trajectory& trajectory,
                              std::span<const Keyframe> anchors, const PropagateOptions& options,
                              const Progress& progress);

// The sweep a person should look at first; empty where there are no proposals. The earliest of equals.
std::optional<TimestampNs> least_certain_sweep(std::span<const Proposal> proposals);

}  // namespace sweepmark
