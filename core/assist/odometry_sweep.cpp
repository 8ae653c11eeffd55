#include "core/assist/odometry_sweep.hpp"

#include <utility>

#include "core/drive/deskew.hpp"

namespace sweepmark {

namespace {

// A trajectory that goes through the sweep at a constant rate, as deskew wants it.
Trajectory passing_through(TimestampNs time, const EgoMotion& a_second) {
  const auto at = [&](double seconds) {
    const EgoMotion motion = scaled(a_second, seconds);
    return TimedPose{later_by_seconds(time, seconds),
                     Pose<World, Ego>(motion.rotation(), motion.translation())};
  };
  return Trajectory({at(-0.1), at(0.1)}, PoseSource::estimated);
}

// Every `stride`-th point, with its time.
PointCloud thinned(const PointCloud& cloud, std::size_t stride) {
  PointCloud few;
  few.origin = cloud.origin;
  std::vector<float> times;
  const std::vector<float> all_times = cloud.channel_as_float("time");
  for (std::size_t i = 0; i < cloud.size(); i += stride) {
    few.x.push_back(cloud.x[i]);
    few.y.push_back(cloud.y[i]);
    few.z.push_back(cloud.z[i]);
    times.push_back(all_times[i]);
  }
  few.channels.push_back({"time", std::move(times)});
  return few;
}

}  // namespace

std::vector<Eigen::Vector3d> points_of(const RecordedSweep& sweep, const EgoMotion& a_second,
                                       const RegistrationOptions& range, std::size_t stride) {
  PointCloud moved;
  const PointCloud* cloud = &sweep.cloud;
  if (sweep.as_measured) {
    moved = stride > 1 ? thinned(sweep.cloud, stride) : sweep.cloud;
    deskew(moved, passing_through(sweep.time, a_second), sweep.time, sweep.ego_from_sensor);
    cloud = &moved;
  }
  const Eigen::Matrix3d rotation = sweep.ego_from_sensor.rotation().toRotationMatrix();
  const double squared_min = range.min_range_m * range.min_range_m,
               squared_max = range.max_range_m * range.max_range_m;
  std::vector<Eigen::Vector3d> points;
  points.reserve(cloud->size());
  for (std::size_t i = 0; i < cloud->size(); ++i) {
    const Eigen::Vector3d point = rotation * cloud->position(i) + sweep.ego_from_sensor.translation();
    const double squared = point.squaredNorm();
    if (squared >= squared_min && squared <= squared_max) points.push_back(point);
  }
  return points;
}

}  // namespace sweepmark
