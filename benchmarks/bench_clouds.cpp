#include "benchmarks/bench_clouds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numbers>
#include <numeric>
#include <random>

#include "core/cloud/detail_order.hpp"

namespace sweepmark::bench {

namespace {

constexpr int rings = 64, columns = 1875;
constexpr float sensor_height = 1.73f, metres_between_sweeps = 0.5f;

// Where a beam ends: on the ground, or on one of the walls that stand around at 5 to 75 m, each two degrees
// wide.
Eigen::Vector3f beam_end(float azimuth, float elevation, const std::vector<float>& walls) {
  const Eigen::Vector3f direction(std::cos(elevation) * std::cos(azimuth),
                                  std::cos(elevation) * std::sin(azimuth), std::sin(elevation));
  const auto wall =
      static_cast<std::size_t>(azimuth / (2.0f * std::numbers::pi_v<float>)*static_cast<float>(walls.size()));
  float range = walls[std::min(wall, walls.size() - 1)];
  if (direction.z() < 0.0f) range = std::min(range, -sensor_height / direction.z());
  return range * direction;
}

std::vector<float> random_walls(std::mt19937& random) {
  std::uniform_real_distribution<float> distance(5.0f, 75.0f);
  std::vector<float> walls(180);
  std::ranges::generate(walls, [&] { return distance(random); });
  return walls;
}

void reserve(PointCloud& cloud, std::size_t points) {
  for (std::vector<float>* axis : {&cloud.x, &cloud.y, &cloud.z}) axis->reserve(points);
}

void append(PointCloud& cloud, const Eigen::Vector3f& point) {
  cloud.x.push_back(point.x());
  cloud.y.push_back(point.y());
  cloud.z.push_back(point.z());
}

// `points` points of the street from its sweep `first_sweep` on.
std::shared_ptr<PointCloud> sensor_order(std::size_t points, std::size_t first_sweep = 0) {
  auto cloud = std::make_shared<PointCloud>();
  reserve(*cloud, points);
  std::mt19937 random(static_cast<unsigned>(1 + first_sweep));
  std::normal_distribution<float> noise(0.0f, 0.02f);
  std::vector<float> walls;
  for (std::size_t i = 0; i < points; ++i) {
    const std::size_t in_sweep = i % (rings * columns), sweep = first_sweep + i / (rings * columns);
    if (in_sweep == 0) walls = random_walls(random);
    const float azimuth = 2.0f * std::numbers::pi_v<float> * static_cast<float>(in_sweep / rings) / columns;
    const float elevation = (-24.9f + 26.9f * static_cast<float>(in_sweep % rings) / (rings - 1)) *
                            std::numbers::pi_v<float> / 180.0f;
    const Eigen::Vector3f along(0.0f, metres_between_sweeps * static_cast<float>(sweep), 0.0f);
    append(*cloud, beam_end(azimuth, elevation, walls) + along +
                       Eigen::Vector3f(noise(random), noise(random), noise(random)));
  }
  return cloud;
}

std::shared_ptr<PointCloud> shuffled(const PointCloud& cloud) {
  std::vector<std::uint32_t> order(cloud.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::shuffle(order, std::mt19937(2));
  auto result = std::make_shared<PointCloud>();
  reserve(*result, cloud.size());
  for (const std::uint32_t i : order) append(*result, {cloud.x[i], cloud.y[i], cloud.z[i]});
  return result;
}

ViewCamera looking_down(const Eigen::Vector3d& low, const Eigen::Vector3d& high) {
  ViewCamera camera;
  camera.target = Point<World>(0.5 * (low + high));
  camera.pitch = -1.0;
  camera.distance = 1.0;
  return camera;
}

void take_into_view(ViewCamera& camera, const Eigen::Vector3d& position) {
  const double up = std::tan(0.5 * camera.vertical_fov), aside = up * viewport.width / viewport.height;
  const Eigen::Vector3d off = position - camera.target.metres;
  const double needed =
      std::max(std::abs(off.dot(camera.right())) / aside, std::abs(off.dot(camera.up())) / up) -
      off.dot(camera.forward());
  camera.distance = std::max(camera.distance, needed);
}

template <std::size_t points, PointOrder order>
std::shared_ptr<const PointCloud> drive() {
  return make_drive(points, order);
}

}  // namespace

std::shared_ptr<const PointCloud> make_drive(std::size_t points, PointOrder order) {
  std::shared_ptr<PointCloud> cloud = sensor_order(points);
  return order == PointOrder::sensor ? cloud : shuffled(*cloud);
}

std::vector<std::shared_ptr<const PointCloud>> make_blocks(std::size_t points) {
  constexpr std::size_t sweeps = 8, whole = sweeps * rings * columns;
  std::vector<std::shared_ptr<const PointCloud>> blocks;
  for (std::size_t begin = 0; begin < points; begin += whole) {
    const std::shared_ptr<PointCloud> block =
        sensor_order(std::min(whole, points - begin), begin / whole * sweeps);
    put_in_detail_order(*block);
    blocks.push_back(block);
  }
  return blocks;
}

std::shared_ptr<const PointCloud> read_kitti_sweep(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return nullptr;
  auto cloud = std::make_shared<PointCloud>();
  for (std::array<float, 4> row; file.read(reinterpret_cast<char*>(row.data()), sizeof row);)
    append(*cloud, {row[0], row[1], row[2]});
  return cloud->size() > 0 ? cloud : nullptr;
}

std::filesystem::path real_sweep() {
  const char* chosen = std::getenv("SWEEPMARK_DATA");
  return std::filesystem::path(chosen ? chosen : SWEEPMARK_BENCH_DATA) /
         "kitti_tracking/training/velodyne/0000/000000.bin";
}

ViewCamera camera_over(const PointCloud& cloud) {
  Eigen::Vector3d low = cloud.position(0), high = low;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    low = low.cwiseMin(cloud.position(i));
    high = high.cwiseMax(cloud.position(i));
  }
  ViewCamera camera = looking_down(low, high);
  for (std::size_t i = 0; i < cloud.size(); ++i) take_into_view(camera, cloud.position(i));
  camera.distance *= 1.02;  // the camera turns a little while it is measured
  return camera;
}

ViewCamera camera_over(const Eigen::Vector3d& low, const Eigen::Vector3d& high) {
  ViewCamera camera = looking_down(low, high);
  for (unsigned corner = 0; corner < 8; ++corner)
    take_into_view(camera, {corner & 1u ? high.x() : low.x(), corner & 2u ? high.y() : low.y(),
                            corner & 4u ? high.z() : low.z()});
  camera.distance *= 1.02;
  return camera;
}

std::vector<CloudCase> cloud_cases() {
  std::vector<CloudCase> cases = {{"120000", drive<120'000, PointOrder::sensor>},
                                  {"1000000", drive<1'000'000, PointOrder::sensor>},
                                  {"1000000/random", drive<1'000'000, PointOrder::random>},
                                  {"20000000", drive<20'000'000, PointOrder::sensor>},
                                  {"20000000/random", drive<20'000'000, PointOrder::random>}};
  if (std::filesystem::exists(real_sweep()))
    cases.push_back({"kitti", [] { return read_kitti_sweep(real_sweep()); }});
  return cases;
}

std::shared_ptr<const PointCloud> cloud_of(const CloudCase& wanted) {
  static std::string kept_name;
  static std::shared_ptr<const PointCloud> kept;
  if (kept_name == wanted.name) return kept;
  kept.reset();  // before the next is made
  kept = wanted.make();
  kept_name = wanted.name;
  return kept;
}

}  // namespace sweepmark::bench
