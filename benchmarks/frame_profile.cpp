// Where the time of a frame of the software backend goes, and how near it comes to what the machine's memory
// gives at the time.
#include <algorithm>
#include <chrono>
#include <cstring>

#include "benchmarks/frame_benchmarks.hpp"
#include "render/software_backend.hpp"

namespace sweepmark::bench {

namespace {

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

// Bytes read and written a second while every core copies: the best of a few, for neighbours only take.
double copied_bytes_a_second() {
  constexpr std::size_t bytes = std::size_t{128} << 20;
  ThreadTeam team(0);
  std::vector<std::vector<char>> from(team.size(), std::vector<char>(bytes, 1)), to = from;
  double best = 0.0;
  for (int repeat = 0; repeat < 5; ++repeat) {
    const auto begin = std::chrono::steady_clock::now();
    team.run([&](unsigned worker) { std::memcpy(to[worker].data(), from[worker].data(), bytes); });
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - begin;
    best = std::max(best, 2.0 * static_cast<double>(bytes * team.size()) / passed.count());
  }
  return best;
}

void profile_frame(benchmark::State& state, const CloudCase& wanted) {
  const std::shared_ptr<const PointCloud> cloud = cloud_of(wanted);
  if (!cloud) return state.SkipWithError("the cloud cannot be read");
  const std::vector<ScenePoints> scene = {{cloud, Eigen::Matrix4d::Identity()}};
  PointStyle style;
  style.size_px = point_size_px;
  style.eye_dome = 1.0;
  SoftwareBackend backend(0, best_kernels());
  std::vector<double> splat, colour, shade;
  measure_frames(state, camera_over(*cloud), [&](const ViewCamera& camera) {
    backend.draw(scene, style, camera, viewport);
    splat.push_back(backend.times().splat);
    colour.push_back(backend.times().colour);
    shade.push_back(backend.times().shade);
  });
  const double copied = copied_bytes_a_second();
  // Splatting reads each point's coordinates once; what it does to the key grids comes on top.
  const double read = 3.0 * sizeof(float) * static_cast<double>(cloud->size()) / (1e-3 * median(splat));
  state.counters["splat_ms"] = median(splat);
  state.counters["merge_colour_ms"] = median(colour);
  state.counters["shade_ms"] = median(shade);
  state.counters["copy_GB_s"] = 1e-9 * copied;
  state.counters["points_GB_s"] = 1e-9 * read;
  state.counters["share_of_copy"] = read / copied;
}

}  // namespace

void register_frame_profile(const CloudCase& cloud) {
  benchmark::RegisterBenchmark(("frame/profile/" + cloud.name).c_str(),
                               [cloud](benchmark::State& state) { profile_frame(state, cloud); })
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace sweepmark::bench
