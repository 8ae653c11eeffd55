// A stack that does not fit the memory it is given, drawn while it streams.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "benchmarks/bench_clouds.hpp"
#include "benchmarks/stack_benchmarks.hpp"
#include "core/stack/loaded_layers.hpp"
#include "render/progressive_picture.hpp"

namespace sweepmark::bench {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double slice_seconds = 0.025;
constexpr std::size_t bytes_limit = std::size_t{512} << 20;  // of the finer layers, as the window gives

double milliseconds_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

struct Loaded {
  StackKey key;
  std::shared_ptr<const PointCloud> cloud;
};

struct Scene {
  std::vector<Loaded> loaded;
  std::vector<ScenePoints> points;

  void take(const std::vector<StackLayer>& layers) {
    follow_loaded(loaded, layers);
    points.clear();
    for (const Loaded& each : loaded) points.emplace_back().cloud = each.cloud;
  }
};

ViewCamera camera_over_all(const Scene& scene) {
  Eigen::Vector3d low = Eigen::Vector3d::Constant(1e9), high = -low;
  for (const ScenePoints& points : scene.points)
    for (const CloudChunk& chunk : points.cloud->chunks) {
      low = low.cwiseMin(points.cloud->origin + chunk.low.cast<double>());
      high = high.cwiseMax(points.cloud->origin + chunk.high.cast<double>());
    }
  return camera_over(low, high);
}

// The camera goes over the whole stack while everything finer is asked for: frames have to hold their time
// whatever comes in and goes.
void measure_drawn(benchmark::State& state, std::size_t points) {
  const auto file = built_file(points);
  if (!file) return state.SkipWithError(to_string(file.error()).c_str());
  auto view = StackView::open(*file, bytes_limit).value();
  while (!view->complete()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  Scene scene;
  scene.take(view->layers());
  ViewCamera camera = camera_over_all(scene);
  std::vector<StackKey> finer;
  for (const StackLayer& layer : view->layers())
    if (layer.key.level > 0) finer.push_back(layer.key);
  view->want(finer);
  ProgressivePicture picture(make_software_backend(), slice_seconds);
  const auto frame = [&] {
    scene.take(view->layers());
    picture.draw(scene.points, {}, camera, viewport);
  };
  for (int i = 0; i < 12; ++i) camera = orbited(camera, 0.002, 0.0), frame();
  double longest = 0.0;
  for (auto _ : state) {
    camera = orbited(camera, 0.002, 0.0);
    const auto begin = Clock::now();
    frame();
    longest = std::max(longest, milliseconds_since(begin));
  }
  const auto still = Clock::now();
  while (!view->idle() || !picture.complete()) frame();
  state.counters["longest_ms"] = longest;
  state.counters["complete_ms"] = milliseconds_since(still);
  state.counters["shown_Mpoints"] = 1e-6 * static_cast<double>(picture.plan().handed_out());
  state.counters["in_memory_MB"] = 1e-6 * static_cast<double>(view->bytes());
}

}  // namespace

void register_stack_drawn() {
  constexpr std::size_t points = 299'880'000;
  benchmark::RegisterBenchmark(fmt::format("lod/streamed/{}", points).c_str(),
                               [](benchmark::State& state) { measure_drawn(state, points); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime()
      ->Iterations(60);
}

}  // namespace sweepmark::bench
