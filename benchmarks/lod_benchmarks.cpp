// Large scenes through the picture that is thin at first and complete soon after.
#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

#include "benchmarks/frame_benchmarks.hpp"
#include "render/progressive_picture.hpp"

namespace sweepmark::bench {

namespace {

constexpr double slice_seconds = 0.025;

struct LargeScene {
  std::vector<ScenePoints> points;
  ViewCamera camera;
  std::size_t count = 0, bytes = 0;  // of the points themselves
};

LargeScene large_scene(std::size_t points) {
  LargeScene scene;
  Eigen::Vector3d low = Eigen::Vector3d::Constant(1e9), high = -low;
  for (auto& block : make_blocks(points)) {
    scene.count += block->size();
    scene.bytes += 3 * sizeof(float) * block->size();
    for (const CloudChunk& chunk : block->chunks) {
      low = low.cwiseMin(block->origin + chunk.low.cast<double>());
      high = high.cwiseMax(block->origin + chunk.high.cast<double>());
    }
    scene.points.emplace_back().cloud = std::move(block);
  }
  scene.camera = camera_over(low, high);
  return scene;
}

// The largest takes 4 GB: one at a time.
const LargeScene& scene_of(std::size_t points) {
  static std::size_t kept = 0;
  static LargeScene scene;
  if (kept == points) return scene;
  scene = {};
  scene = large_scene(points);
  kept = points;
  return scene;
}

double resident_bytes() {
  std::ifstream file("/proc/self/statm");
  double total = 0, resident = 0;
  file >> total >> resident;
  return 4096.0 * resident;
}

// One frame of a moving camera: always the first slice of a picture.
void measure_moving(benchmark::State& state, std::size_t points) {
  const LargeScene& scene = scene_of(points);
  const double before = resident_bytes();
  ProgressivePicture picture(make_software_backend(), slice_seconds);
  ViewCamera camera = scene.camera;
  const auto frame = [&] {
    camera = orbited(camera, 0.002, 0.0);
    picture.draw(scene.points, {}, camera, viewport);
  };
  for (int i = 0; i < 12; ++i) frame();  // the budget learns
  double longest = 0.0, drawn = 0.0;
  for (auto _ : state) {
    const auto begin = std::chrono::steady_clock::now();
    frame();
    longest = std::max(
        longest, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    drawn += static_cast<double>(picture.plan().handed_out());
  }
  state.counters["longest_ms"] = longest;
  state.counters["Mpoints"] = drawn / static_cast<double>(state.iterations()) / 1e6;
  state.counters["beyond_points_percent"] =
      100.0 * (resident_bytes() - before) / static_cast<double>(scene.bytes);
}

// From the camera's last movement until every point is drawn, in frames that each leave the window its time.
void measure_complete(benchmark::State& state, std::size_t points) {
  const LargeScene& scene = scene_of(points);
  ProgressivePicture picture(make_software_backend(), slice_seconds);
  ViewCamera camera = scene.camera;
  for (int i = 0; i < 12; ++i) picture.draw(scene.points, {}, camera = orbited(camera, 0.002, 0.0), viewport);
  double frames = 0.0, longest = 0.0;
  for (auto _ : state) {
    camera = orbited(camera, 0.002, 0.0);
    do {
      const auto begin = std::chrono::steady_clock::now();
      picture.draw(scene.points, {}, camera, viewport);
      longest = std::max(
          longest,
          std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
      ++frames;
    } while (!picture.complete());
  }
  state.counters["frames"] = frames / static_cast<double>(state.iterations());
  state.counters["longest_ms"] = longest;
}

}  // namespace

void register_lod() {
  for (const std::size_t points :
       {std::size_t{20'000'000}, std::size_t{100'000'000}, std::size_t{300'000'000}}) {
    const auto add = [&](const std::string& name, auto measure) {
      benchmark::RegisterBenchmark((name + std::to_string(points)).c_str(),
                                   [=](benchmark::State& state) { measure(state, points); })
          ->Unit(benchmark::kMillisecond)
          ->UseRealTime();
    };
    add("lod/moving/", measure_moving);
    add("lod/complete/", measure_complete);
  }
}

}  // namespace sweepmark::bench
