#include "core/assist/odometry_map.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace sweepmark {

namespace {

constexpr std::int64_t points_a_cube = 60;
constexpr double forget_every_m = 10.0;

}  // namespace

void OdometryMap::add(std::span<const Eigen::Vector3d> points, const Eigen::Isometry3d& world_from_ego) {
  forget_beyond(world_from_ego.translation());
  std::vector<std::uint32_t> touched;
  for (const Eigen::Vector3d& point : points) {
    const std::uint32_t index = surfels_.voxels.add(world_from_ego * point, points_a_cube);
    if (index != VoxelMap::none && (touched.empty() || touched.back() != index)) touched.push_back(index);
  }
  std::ranges::sort(touched);
  const auto repeated = std::ranges::unique(touched);
  touched.erase(repeated.begin(), repeated.end());
  surfels_.surfels.resize(surfels_.voxels.size());
  for (const std::uint32_t index : touched) surfels_.surfels[index] = surfel_at(surfels_.voxels, index);
}

void OdometryMap::forget_beyond(const Eigen::Vector3d& centre) {
  if ((centre - forgotten_about_).norm() < forget_every_m) return;
  forgotten_about_ = centre;
  const std::vector<std::uint32_t> kept = surfels_.voxels.keep_within(centre, range_);
  for (std::size_t i = 0; i < kept.size(); ++i) surfels_.surfels[i] = surfels_.surfels[kept[i]];
  surfels_.surfels.resize(kept.size());
}

SurfelMap OdometryMap::coarser(int doublings) const {
  VoxelMap voxels = surfels_.voxels;
  for (int i = 0; i < doublings; ++i) voxels = voxels.coarser();
  return with_own_surfels(std::move(voxels));
}

}  // namespace sweepmark
