// A drive with no files: ten moments, a vehicle that goes straight on.
#pragma once

#include "core/drive/drive.hpp"

namespace sweepmark::test {

inline Drive small_drive() {
  Drive drive;
  drive.name = "small";
  drive.format = "test";
  drive.rig.add(Lidar{SensorId("lidar"), {}});
  std::vector<TimedPose> poses;
  for (std::int64_t i = 0; i < 10; ++i) {
    const TimestampNs time{i * 100'000'000};
    drive.sweeps.push_back({SensorId("lidar"), time, {}});
    poses.push_back({time, Pose<World, Ego>(Eigen::Quaterniond::Identity(), {static_cast<double>(i), 0, 0})});
  }
  drive.trajectory = Trajectory(std::move(poses), PoseSource::recorded);
  drive.read_sweep = [](std::size_t) -> Result<PointCloud> { return PointCloud{}; };
  return drive;
}

}  // namespace sweepmark::test
