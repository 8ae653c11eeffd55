#include "core/quality/odometry_accuracy.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/assist/registration_surfels.hpp"
#include "core/base/units.hpp"
#include "core/drive/deskew.hpp"

namespace sweepmark {

namespace {

using EgoError = Pose<Ego, Ego>;

constexpr std::size_t fewest_boxes = 5;
constexpr double standing_m = 1.0, thickness_range_m = 40.0;
constexpr std::int64_t fewest_points = 50;

struct Moment {
  double travelled_m;
  Pose<World, Ego> recorded, estimated;
};

std::vector<Moment> moments_of(const Trajectory& estimated, const Trajectory& recorded,
                               std::span<const TimestampNs> times) {
  std::vector<Moment> moments;
  for (const TimestampNs time : times) {
    Moment moment{0.0, recorded.world_from_ego(time), estimated.world_from_ego(time)};
    if (!moments.empty())
      moment.travelled_m = moments.back().travelled_m +
                           (moment.recorded.translation() - moments.back().recorded.translation()).norm();
    moments.push_back(moment);
  }
  return moments;
}

// What remains of the estimated motion from a to b when the recorded one is taken back.
EgoError error_between(const Moment& a, const Moment& b) {
  const EgoError recorded = a.recorded.inverse() * b.recorded, estimated = a.estimated.inverse() * b.estimated;
  return recorded.inverse() * estimated;
}

double degrees_of(const EgoError& error) {
  return degrees_from_radians(Eigen::AngleAxisd(error.rotation()).angle());
}

void add_stretches(const std::vector<Moment>& moments, OdometryDrift& drift) {
  double metres = 0.0, degrees = 0.0;
  std::size_t count = 0;
  for (const double length : drift.segment_lengths_m)
    for (auto begin = moments.begin(); begin != moments.end(); ++begin) {
      const auto end = std::ranges::lower_bound(begin, moments.end(), begin->travelled_m + length, {},
                                                &Moment::travelled_m);
      if (end == moments.end()) break;
      const EgoError error = error_between(*begin, *end);
      metres += error.translation().norm() / length;
      degrees += degrees_of(error) / length;
      ++count;
    }
  if (count == 0) return;
  drift.drift_percent = 100.0 * metres / static_cast<double>(count);
  drift.rotation_deg_per_m = degrees / static_cast<double>(count);
}

std::map<std::string, std::vector<Eigen::Vector2d>> places(const std::vector<TruthBox>& truth,
                                                           const Trajectory& trajectory) {
  std::map<std::string, std::vector<Eigen::Vector2d>> by_track;
  for (const TruthBox& box : truth)
    by_track[box.track].push_back((trajectory.world_from_ego(box.time) * box.box.centre()).metres.head<2>());
  return by_track;
}

void add_near_points(const Drive& drive, std::size_t sweep, const PointCloud& cloud,
                     const Trajectory& trajectory, VoxelMap& map) {
  const SweepEntry& entry = drive.sweeps[sweep];
  const Pose<World, Sensor> pose = trajectory.world_from_ego(entry.time) * drive.rig.ego_from(entry.lidar);
  const Eigen::Matrix3d rotation = pose.rotation().toRotationMatrix();
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const Eigen::Vector3d point = cloud.position(i);
    if (point.squaredNorm() < thickness_range_m * thickness_range_m)
      map.add(rotation * point + pose.translation());
  }
}

}  // namespace

std::vector<double> segment_lengths_for(double length_m) {
  std::vector<double> lengths;
  for (double length = 100.0; length <= 800.0 && length <= length_m; length += 100.0)
    lengths.push_back(length);
  if (!lengths.empty()) return lengths;
  for (const double length : {5.0, 10.0, 20.0, 50.0})
    if (length <= length_m) lengths.push_back(length);
  return lengths;
}

OdometryDrift odometry_drift(const Trajectory& estimated, const Trajectory& recorded,
                             std::span<const TimestampNs> times) {
  OdometryDrift drift;
  const std::vector<Moment> moments = moments_of(estimated, recorded, times);
  if (moments.size() < 2) return drift;
  drift.length_m = moments.back().travelled_m;
  drift.end_error_m = error_between(moments.front(), moments.back()).translation().norm();
  drift.segment_lengths_m = segment_lengths_for(drift.length_m);
  add_stretches(moments, drift);
  double square_metres = 0.0, square_degrees = 0.0;
  for (std::size_t i = 1; i < moments.size(); ++i) {
    const EgoError error = error_between(moments[i - 1], moments[i]);
    square_metres += error.translation().squaredNorm();
    square_degrees += degrees_of(error) * degrees_of(error);
  }
  const auto steps = static_cast<double>(moments.size() - 1);
  drift.rpe_trans_m = std::sqrt(square_metres / steps);
  drift.rpe_rot_deg = std::sqrt(square_degrees / steps);
  return drift;
}

std::set<std::string> standing_tracks(const std::vector<TruthBox>& truth, const Trajectory& trajectory) {
  std::set<std::string> standing;
  for (const auto& [track, at] : places(truth, trajectory))
    if (at.size() >= fewest_boxes && (at.back() - at.front()).norm() <= standing_m) standing.insert(track);
  return standing;
}

StandingScatter standing_scatter(const std::vector<TruthBox>& truth, const Trajectory& trajectory,
                                 const std::set<std::string>& tracks) {
  StandingScatter scatter;
  double squares = 0.0;
  for (const auto& [track, at] : places(truth, trajectory)) {
    if (!tracks.contains(track)) continue;
    Eigen::Vector2d mean = Eigen::Vector2d::Zero();
    for (const Eigen::Vector2d& place : at) mean += place / static_cast<double>(at.size());
    for (const Eigen::Vector2d& place : at) squares += (place - mean).squaredNorm();
    ++scatter.tracks;
    scatter.boxes += at.size();
  }
  if (scatter.boxes > 0) scatter.rms_m = std::sqrt(squares / static_cast<double>(scatter.boxes));
  return scatter;
}

Result<MapThickness> map_thickness(const Drive& drive, const Trajectory& trajectory,
                                   const Progress& progress) {
  VoxelMap map(0.5);
  for (std::size_t i = 0; i < drive.sweeps.size(); ++i) {
    progress(static_cast<double>(i) / static_cast<double>(drive.sweeps.size()), "map");
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "measuring the map was cancelled");
    auto cloud = drive.read_recorded_sweep(i);
    if (!cloud) continue;
    const SweepEntry& entry = drive.sweeps[i];
    if (drive.points_as_measured) deskew(*cloud, trajectory, entry.time, drive.rig.ego_from(entry.lidar));
    add_near_points(drive, i, *cloud, trajectory, map);
  }
  std::vector<double> thickness;
  for (const Voxel& voxel : map.voxels())
    if (voxel.moments.count >= fewest_points)
      thickness.push_back(map.quantum() * thickness_of(voxel.moments));
  if (thickness.empty()) return MapThickness{};
  const auto middle = thickness.begin() + static_cast<std::ptrdiff_t>(thickness.size() / 2);
  std::ranges::nth_element(thickness, middle);
  return MapThickness{thickness.size(), *middle};
}

}  // namespace sweepmark
