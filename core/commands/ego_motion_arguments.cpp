#include "core/commands/ego_motion_arguments.hpp"

namespace sweepmark {

nlohmann::json ego_motion_arguments(const Trajectory& trajectory) {
  nlohmann::json poses = nlohmann::json::array();
  for (const TimedPose& pose : trajectory.poses()) {
    const Eigen::Vector3d& t = pose.world_from_ego.translation();
    const Eigen::Quaterniond& q = pose.world_from_ego.rotation();
    poses.push_back({{"time_ns", pose.time.ns},
                     {"translation", {t.x(), t.y(), t.z()}},
                     {"rotation", {q.w(), q.x(), q.y(), q.z()}}});
  }
  return {{"poses", std::move(poses)}};
}

}  // namespace sweepmark
