// The points of one sweep, made ready to be placed.
#pragma once

#include <cstddef>
#include <vector>

#include "core/assist/odometry_motion.hpp"
#include "core/assist/registration.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

// A sweep as it was recorded, and what it takes to place it.
struct RecordedSweep {
  PointCloud cloud;
  TimestampNs time;
  Pose<Ego, Sensor> ego_from_sensor;
  bool as_measured = false;  // each point at the moment of its "time" channel
};

// Those within the range, in the vehicle's frame at the sweep's moment. Where they are as measured, by a
// vehicle that moves by `a_second` in a second, and then only every `stride`-th.
std::vector<Eigen::Vector3d> points_of(const RecordedSweep& sweep, const EgoMotion& a_second,
                                       const RegistrationOptions& range, std::size_t stride);

}  // namespace sweepmark
