// The clouds that are drawn, and the view they are drawn in.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "render/view_camera.hpp"

namespace sweepmark::bench {

inline constexpr Viewport viewport{1280, 720};
inline constexpr int point_size_px = 2;

// In sensor order, sweeps of a 64-ring lidar along a street, 120,000 points each: one is 120 k, many are a
// mapped road. In random order the same points, shuffled: the worst case for every cache.
enum class PointOrder { sensor, random };
std::shared_ptr<const PointCloud> make_drive(std::size_t points, PointOrder order);

// The same street in sensor order as blocks of eight sweeps, each in detail order: as a stack is drawn.
std::vector<std::shared_ptr<const PointCloud>> make_blocks(std::size_t points);

// x y z intensity as float32 a row; null where it cannot be read.
std::shared_ptr<const PointCloud> read_kitti_sweep(const std::filesystem::path& file);
// A sweep of a real drive under $SWEEPMARK_DATA or the folder named at configure time.
std::filesystem::path real_sweep();

// From above, as near as all of the cloud is in view.
ViewCamera camera_over(const PointCloud& cloud);
ViewCamera camera_over(const Eigen::Vector3d& low, const Eigen::Vector3d& high);

// A cloud by name, made when first asked for. Only the latest is kept, for the largest takes 240 MB.
struct CloudCase {
  std::string name;  // "120000", "1000000/random", "kitti"
  std::shared_ptr<const PointCloud> (*make)();
};
std::vector<CloudCase> cloud_cases();
std::shared_ptr<const PointCloud> cloud_of(const CloudCase& wanted);

}  // namespace sweepmark::bench
