#include "core/assist/registration_surfels.hpp"

#include <Eigen/Eigenvalues>
#include <utility>

namespace sweepmark {

namespace {

constexpr std::int64_t fewest_points = 6;  // a plane through fewer is chance

Moments about(const VoxelMap& map, const Voxel& centre) {
  Moments sum = centre.moments;
  const std::int64_t edge = map.quanta_per_edge();
  for (std::int32_t dx = -1; dx <= 1; ++dx)
    for (std::int32_t dy = -1; dy <= 1; ++dy)
      for (std::int32_t dz = -1; dz <= 1; ++dz) {
        if (dx == 0 && dy == 0 && dz == 0) continue;
        const std::uint32_t beside =
            map.index_of({centre.cell.x + dx, centre.cell.y + dy, centre.cell.z + dz});
        if (beside != VoxelMap::none)
          sum.add(map.voxels()[beside].moments.moved(dx * edge, dy * edge, dz * edge));
      }
  return sum;
}

Eigen::Vector3d mean_of(const Moments& m) {
  return Eigen::Vector3d(static_cast<double>(m.sum[0]), static_cast<double>(m.sum[1]),
                         static_cast<double>(m.sum[2])) /
         static_cast<double>(m.count);
}

Eigen::Matrix3d covariance_of(const Moments& m) {
  const Eigen::Vector3d mean = mean_of(m);
  const auto s = [&m](std::size_t i) { return static_cast<double>(m.squares[i]); };
  Eigen::Matrix3d squares;
  squares << s(0), s(1), s(2), s(1), s(3), s(4), s(2), s(4), s(5);
  return squares / static_cast<double>(m.count) - mean * mean.transpose();
}

}  // namespace

Surfel surfel_at(const VoxelMap& map, std::uint32_t index) {
  const Voxel& voxel = map.voxels()[index];
  Surfel surfel;
  surfel.mean = map.low_corner(voxel.cell) + map.quantum() * mean_of(voxel.moments);
  const Moments sum = about(map, voxel);
  if (sum.count < fewest_points) return surfel;
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver;
  solver.computeDirect(covariance_of(sum));
  const Eigen::Vector3d& values = solver.eigenvalues();
  if (!(values(2) > 0.0)) return surfel;
  surfel.normal = solver.eigenvectors().col(0);
  surfel.flatness = (values(1) - values(0)) / values(2);
  return surfel;
}

SurfelMap with_surfels(VoxelMap voxels) {
  SurfelMap map{std::move(voxels), {}};
  map.surfels.reserve(map.voxels.size());
  for (std::uint32_t i = 0; i < map.voxels.size(); ++i) map.surfels.push_back(surfel_at(map.voxels, i));
  return map;
}

}  // namespace sweepmark
