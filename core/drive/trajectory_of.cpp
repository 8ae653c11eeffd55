#include "core/drive/trajectory_of.hpp"

namespace sweepmark {

const Trajectory& trajectory_of(const Document& document, const Drive& drive) {
  if (drive.trajectory.source() != PoseSource::none || !document.ego_motion) return drive.trajectory;
  return *document.ego_motion;
}

Drive with_trajectory_of(const Document& document, Drive drive) {
  drive.trajectory = trajectory_of(document, drive);
  return drive;
}

}  // namespace sweepmark
