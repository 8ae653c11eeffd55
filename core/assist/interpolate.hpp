// A track's box at any time, from its keyframes.
#pragma once

#include <optional>
#include <vector>

#include "core/geometry/trajectory.hpp"
#include "core/labels/track.hpp"

namespace sweepmark {

struct DerivedBox {
  Box3<Ego> box;
  bool keyframe = false;  // a keyframe stands exactly here
};

// Between keyframes by time in the world frame: cubic Hermite curves with the velocities and turn rates of
// motion.hpp for place and heading, tilt in proportion (Motion::smooth), or a straight line and the shortest
// rotation (Motion::linear). Size from the track where it is rigid and otherwise in proportion. Between two
// boxes that stand upright in the vehicle's frame every box does. At a keyframe it is that keyframe. Empty
// outside the track's lifetime, in its absences, and between keyframes where the track has
// Motion::keyframes_only.
std::optional<DerivedBox> box_at(const Track& track, const Trajectory& trajectory, TimestampNs time);

// The same without regard to lifetime and absences: held in the world outside the keyframes. For ghosts and
// for starting a new keyframe. Empty only where the track has no keyframe.
std::optional<Box3<Ego>> box_held_at(const Track& track, const Trajectory& trajectory, TimestampNs time);

}  // namespace sweepmark
