#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>

#include "benchmarks/registration_benchmarks.hpp"
#include "core/assist/registration.hpp"
#include "core/base/units.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/quality/odometry_accuracy.hpp"

namespace sweepmark::bench {

namespace {

namespace fs = std::filesystem;

constexpr float leaf_m = 0.25f;  // PCL's; finer than our cubes, for it makes its planes from these points

using Register = std::function<Eigen::Isometry3d(const PointCloud& target, const PointCloud& source)>;

Eigen::Isometry3d by_ours(const PointCloud& target, const PointCloud& source) {
  const auto found = register_sweep(surfel_pyramid(target), surfel_pyramid(source));
  Eigen::Isometry3d pose = Eigen::Isometry3d::Identity();
  if (!found) return pose;
  pose.linear() = found->target_from_source.rotation().toRotationMatrix();
  pose.translation() = found->target_from_source.translation();
  return pose;
}

Eigen::Isometry3d by_pcl(const PointCloud& target, const PointCloud& source) {
  return target_from_source_by_pcl(target, source, leaf_m);
}

struct Recording {
  std::string name;
  Drive drive;
  std::vector<PointCloud> sweeps;  // as read_sweep has them
};

std::vector<std::shared_ptr<const Recording>> recordings() {
  const char* data = std::getenv("SWEEPMARK_DATA");
  const char* sample = std::getenv("SWEEPMARK_SAMPLE");
  const fs::path kitti = fs::path(data ? data : SWEEPMARK_BENCH_DATA) / "kitti_tracking";
  std::vector<std::shared_ptr<const Recording>> found;
  const auto add = [&found](const std::string& name, const fs::path& path, const std::string& drive) {
    auto opened = fs::exists(path) ? open_drive(path, drive) : Result<Drive>(fail(ErrorCode::not_found, ""));
    if (!opened) return;
    auto recording = std::make_shared<Recording>(Recording{name, std::move(*opened), {}});
    for (std::size_t i = 0; i < recording->drive.sweeps.size(); ++i)
      if (auto sweep = recording->drive.read_sweep(i)) recording->sweeps.push_back(std::move(*sweep));
    if (recording->sweeps.size() == recording->drive.sweeps.size()) found.push_back(recording);
  };
  add("kitti", kitti, "0000");
  add("sample", sample ? sample : "sample/drive", "");
  return found;
}

// Poses one after the other from each sweep and the next.
Trajectory chained(const Recording& recording, std::size_t count, const Register& method) {
  const Pose<Ego, Sensor> ego_from_sensor =
      recording.drive.rig.ego_from(recording.drive.sweeps.front().lidar);
  std::vector<TimedPose> poses = {{recording.drive.sweeps[0].time, {}}};
  for (std::size_t i = 1; i < count; ++i) {
    const Eigen::Isometry3d found = method(recording.sweeps[i - 1], recording.sweeps[i]);
    const Pose<Sensor, Sensor> before_from_now(Eigen::Quaterniond(found.linear()), found.translation());
    poses.push_back({recording.drive.sweeps[i].time, poses.back().world_from_ego * ego_from_sensor *
                                                         before_from_now * ego_from_sensor.inverse()});
  }
  return Trajectory(std::move(poses), PoseSource::estimated);
}

void count_accuracy(const Recording& recording, const Register& method, benchmark::State& state) {
  constexpr std::size_t most = 20;
  Drive drive = recording.drive;
  drive.sweeps.resize(std::min(most, drive.sweeps.size()));
  const Trajectory chain = chained(recording, drive.sweeps.size(), method);
  if (drive.trajectory.source() == PoseSource::recorded) {
    std::vector<TimestampNs> moments;
    for (const SweepEntry& sweep : drive.sweeps) moments.push_back(sweep.time);
    const OdometryDrift drift = odometry_drift(chain, drive.trajectory, moments);
    state.counters["step_error_mm"] = 1e3 * drift.rpe_trans_m;
    state.counters["step_error_mdeg"] = 1e3 * drift.rpe_rot_deg;
    return;
  }
  if (const auto thickness = map_thickness(drive, chain))
    state.counters["map_mm"] = 1e3 * thickness->median_m;
  const auto truth = drive.read_truth ? drive.read_truth() : Result<std::vector<TruthBox>>{};
  if (!truth) return;
  // The same objects whoever is measured: those that stand by our chain.
  const auto standing = standing_tracks(*truth, chained(recording, drive.sweeps.size(), by_ours));
  const StandingScatter scatter = standing_scatter(*truth, chain, standing);
  state.counters["standing_boxes"] = static_cast<double>(scatter.boxes);
  state.counters["scatter_mm"] = 1e3 * scatter.rms_m;
}

// A pair a time, going through the first pairs of the drive.
void measure(benchmark::State& state, const Recording& recording, const Register& method) {
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(method(recording.sweeps[i], recording.sweeps[i + 1]));
    i = (i + 1) % std::min<std::size_t>(recording.sweeps.size() - 1, 19);
  }
  count_accuracy(recording, method, state);
}

}  // namespace

void register_registration() {
  for (const auto& recording : recordings())
    for (const auto& [name, method] : {std::pair<std::string, Register>{"ours", by_ours}, {"pcl", by_pcl}})
      benchmark::RegisterBenchmark(
          ("registration/" + name + "/" + recording->name).c_str(),
          [recording, method = method](benchmark::State& state) { measure(state, *recording, method); })
          ->Unit(benchmark::kMillisecond)
          ->Iterations(19);
}

}  // namespace sweepmark::bench
