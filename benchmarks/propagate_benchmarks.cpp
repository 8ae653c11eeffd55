// Following one object through sweeps of 120 k points: everything from cropping to the model's update.
#include <memory>
#include <random>
#include <vector>

#include "benchmarks/frame_benchmarks.hpp"
#include "core/assist/propagate.hpp"

namespace sweepmark::bench {

namespace {

constexpr std::size_t sweep_count = 20;
constexpr double speed = 8.0, period = 0.1;  // m/s, s
const Eigen::Vector3d car_size(4.4, 1.8, 1.5);

Box3<Ego> car_at(std::size_t sweep) {
  return upright_box(Point<Ego>(12.0 + speed * period * static_cast<double>(sweep), 4.0, -0.9), 0.0,
                     car_size);
}

// The near side and the back of the car, as a lidar at the origin sees them.
void add_car(PointCloud& cloud, const Box3<Ego>& car, std::mt19937& random) {
  std::normal_distribution<double> noise(0.0, 0.015);
  const auto add = [&](const Eigen::Vector3d& local) {
    const Eigen::Vector3d p = (car.pose * Point<BoxLocal>(local)).metres;
    cloud.x.push_back(static_cast<float>(p.x()));
    cloud.y.push_back(static_cast<float>(p.y()));
    cloud.z.push_back(static_cast<float>(p.z()));
  };
  for (double z = -0.6; z <= 0.7; z += 0.12) {
    for (double x = -2.2; x <= 2.2; x += 0.08) add({x, -0.9 + noise(random), z});
    for (double y = -0.9; y <= 0.9; y += 0.08) add({-2.2 + noise(random), y, z});
  }
}

SweepSource crossing_car() {
  auto clouds = std::make_shared<std::vector<std::shared_ptr<const PointCloud>>>();
  std::mt19937 random(5);
  SweepSource source;
  for (std::size_t i = 0; i < sweep_count; ++i) {
    PointCloud cloud;  // the street's coordinates alone, and the car
    const std::shared_ptr<const PointCloud> street = make_drive(120'000, PointOrder::sensor);
    cloud.x = street->x, cloud.y = street->y, cloud.z = street->z;
    add_car(cloud, car_at(i), random);
    clouds->push_back(std::make_shared<const PointCloud>(std::move(cloud)));
    source.times.push_back({static_cast<std::int64_t>(i) * 100'000'000});
  }
  source.read = [clouds](std::size_t sweep) -> Result<std::shared_ptr<const PointCloud>> {
    return (*clouds)[sweep];
  };
  return source;
}

void follow_a_car(benchmark::State& state) {
  const SweepSource source = crossing_car();
  const Trajectory standing({{source.times.front(), {}}}, PoseSource::recorded);
  const Keyframe anchor{source.times.front(), car_at(0), Origin::human, {}};
  const PropagateOptions options = propagate_options(true, car_size, PoseSource::recorded);
  std::size_t sweeps = 0;
  for (auto _ : state) {
    const auto found = propagate(source, standing, {&anchor, 1}, options, {});
    if (!found || found->proposals.size() + 1 != sweep_count) {
      state.SkipWithError("the car was lost");
      break;
    }
    sweeps += found->proposals.size();
  }
  state.counters["sweeps_per_second"] =
      benchmark::Counter(static_cast<double>(sweeps), benchmark::Counter::kIsRate);
}

}  // namespace

void register_propagation() {
  benchmark::RegisterBenchmark("propagate/ours", follow_a_car)->Unit(benchmark::kMillisecond);
}

}  // namespace sweepmark::bench
