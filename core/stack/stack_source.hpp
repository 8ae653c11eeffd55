// Where the points of a stack come from, and what they are made from, in one number.
#pragma once

#include <cstdint>
#include <vector>

#include "core/drive/drive.hpp"
#include "core/stack/stack_request.hpp"

namespace sweepmark {

struct StackSweep {
  std::uint32_t sweep = 0;  // of the drive
  Pose<World, Ego> world_from_ego;
  Pose<Ego, Sensor> ego_from_sensor;
};

struct StackSource {
  std::vector<StackSweep> sweeps;  // in the order they are laid together, each once
  // Points in the sensor's frame, deskewed where the drive can. Called from one thread, which is not the
  // caller's.
  std::function<Result<PointCloud>(std::size_t sweep)> read;
  BoxesAt boxes;  // may be empty
  Movers movers = Movers::as_measured;
  double box_margin_m = 0.0;
  // Of all that decides what the stack holds. A cache file of another number is of no use.
  std::uint64_t fingerprint = 0;
};

// The sweeps of a drive along a trajectory (trajectory_of). The fingerprint takes in the request, the sweeps'
// moments, files, sizes and dates, where the lidar sits, every pose and, where movers are not taken as
// measured, every moving box. An error where the request leaves no
// sweep.
Result<StackSource> stack_source(const Drive& drive, const Trajectory& trajectory,
                                 const StackRequest& request, BoxesAt boxes = {});

}  // namespace sweepmark
