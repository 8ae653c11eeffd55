// What a user can ask of the sample drive.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <set>
#include <string>

#include "core/geometry/pose.hpp"

namespace sweepmark::sample {

inline constexpr int most_sweeps = 200;  // as long as the scene's traffic is planned
inline constexpr double sweep_period_s = 0.1;

// How far the calibration that is written is off from the true one. The error turns a camera about its own
// place, in the vehicle's axes: written ego_from_camera = (translation + t, yaw · pitch · roll · rotation).
struct CalibrationError {
  double yaw_deg = 0, pitch_deg = 0, roll_deg = 0;  // about z, y, x of the vehicle
  Eigen::Vector3d translation_m = Eigen::Vector3d::Zero();
  std::set<std::string> cameras;  // the cameras it applies to; empty for all
  bool applies_to(const std::string& camera) const { return cameras.empty() || cameras.contains(camera); }
};
Pose<Ego, Camera> with_error(const Pose<Ego, Camera>& ego_from_camera, const CalibrationError& error);

struct SampleOptions {
  std::uint64_t seed = 1;
  int sweeps = 90;
  int rings = 64;  // 32 or 64
  bool images = true;
  CalibrationError calibration_error;
  double clock_offset_ms = 0.0;  // written image times = true times + this
};

}  // namespace sweepmark::sample
