#include "core/assist/registration_surfels.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

namespace sweepmark {

namespace {

constexpr std::int64_t fewest_points = 6;  // a plane through fewer is chance

Moments about(const VoxelMap& map, const Voxel& centre) {
  Moments sum;
  const std::int64_t edge = map.quanta_per_edge();
  for (std::int32_t dx = -1; dx <= 1; ++dx)
    for (std::int32_t dy = -1; dy <= 1; ++dy)
      for (std::int32_t dz = -1; dz <= 1; ++dz) {
        const std::uint32_t beside =
            map.index_of({centre.cell.x + dx, centre.cell.y + dy, centre.cell.z + dz});
        if (beside != VoxelMap::none)
          sum.add(map.voxels()[beside].moments.moved(dx * edge, dy * edge, dz * edge));
      }
  return sum;
}

// The same for every cube of a sorted map without looking any up: the cubes beside go through the map in step
// with the cube itself, in nine columns of three.
class SortedNeighbourhood {
 public:
  explicit SortedNeighbourhood(const VoxelMap& map) : voxels_(map.voxels()), edge_(map.quanta_per_edge()) {}

  // To be called with 0, 1, 2 … in turn.
  Moments about(std::uint32_t index) {
    Moments sum;
    const Cell& centre = voxels_[index].cell;
    for (std::int32_t column = 0; column < 9; ++column) {
      const std::int32_t dx = column / 3 - 1, dy = column % 3 - 1;
      const Cell low{centre.x + dx, centre.y + dy, centre.z - 1}, high{low.x, low.y, centre.z + 1};
      std::size_t& at = columns_[static_cast<std::size_t>(column)];
      while (at < voxels_.size() && voxels_[at].cell < low) ++at;
      for (std::size_t i = at; i < voxels_.size() && voxels_[i].cell <= high; ++i)
        sum.add(voxels_[i].moments.moved(dx * edge_, dy * edge_, (voxels_[i].cell.z - centre.z) * edge_));
    }
    return sum;
  }

 private:
  std::span<const Voxel> voxels_;
  std::int64_t edge_;
  std::array<std::size_t, 9> columns_{};
};

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

Surfel surfel_of(const VoxelMap& map, const Voxel& voxel, const Moments& around) {
  Surfel surfel;
  surfel.mean = map.low_corner(voxel.cell) + map.quantum() * mean_of(voxel.moments);
  if (around.count < fewest_points) return surfel;
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver;
  solver.computeDirect(covariance_of(around));
  const Eigen::Vector3d& values = solver.eigenvalues();
  if (!(values(2) > 0.0)) return surfel;
  surfel.normal = solver.eigenvectors().col(0);
  surfel.flatness = (values(1) - values(0)) / values(2);
  return surfel;
}

}  // namespace

double thickness_of(const Moments& moments) {
  Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> solver;
  solver.computeDirect(covariance_of(moments), Eigen::EigenvaluesOnly);
  return std::sqrt(std::max(0.0, solver.eigenvalues()(0)));
}

Surfel surfel_at(const VoxelMap& map, std::uint32_t index) {
  const Voxel& voxel = map.voxels()[index];
  return surfel_of(map, voxel, about(map, voxel));
}

SurfelMap with_surfels(VoxelMap voxels) {
  voxels.sort();
  SurfelMap map{std::move(voxels), {}};
  map.surfels.reserve(map.voxels.size());
  SortedNeighbourhood neighbourhood(map.voxels);
  for (std::uint32_t i = 0; i < map.voxels.size(); ++i)
    map.surfels.push_back(surfel_of(map.voxels, map.voxels.voxels()[i], neighbourhood.about(i)));
  return map;
}

SurfelMap with_own_surfels(VoxelMap voxels) {
  voxels.sort();
  SurfelMap map{std::move(voxels), {}};
  map.surfels.reserve(map.voxels.size());
  for (const Voxel& voxel : map.voxels.voxels())
    map.surfels.push_back(surfel_of(map.voxels, voxel, voxel.moments));
  return map;
}

}  // namespace sweepmark
