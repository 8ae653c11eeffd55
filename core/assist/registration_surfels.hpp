// Small pieces of surface that stand for the points about them: what sweeps are aligned by.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "core/assist/voxel_map.hpp"

namespace sweepmark {

struct Surfel {
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();    // of the points in the cube; metres, the map's frame
  Eigen::Vector3d normal = Eigen::Vector3d::Zero();  // unit, either sign
  // 0 for a line, a ball or too few points, towards 1 for a plane: (λ₁ − λ₀) / λ₂ of the eigenvalues
  // λ₀ ≤ λ₁ ≤ λ₂ of the points' covariance, of which λ₀ belongs to the normal (after Demantké et al. 2011).
  double flatness = 0.0;
};

// The root of the least eigenvalue of the points' covariance, in quanta: how thick the surface is.
double thickness_of(const Moments& moments);

// From the points in the cube and the 26 about it: near the sensor these are many beams, far away still more
// than one ring.
Surfel surfel_at(const VoxelMap& map, std::uint32_t index);

// A surfel for each cube. `with_surfels` sorts the cubes first, so that no order of points shows.
struct SurfelMap {
  VoxelMap voxels;
  std::vector<Surfel> surfels;
};
SurfelMap with_surfels(VoxelMap voxels);
// With normals from each cube's own points: for large cubes, whose surroundings hold many surfaces.
SurfelMap with_own_surfels(VoxelMap voxels);

}  // namespace sweepmark
