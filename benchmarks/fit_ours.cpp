#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "benchmarks/fit_benchmarks.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/geometry/iou.hpp"
#include "core/quality/fit_accuracy.hpp"

namespace sweepmark::bench {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_sweeps = 20;  // held in memory
constexpr std::size_t most_clicks = 100;

struct RecordingCase {
  std::string name;
  fs::path path;
  std::string drive;
};

struct Clicks {
  Pose<Ego, Sensor> ego_from_sensor;
  std::map<std::size_t, PointCloud> sweeps;
  std::vector<FitTrial> trials;  // where to click, and the truth
};

using Method = std::function<Box3<Ego>(const PointCloud&, const Pose<Ego, Sensor>&, std::uint32_t)>;

Box3<Ego> by_ours(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_sensor, std::uint32_t clicked) {
  static const Taxonomy taxonomy = default_taxonomy();
  const FitRequest request{size_prior(taxonomy.at(class_named(taxonomy, "Car"))), std::nullopt, false, 0.0};
  return fit_at_point(cloud, ego_from_sensor, clicked, request).box;
}

Box3<Ego> by_pcl(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_sensor, std::uint32_t clicked) {
  return ego_from_sensor * box_by_pcl(cloud, clicked);
}

std::vector<RecordingCase> cases() {
  const char* data = std::getenv("SWEEPMARK_DATA");
  const char* sample = std::getenv("SWEEPMARK_SAMPLE");
  std::vector<RecordingCase> all = {
      {"kitti", fs::path(data ? data : SWEEPMARK_BENCH_DATA) / "kitti_tracking", "0000"},
      {"sample", sample ? sample : "sample/drive", ""}};
  std::erase_if(all, [](const RecordingCase& c) { return !fs::exists(c.path); });
  return all;
}

// Read when first asked for; only the latest is kept.
Result<std::shared_ptr<const Clicks>> clicks_of(const RecordingCase& wanted) {
  static std::string kept_name;
  static std::shared_ptr<const Clicks> kept;
  if (kept_name == wanted.name) return kept;
  SWEEPMARK_TRY(drive, open_drive(wanted.path, wanted.drive));
  SWEEPMARK_TRY(trials, fit_trials(drive, default_taxonomy(), {"Car", 50}, {}));
  auto clicks = std::make_shared<Clicks>();
  // As many of each part of the drive.
  const std::size_t step = std::max<std::size_t>(1, trials.size() / most_clicks);
  for (std::size_t i = 0; i < trials.size(); i += step) {
    const std::size_t sweep = trials[i].sweep;
    if (!clicks->sweeps.contains(sweep)) {
      if (clicks->sweeps.size() == most_sweeps) continue;
      SWEEPMARK_TRY(cloud, drive.read_sweep(sweep));
      clicks->sweeps.emplace(sweep, std::move(cloud));
      clicks->ego_from_sensor = drive.rig.ego_from(drive.sweeps[sweep].lidar);
    }
    clicks->trials.push_back(trials[i]);
  }
  if (clicks->trials.empty()) return fail(ErrorCode::not_found, "no cars to click", at_file(wanted.path));
  kept_name = wanted.name;
  kept = clicks;
  return kept;
}

// A click a time, going through them all.
void measure(benchmark::State& state, const RecordingCase& wanted, const Method& method) {
  const auto found = clicks_of(wanted);
  if (!found) return state.SkipWithError(to_string(found.error()).c_str());
  const Clicks& clicks = **found;
  const auto box_of = [&](const FitTrial& trial) {
    return method(clicks.sweeps.at(trial.sweep), clicks.ego_from_sensor, trial.clicked);
  };
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(box_of(clicks.trials[i]));
    i = (i + 1) % clicks.trials.size();
  }
  std::size_t good = 0;
  double sum = 0;
  for (const FitTrial& trial : clicks.trials) {
    const double iou = iou_bev(box_of(trial), trial.truth);
    good += iou >= 0.7 ? 1 : 0;
    sum += iou;
  }
  const auto count = static_cast<double>(clicks.trials.size());
  state.counters["clicks"] = count;
  state.counters["share_at_0_7"] = static_cast<double>(good) / count;
  state.counters["mean_bev_iou"] = sum / count;
}

}  // namespace

void register_fit() {
  for (const RecordingCase& wanted : cases())
    for (const auto& [name, method] : {std::pair<std::string, Method>{"ours", by_ours}, {"pcl", by_pcl}})
      benchmark::RegisterBenchmark(
          ("fit/" + name + "/" + wanted.name).c_str(),
          [wanted, method = method](benchmark::State& state) { measure(state, wanted, method); })
          ->Unit(benchmark::kMillisecond)
          ->Iterations(static_cast<benchmark::IterationCount>(most_clicks));
}

}  // namespace sweepmark::bench
