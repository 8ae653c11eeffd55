// Aligning surfels to a map of surfels: the inner loop of registration and odometry.
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cstddef>
#include <span>

#include "core/assist/registration_surfels.hpp"

namespace sweepmark {

using Matrix6 = Eigen::Matrix<double, 6, 6>;

struct AlignOptions {
  int max_iterations = 20;
  double stop_m = 5e-4, stop_rad = 5e-5;  // a step smaller than both is the last
  double kernel_floor_m = 0.05;           // the robust kernel gets no narrower

  // For a level whose result the next one refines.
  static AlignOptions coarse() { return {10, 1e-2, 1e-3, 0.05}; }
};

struct Alignment {
  Eigen::Isometry3d target_from_source = Eigen::Isometry3d::Identity();
  // Of the weighted squared plane distances, by rotation (radians, about the source's origin, the target's
  // axes) and translation (metres): how firmly the match holds each direction.
  Matrix6 hessian = Matrix6::Zero();
  std::size_t matched = 0;  // surfels of the source that met one of the target
  double residual_m = 0.0;  // median distance from the target's planes
  int iterations = 0;
  bool converged = false;
};

// Gauss–Newton on the symmetric point-to-plane distance (Rusinkiewicz, "A symmetric objective function for
// ICP", SIGGRAPH 2019): each source surfel is paired with the nearest that looks the same way among those of
// the target in the eight cubes about it, and the distance between them along the sum of their normals is
// made small. Pairs count by their flatness and by a Geman–McClure kernel three times as wide as the median
// distance, so that what moves between the sweeps does not pull. Directions that no surface holds stay as
// `guess` has them.
Alignment align(const SurfelMap& target, std::span<const Surfel> source, const Eigen::Isometry3d& guess,
                const AlignOptions& options);

}  // namespace sweepmark
