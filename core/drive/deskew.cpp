#include "core/drive/deskew.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>

#include "core/geometry/twist.hpp"

namespace sweepmark {

namespace {

// Between two steps of the table the motion is taken to be affine: at one turn a second and 100 m that is
// off by half a millimetre.
constexpr double step_s = 1e-3;

// The vehicle at a moment by constant twist between the poses about it, or the two that are nearest.
Pose<World, Ego> world_from_ego_at(const std::vector<TimedPose>& poses, TimestampNs time) {
  auto after = std::ranges::lower_bound(poses, time, {}, &TimedPose::time);
  after = std::clamp(after, poses.begin() + 1, poses.end() - 1);
  const TimedPose& a = *std::prev(after);
  const double share = seconds_between(a.time, time) / seconds_between(a.time, after->time);
  return a.world_from_ego * scaled(a.world_from_ego.inverse() * after->world_from_ego, share);
}

// What a point moves by, as an affine function of its coordinates about the cloud's origin (three rows of
// four), and how that grows towards the next step. Float32 is enough: it holds displacements, not places.
struct Step {
  std::array<float, 12> at, growth;
};
using Displacement = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;

Displacement displacement(const Pose<Sensor, Sensor>& moment_from_then, const Eigen::Vector3d& origin) {
  Displacement d;
  d.leftCols<3>() = moment_from_then.rotation().toRotationMatrix() - Eigen::Matrix3d::Identity();
  d.col(3) = d.leftCols<3>() * origin + moment_from_then.translation();
  return d;
}

void store(const Displacement& from, std::array<float, 12>& to) {
  Eigen::Map<Eigen::Matrix<float, 3, 4, Eigen::RowMajor>>(to.data()) = from.cast<float>();
}

// Steps from `first_s` to `last_s` after the moment, step_s apart.
std::vector<Step> motion_table(double first_s, double last_s, const Trajectory& trajectory,
                               TimestampNs moment, const Pose<Ego, Sensor>& ego_from_sensor,
                               const Eigen::Vector3d& origin) {
  const auto world_from_sensor = [&](double after_s) {
    return world_from_ego_at(trajectory.poses(), later_by_seconds(moment, after_s)) * ego_from_sensor;
  };
  const Pose<Sensor, World> moment_from_world = world_from_sensor(0).inverse();
  const auto moved = [&](std::size_t step) {
    const double after_s = first_s + static_cast<double>(step) * step_s;
    return displacement(moment_from_world * world_from_sensor(after_s), origin);
  };
  std::vector<Step> table(static_cast<std::size_t>((last_s - first_s) / step_s) + 1);
  Displacement now = moved(0);
  for (std::size_t i = 0; i < table.size(); ++i) {
    const Displacement next = moved(i + 1);
    store(now, table[i].at);
    store(next - now, table[i].growth);
    now = next;
  }
  return table;
}

bool is_offset(float time) {
  return std::abs(time) <= static_cast<float>(deskew_reach_s);  // false for what is no number
}

void move_points(PointCloud& sweep, const std::vector<float>& times, float first,
                 const std::vector<Step>& table) {
  const float steps_a_second = static_cast<float>(1.0 / step_s);
  for (std::size_t i = 0; i < sweep.size(); ++i) {
    if (!is_offset(times[i])) continue;
    const float at = (times[i] - first) * steps_a_second;
    const std::size_t step = std::min(static_cast<std::size_t>(at), table.size() - 1);
    const float rest = at - static_cast<float>(step);
    std::array<float, 12> d;
    for (std::size_t k = 0; k < 12; ++k) d[k] = table[step].at[k] + rest * table[step].growth[k];
    const float x = sweep.x[i], y = sweep.y[i], z = sweep.z[i];
    const float moved_x = x + (d[0] * x + d[1] * y + d[2] * z + d[3]);
    const float moved_y = y + (d[4] * x + d[5] * y + d[6] * z + d[7]);
    const float moved_z = z + (d[8] * x + d[9] * y + d[10] * z + d[11]);
    if (!std::isfinite(moved_x) || !std::isfinite(moved_y) || !std::isfinite(moved_z)) continue;
    sweep.x[i] = moved_x, sweep.y[i] = moved_y, sweep.z[i] = moved_z;
  }
}

bool motion_is_known(const Trajectory& trajectory, TimestampNs moment) {
  return trajectory.poses().size() >= 2 &&
         seconds_between(moment, trajectory.poses().front().time) <= deskew_reach_s &&
         seconds_between(trajectory.poses().back().time, moment) <= deskew_reach_s;
}

}  // namespace

void deskew(PointCloud& sweep, const Trajectory& trajectory, TimestampNs moment,
            const Pose<Ego, Sensor>& ego_from_sensor) {
  if (!sweep.channel("time") || !motion_is_known(trajectory, moment)) return;
  const std::vector<float> times = sweep.channel_as_float("time");
  float first = 2 * static_cast<float>(deskew_reach_s), last = -first;
  for (const float time : times)
    if (is_offset(time)) first = std::min(first, time), last = std::max(last, time);
  if (first > last) return;
  move_points(sweep, times, first,
              motion_table(first, last, trajectory, moment, ego_from_sensor, sweep.origin));
}

void deskew_when_reading(Drive& drive) {
  if (!drive.points_as_measured || drive.trajectory.source() != PoseSource::recorded) return;
  struct Known {
    std::vector<SweepEntry> sweeps;
    Trajectory trajectory;
    Rig rig;
    std::function<Result<PointCloud>(std::size_t)> read;
  };
  auto known = std::make_shared<const Known>(
      Known{drive.sweeps, drive.trajectory, drive.rig, std::move(drive.read_sweep)});
  drive.read_as_recorded = known->read;
  drive.read_sweep = [known](std::size_t sweep) -> Result<PointCloud> {
    SWEEPMARK_TRY(cloud, known->read(sweep));
    const SweepEntry& entry = known->sweeps[sweep];
    deskew(cloud, known->trajectory, entry.time, known->rig.ego_from(entry.lidar));
    return cloud;
  };
}

}  // namespace sweepmark
