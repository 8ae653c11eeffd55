// A box tilted as the ground under it is.
#pragma once

#include "core/geometry/box3.hpp"

namespace sweepmark {

// The box with this roll and pitch (radians, about its own axes after its heading: R = Rz(yaw) Ry(pitch)
// Rx(roll)) and its centre at this height; heading, size and place seen from above stay.
template <class F>
Box3<F> with_attitude(const Box3<F>& box, double roll, double pitch, double z) {
  using Eigen::AngleAxisd, Eigen::Vector3d;
  const Eigen::Quaterniond rotation(AngleAxisd(box.yaw(), Vector3d::UnitZ()) *
                                    AngleAxisd(pitch, Vector3d::UnitY()) *
                                    AngleAxisd(roll, Vector3d::UnitX()));
  const Vector3d& centre = box.pose.translation();
  return {Pose<F, BoxLocal>(rotation, {centre.x(), centre.y(), z}), box.size};
}

}  // namespace sweepmark
