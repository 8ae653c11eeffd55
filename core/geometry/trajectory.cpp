#include "core/geometry/trajectory.hpp"

#include <algorithm>

namespace sweepmark {

bool operator==(const TimedPose& a, const TimedPose& b) {
  return a.time == b.time && a.world_from_ego.rotation().coeffs() == b.world_from_ego.rotation().coeffs() &&
         a.world_from_ego.translation() == b.world_from_ego.translation();
}

bool Trajectory::operator==(const Trajectory& other) const {
  return source_ == other.source_ && poses_ == other.poses_;
}

Trajectory::Trajectory(std::vector<TimedPose> poses, PoseSource source)
    : poses_(std::move(poses)), source_(source) {
  std::ranges::stable_sort(poses_, {}, &TimedPose::time);
  const auto repeated = std::ranges::unique(poses_, {}, &TimedPose::time);
  poses_.erase(repeated.begin(), repeated.end());
  if (poses_.empty()) source_ = PoseSource::none;
}

Pose<World, Ego> Trajectory::world_from_ego(TimestampNs time) const {
  if (poses_.empty()) return {};
  const auto after = std::ranges::lower_bound(poses_, time, {}, &TimedPose::time);
  if (after == poses_.begin()) return poses_.front().world_from_ego;
  if (after == poses_.end()) return poses_.back().world_from_ego;
  const TimedPose& before = *std::prev(after);
  return interpolated(before.world_from_ego, after->world_from_ego,
                      seconds_between(before.time, time) / seconds_between(before.time, after->time));
}

}  // namespace sweepmark
