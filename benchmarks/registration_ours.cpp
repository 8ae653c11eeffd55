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

using Register = std::function<Eigen::Isometry3d(const PointCloud& target, const PointCloud& source)>;

Eigen::Isometry3d by_ours(const PointCloud& target, const PointCloud& source) {
  const auto found = register_sweep(surfel_pyramid(target), surfel_pyramid(source));
  Eigen::Isometry3d pose = Eigen::Isometry3d::Identity();
  if (!found) return pose;
  pose.linear() = found->target_from_source.rotation().toRotationMatrix();
  pose.translation() = found->target_from_source.translation();
  return pose;
}

// Of PCL's grid: one finer than our cubes, for it makes its planes from these points, and one like ours.
template <int millimetres>
Eigen::Isometry3d by_pcl(const PointCloud& target, const PointCloud& source) {
  return target_from_source_by_pcl(target, source, 1e-3f * millimetres);
}

struct RecordingCase {
  std::string name;
  fs::path path;
  std::string drive;
  std::size_t first;  // sweep: in the sample drive, once it is on its way
};

constexpr std::size_t sweeps_used = 20;

struct Recording {
  Drive drive;  // of the sweeps used only
  std::vector<PointCloud> sweeps;
};

std::vector<RecordingCase> cases() {
  const char* data = std::getenv("SWEEPMARK_DATA");
  const char* sample = std::getenv("SWEEPMARK_SAMPLE");
  std::vector<RecordingCase> all = {
      {"kitti", fs::path(data ? data : SWEEPMARK_BENCH_DATA) / "kitti_tracking", "0000", 0},
      {"sample", sample ? sample : "sample/drive", "", 30}};
  std::erase_if(all, [](const RecordingCase& c) { return !fs::exists(c.path); });
  return all;
}

// Read when first asked for; only the latest is kept.
Result<std::shared_ptr<const Recording>> recording_of(const RecordingCase& wanted) {
  static std::string kept_name;
  static std::shared_ptr<const Recording> kept;
  if (kept_name == wanted.name) return kept;
  SWEEPMARK_TRY(drive, open_drive(wanted.path, wanted.drive));
  if (drive.sweeps.size() < wanted.first + sweeps_used)
    return fail(ErrorCode::unsupported, "too few sweeps", at_file(wanted.path));
  auto recording = std::make_shared<Recording>();
  for (std::size_t i = wanted.first; i < wanted.first + sweeps_used; ++i) {
    SWEEPMARK_TRY(sweep, drive.read_sweep(i));
    recording->sweeps.push_back(std::move(sweep));
    recording->drive.sweeps.push_back(drive.sweeps[i]);
  }
  recording->drive.rig = drive.rig;
  recording->drive.trajectory = drive.trajectory;
  recording->drive.read_truth = drive.read_truth;
  // The same points for all that is measured, as they were registered.
  recording->drive.read_sweep = [all = recording.get()](std::size_t i) -> Result<PointCloud> {
    return all->sweeps[i];
  };
  kept_name = wanted.name;
  kept = recording;
  return kept;
}

// Poses one after the other from each sweep and the next.
Trajectory chained(const Recording& recording, const Register& method) {
  const Pose<Ego, Sensor> ego_from_sensor =
      recording.drive.rig.ego_from(recording.drive.sweeps.front().lidar);
  std::vector<TimedPose> poses = {{recording.drive.sweeps[0].time, {}}};
  for (std::size_t i = 1; i < recording.sweeps.size(); ++i) {
    const Eigen::Isometry3d found = method(recording.sweeps[i - 1], recording.sweeps[i]);
    const Pose<Sensor, Sensor> before_from_now(Eigen::Quaterniond(found.linear()), found.translation());
    poses.push_back({recording.drive.sweeps[i].time, poses.back().world_from_ego * ego_from_sensor *
                                                         before_from_now * ego_from_sensor.inverse()});
  }
  return Trajectory(std::move(poses), PoseSource::estimated);
}

void count_accuracy(const Recording& recording, const Register& method, benchmark::State& state) {
  const Drive& drive = recording.drive;
  const Trajectory chain = chained(recording, method);
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
  const auto standing = standing_tracks(*truth, chained(recording, by_ours));
  const StandingScatter scatter = standing_scatter(*truth, chain, standing);
  state.counters["standing_boxes"] = static_cast<double>(scatter.boxes);
  state.counters["scatter_mm"] = 1e3 * scatter.rms_m;
}

// A pair a time, going through the pairs of the drive.
void measure(benchmark::State& state, const RecordingCase& wanted, const Register& method) {
  const auto found = recording_of(wanted);
  if (!found) return state.SkipWithError(to_string(found.error()).c_str());
  const Recording& recording = **found;
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(method(recording.sweeps[i], recording.sweeps[i + 1]));
    i = (i + 1) % (recording.sweeps.size() - 1);
  }
  count_accuracy(recording, method, state);
}

}  // namespace

void register_registration() {
  for (const RecordingCase& wanted : cases())
    for (const auto& [name, method] : {std::pair<std::string, Register>{"ours", by_ours},
                                       {"pcl_0.25m", by_pcl<250>},
                                       {"pcl_0.5m", by_pcl<500>}})
      benchmark::RegisterBenchmark(
          ("registration/" + name + "/" + wanted.name).c_str(),
          [wanted, method = method](benchmark::State& state) { measure(state, wanted, method); })
          ->Unit(benchmark::kMillisecond)
          ->Iterations(sweeps_used - 1);
}

}  // namespace sweepmark::bench
