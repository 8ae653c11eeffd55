// What the rest stands on: the memory's speed, and the geometry that is called most.
#include <cstring>
#include <random>

#include "benchmarks/frame_benchmarks.hpp"
#include "core/geometry/iou.hpp"

namespace sweepmark::bench {

namespace {

void memory_copy(benchmark::State& state) {
  const std::size_t bytes = std::size_t{256} << 20;  // far beyond every cache
  const std::vector<char> from(bytes, 1);
  std::vector<char> to(bytes, 0);
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), bytes);
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
}

std::vector<Box3<World>> overlapping_cars(std::size_t count) {
  std::mt19937 random(3);
  std::uniform_real_distribution<double> offset(-1.5, 1.5), angle(-3.1, 3.1), share(0.9, 1.1);
  std::vector<Box3<World>> boxes;
  for (std::size_t i = 0; i < count; ++i)
    boxes.push_back(upright_box(Point<World>(offset(random), offset(random), 0.2 * offset(random)),
                                angle(random), Eigen::Vector3d(4.5, 1.9, 1.6) * share(random)));
  return boxes;
}

void iou(benchmark::State& state) {
  const std::vector<Box3<World>> boxes = overlapping_cars(64);
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(iou_3d(boxes[i % 64], boxes[(i * 7 + 1) % 64]));
    ++i;
  }
}

void points_in_a_box(benchmark::State& state) {
  const std::shared_ptr<const PointCloud> cloud = make_drive(120'000, PointOrder::sensor);
  const Box3<World> box = upright_box(Point<World>(8.0, 3.0, -1.0), 0.4, Eigen::Vector3d(4.5, 1.9, 1.6));
  for (auto _ : state) benchmark::DoNotOptimize(points_in_box(*cloud, box));
}

}  // namespace

void register_memory_copy() {
  benchmark::RegisterBenchmark("memory/copy", memory_copy)->Unit(benchmark::kMillisecond);
}

void register_geometry() {
  benchmark::RegisterBenchmark("iou/3d", iou)->Unit(benchmark::kNanosecond);
  benchmark::RegisterBenchmark("points_in_box/120000", points_in_a_box)->Unit(benchmark::kMicrosecond);
}

}  // namespace sweepmark::bench
