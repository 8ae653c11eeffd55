// Rigid motions at a constant rate: along a screw.
#pragma once

#include "core/geometry/pose.hpp"

namespace sweepmark {

// Of a whole motion: radians about an axis and metres. Half of both is half of the motion.
struct Twist {
  Eigen::Vector3d turn, shift;
};

// Logarithm and exponential of rigid motions: Solà, Deray, Atchuthan, "A micro Lie theory for state
// estimation in robotics", 2018, equations 172 to 174. Of the two turns to the same rotation the logarithm
// gives that of 0…π.
Twist twist_of(const Eigen::Quaterniond& rotation, const Eigen::Vector3d& translation);
Eigen::Quaterniond rotation_of(const Twist& twist);
Eigen::Vector3d translation_of(const Twist& twist);

// The motion that goes on at the same twist for `share` of the time; negative is backwards.
template <class Frame>
Pose<Frame, Frame> scaled(const Pose<Frame, Frame>& motion, double share) {
  Twist twist = twist_of(motion.rotation(), motion.translation());
  twist.turn *= share;
  twist.shift *= share;
  return {rotation_of(twist), translation_of(twist)};
}

}  // namespace sweepmark
