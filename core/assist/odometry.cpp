#include "core/assist/odometry.hpp"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/assist/odometry_estimator.hpp"

namespace sweepmark {

namespace {

using MaybePose = std::optional<Pose<World, Ego>>;

Result<OdometryStep> place(const Drive& drive, std::size_t i, OdometryEstimator& estimator) {
  const SweepEntry& entry = drive.sweeps[i];
  SWEEPMARK_TRY(cloud, drive.read_recorded_sweep(i));
  const bool as_measured = drive.points_as_measured && cloud.channel("time");
  return estimator.place({std::move(cloud), entry.time, drive.rig.ego_from(entry.lidar), as_measured});
}

std::string warning_of(const SweepEntry& entry, std::size_t i, const Error& error) {
  Error named = error;
  if (named.where.file.empty()) named.where.file = entry.file;
  named.message = fmt::format(
      "sweep {} does not tell where the vehicle was, so that its pose follows from its "
      "neighbours': {}",
      i, error.message);
  return to_string(named);
}

// A pose at `i` from two sweeps that have one: between them, or as the motion goes on beyond.
Pose<World, Ego> bridged(const std::vector<SweepEntry>& sweeps, const std::vector<MaybePose>& poses,
                         std::size_t a, std::size_t b, std::size_t i) {
  const double share =
      seconds_between(sweeps[a].time, sweeps[i].time) / seconds_between(sweeps[a].time, sweeps[b].time);
  return *poses[a] * scaled(poses[a]->inverse() * *poses[b], share);
}

// `known` are the numbers of the sweeps that have a pose, at least one.
Trajectory bridged_trajectory(const std::vector<SweepEntry>& sweeps, const std::vector<MaybePose>& poses,
                              const std::vector<std::size_t>& known) {
  std::vector<TimedPose> all;
  std::size_t next = 0;  // in `known`, the first at or after i
  for (std::size_t i = 0; i < sweeps.size(); ++i) {
    while (next + 1 < known.size() && known[next] < i) ++next;
    Pose<World, Ego> pose = *poses[known.front()];
    if (poses[i])
      pose = *poses[i];
    else if (known.size() > 1)
      pose = bridged(sweeps, poses, known[std::max<std::size_t>(next, 1) - 1],
                     known[std::max<std::size_t>(next, 1)], i);
    all.push_back({sweeps[i].time, pose});
  }
  return Trajectory(std::move(all), PoseSource::estimated);
}

}  // namespace

Result<Odometry> estimate_ego_motion(const Drive& drive, const OdometryOptions& options,
                                     const Progress& progress) {
  if (!(options.voxel_m > 0.0) || !(options.max_range_m > options.min_range_m))
    return fail(ErrorCode::invalid_argument, "cubes must have an edge, and points a range to lie in");
  Odometry result;
  OdometryEstimator estimator(options);
  std::vector<MaybePose> poses(drive.sweeps.size());
  std::vector<std::size_t> known;
  for (std::size_t i = 0; i < drive.sweeps.size(); ++i) {
    progress(static_cast<double>(i) / static_cast<double>(drive.sweeps.size()), "ego motion");
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "estimating the ego motion was cancelled");
    Result<OdometryStep> step = place(drive, i, estimator);
    if (step) {
      poses[i] = estimator.world_from_ego();
      known.push_back(i);
    } else {
      result.warnings.push_back(warning_of(drive.sweeps[i], i, step.error()));
    }
    result.steps.push_back(step ? *step : OdometryStep{.bridged = true});
    result.steps.back().sweep = i;
  }
  if (known.empty())
    return fail(ErrorCode::not_found,
                drive.sweeps.empty() ? "the drive has no sweeps to estimate its motion from"
                                     : "no sweep has points to estimate the motion from; the first: " +
                                           result.warnings.front(),
                at_file(drive.root));
  result.trajectory = bridged_trajectory(drive.sweeps, poses, known);
  return result;
}

}  // namespace sweepmark
