// One size for a whole track, from all that was seen of the object.
#pragma once

#include <Eigen/Core>
#include <array>
#include <span>
#include <vector>

#include "core/assist/propagate.hpp"
#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/labels/track.hpp"

namespace sweepmark {

struct TrackSize {
  Eigen::Vector3d size;                               // length, width, height; metres
  std::array<bool, 3> measured{false, false, false};  // false: the usual size stands in
  std::size_t sweeps = 0;                             // in which enough of the object was seen
};

// The object's points of every keyframe's sweep, in that keyframe's box grown by thirty centimetres, ground
// left out. Each sweep tells where they begin and end along the box's axes (2nd and 98th percentile); of the
// sweeps the 10th percentile of beginnings and the 90th of ends stand, so that one box set askew changes
// nothing. What comes to less than three quarters of `usual_size` along an axis of which not both ends faced
// the sensor was seen in part: there the usual size stands in. The height counts from the ground where that
// was seen. Keyframes that are not at a sweep, and sweeps that cannot be read, tell nothing. Errors:
// cancelled.
Result<TrackSize> size_of_track(const SweepSource& sweeps, std::span<const Keyframe> keyframes,
                                const Eigen::Vector3d& usual_size, const Progress& progress);

// The box in another size, where it keeps the sides that the sensor saw: those that face `sensor`, and its
// bottom. An axis along which the sensor stands beside the box keeps its middle.
Box3<Ego> resized_keeping_seen(const Box3<Ego>& box, const Eigen::Vector3d& size, const Point<Ego>& sensor);

// Every keyframe in the track's one size, each keeping the corner that its sweep saw.
std::vector<Keyframe> resized_keeping_seen(std::span<const Keyframe> keyframes, const Eigen::Vector3d& size,
                                           const Pose<Ego, Sensor>& ego_from_sensor);

}  // namespace sweepmark
