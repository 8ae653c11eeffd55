// Where the vehicle was, by time.
#pragma once

#include <vector>

#include "core/base/time.hpp"
#include "core/geometry/pose.hpp"

namespace sweepmark {

enum class PoseSource {
  none,      // the drive has no poses: world and ego are one, at every moment
  recorded,  // from the drive
  estimated  // from the sweeps
};

struct TimedPose {
  TimestampNs time;
  Pose<World, Ego> world_from_ego;
};
bool operator==(const TimedPose& a, const TimedPose& b);

class Trajectory {
 public:
  Trajectory() = default;
  // Sorts by time and drops repeated times.
  Trajectory(std::vector<TimedPose> poses, PoseSource source);

  PoseSource source() const { return source_; }
  const std::vector<TimedPose>& poses() const { return poses_; }
  // Between poses: straight line and shortest rotation. Outside: the first or last pose. Without poses:
  // identity.
  Pose<World, Ego> world_from_ego(TimestampNs time) const;
  // Poses and source, to the last bit.
  bool operator==(const Trajectory& other) const;

 private:
  std::vector<TimedPose> poses_;
  PoseSource source_ = PoseSource::none;
};

}  // namespace sweepmark
