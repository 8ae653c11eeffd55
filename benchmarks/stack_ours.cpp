#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "benchmarks/bench_clouds.hpp"
#include "benchmarks/stack_benchmarks.hpp"
#include "core/base/scratch_folder.hpp"
#include "core/cloud/detail_order.hpp"
#include "core/stack/stack_build.hpp"
#include "core/stack/stack_view.hpp"

namespace sweepmark::bench {

namespace {

constexpr std::size_t sweep_points = 120'000;
constexpr double octree_voxel_m = 0.2;

// Eight sweeps, handed out in turn as the vehicle goes on: reading costs a copy, as from a warm disk.
StackSource sweeps_in_memory(std::size_t points) {
  const auto drive = make_drive(8 * sweep_points, PointOrder::sensor);
  auto sweeps = std::make_shared<std::vector<PointCloud>>(8);
  for (std::size_t s = 0; s < sweeps->size(); ++s) {
    PointCloud& sweep = (*sweeps)[s];
    const auto part = [&](const std::vector<float>& v) {
      return std::vector<float>(v.begin() + static_cast<std::ptrdiff_t>(s * sweep_points),
                                v.begin() + static_cast<std::ptrdiff_t>((s + 1) * sweep_points));
    };
    sweep.x = part(drive->x), sweep.y = part(drive->y), sweep.z = part(drive->z);
    sweep.channels.push_back({"intensity", std::vector<float>(sweep_points, 0.5f)});
  }
  StackSource source;
  for (std::uint32_t i = 0; i < points / sweep_points; ++i)
    source.sweeps.push_back({i, Pose<World, Ego>(rotation_about_z(1e-3 * i), {0.5 * i, 0, 0}), {}});
  source.read = [sweeps](std::size_t sweep) -> Result<PointCloud> {
    return (*sweeps)[sweep % sweeps->size()];
  };
  source.fingerprint = points;
  return source;
}

ScratchFolder& folder() {
  static ScratchFolder made = ScratchFolder::make("bench-stack").value();
  return made;
}
std::filesystem::path file_of(std::size_t points) {
  return folder() / fmt::format("{}.stack", points);
}

void count_points(benchmark::State& state, double points) {
  state.counters["points/s"] =
      benchmark::Counter(points * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void measure_order(benchmark::State& state, std::size_t points) {
  const auto cloud = make_drive(points, PointOrder::sensor);
  std::size_t peak = 0;
  for (auto _ : state) {
    state.PauseTiming();
    PointCloud copy = *cloud;
    begin_peak_memory();
    state.ResumeTiming();
    put_in_detail_order(copy);
    peak = std::max(peak, peak_memory());
    benchmark::DoNotOptimize(copy.x.data());
  }
  count_points(state, static_cast<double>(points));
  state.counters["extra_bytes/point"] = static_cast<double>(peak) / static_cast<double>(points);
}

void measure_build(benchmark::State& state, std::size_t points) {
  const StackSource source = sweeps_in_memory(points);
  begin_peak_memory();
  StackBuilt built;
  for (auto _ : state) {
    std::filesystem::remove(file_of(points));
    const auto result = build_stack(source, file_of(points));
    if (!result) return state.SkipWithError(to_string(result.error()).c_str());
    built = *result;
  }
  count_points(state, static_cast<double>(built.points));
  state.counters["bytes/point"] = static_cast<double>(built.bytes) / static_cast<double>(built.points);
  state.counters["memory_MB"] = 1e-6 * static_cast<double>(peak_memory());
}

// The same points laid together in memory, unordered: what no method can do without.
void measure_copy(benchmark::State& state, std::size_t points) {
  const StackSource source = sweeps_in_memory(points);
  for (auto _ : state) {
    PointCloud all;
    for (const StackSweep& sweep : source.sweeps) {
      const PointCloud cloud = source.read(sweep.sweep).value();
      const Eigen::Matrix4f m = (sweep.world_from_ego * sweep.ego_from_sensor).matrix().cast<float>();
      for (std::size_t i = 0; i < cloud.size(); ++i) {
        const Eigen::Vector4f p = m * Eigen::Vector4f(cloud.x[i], cloud.y[i], cloud.z[i], 1.0f);
        all.x.push_back(p.x()), all.y.push_back(p.y()), all.z.push_back(p.z());
      }
    }
    benchmark::DoNotOptimize(all.x.data());
  }
  count_points(state, static_cast<double>(source.sweeps.size() * sweep_points));
}

void measure_octree(benchmark::State& state, std::size_t points) {
  const auto cloud = make_drive(points, PointOrder::sensor);
  begin_peak_memory();
  std::size_t leaves = 0;
  for (auto _ : state)
    leaves = octree_by_pcl(cloud->x.data(), cloud->y.data(), cloud->z.data(), points, octree_voxel_m);
  count_points(state, static_cast<double>(points));
  state.counters["leaves"] = static_cast<double>(leaves);
  state.counters["memory_MB"] = 1e-6 * static_cast<double>(peak_memory());
}

// A view and the news of its workers.
struct Watched {
  std::mutex mutex;
  std::condition_variable changed;
  std::size_t news = 0;
  std::unique_ptr<StackView> view;

  explicit Watched(const std::filesystem::path& file) {
    view = StackView::open(file, std::size_t{4} << 30, [this] {
             const std::lock_guard lock(mutex);
             ++news;
             changed.notify_all();
           }).value();
  }
  template <class Condition>
  void wait_for(const Condition& condition) {
    for (;;) {
      std::size_t seen;
      {
        const std::lock_guard lock(mutex);
        seen = news;
      }
      if (condition()) return;
      std::unique_lock lock(mutex);
      changed.wait_for(lock, std::chrono::milliseconds(50), [&] { return news != seen; });
    }
  }
};

void measure_open(benchmark::State& state, std::size_t points) {
  const auto file = built_file(points);
  if (!file) return state.SkipWithError(to_string(file.error()).c_str());
  std::size_t coarse = 0, bytes = 0;
  begin_peak_memory();
  for (auto _ : state) {
    Watched watched(*file);
    watched.wait_for([&] { return watched.view->complete(); });
    state.PauseTiming();
    coarse = 0;
    for (const StackLayer& layer : watched.view->layers())
      if (layer.cloud) coarse += layer.points;
    bytes = watched.view->bytes();
    watched.view.reset();
    state.ResumeTiming();
  }
  state.counters["coarse_points"] = static_cast<double>(coarse);
  state.counters["points_MB"] = 1e-6 * static_cast<double>(bytes);
  state.counters["memory_MB"] = 1e-6 * static_cast<double>(peak_memory());
}

void measure_stream(benchmark::State& state, std::size_t points) {
  const auto file = built_file(points);
  if (!file) return state.SkipWithError(to_string(file.error()).c_str());
  std::size_t loaded = 0;
  for (auto _ : state) {
    state.PauseTiming();
    Watched watched(*file);
    watched.wait_for([&] { return watched.view->complete(); });
    std::vector<StackKey> keys;
    for (const StackLayer& layer : watched.view->layers())
      if (layer.key.level > 0) keys.push_back(layer.key), loaded += layer.points;
    state.ResumeTiming();
    watched.view->want(keys);
    watched.wait_for([&] { return watched.view->idle(); });
    state.PauseTiming();
    watched.view.reset();
    state.ResumeTiming();
  }
  state.counters["points/s"] = benchmark::Counter(static_cast<double>(loaded), benchmark::Counter::kIsRate);
}

void add(const char* name, std::size_t points, void (*measure)(benchmark::State&, std::size_t),
         int iterations) {
  benchmark::RegisterBenchmark(fmt::format("{}/{}", name, points).c_str(),
                               [=](benchmark::State& state) { measure(state, points); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime()
      ->Iterations(iterations);
}

}  // namespace

Result<std::filesystem::path> built_file(std::size_t points) {
  SWEEPMARK_CHECK(build_stack(sweeps_in_memory(points), file_of(points)));
  return file_of(points);
}

void register_stack() {
  for (const std::size_t points : {1'000'000u, 20'000'000u}) add("detail_order", points, measure_order, 5);
  for (const std::size_t points : {9'600'000u, 99'960'000u}) {
    add("stack/build", points, measure_build, 1);
    add("stack/open", points, measure_open, 5);
    add("stack/stream", points, measure_stream, 2);
  }
  add("stack/copy", 9'600'000, measure_copy, 1);
  add("stack/pcl_octree", 9'600'000, measure_octree, 1);
}

}  // namespace sweepmark::bench
