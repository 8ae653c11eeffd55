// Whole sweeps brought to lie on each other.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/assist/registration_search.hpp"
#include "core/base/result.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/geometry/pose.hpp"

namespace sweepmark {

// The frames of the two sweeps: of the one that stays, and of the one that is brought to it.
struct TargetSweep {};
struct SourceSweep {};

struct RegistrationOptions {
  double voxel_m = 0.5;  // edge of the cubes that the last level works with
  int levels = 3;  // each level's cubes have twice the edge of the next; 1 for a guess within voxel_m / 2
  double min_range_m = 0;    // points nearer to the sweep's origin are left out: the vehicle itself
  double max_range_m = 120;  // and those farther away
  AlignOptions align;
  SearchRange search;  // where the source is looked for when the guess leads nowhere
};

// A sweep made ready: its surfels at each level, the finest first. Made once, whatever it is matched with.
struct SurfelPyramid {
  std::vector<SurfelMap> levels;
};
SurfelPyramid surfel_pyramid(std::span<const Eigen::Vector3d> points,
                             const RegistrationOptions& options = {});
SurfelPyramid surfel_pyramid(const PointCloud& cloud, const RegistrationOptions& options = {});

struct Registration {
  Pose<TargetSweep, SourceSweep> target_from_source;
  std::size_t matched = 0;  // surfels that met a surface
  double matched_share = 0.0;
  double residual_m = 0.0;  // median distance from the surfaces met
  Support support;
  Matrix6 hessian = Matrix6::Zero();
  bool converged = false;
  bool unsure = false;  // as in JudgedMatch
};

// Coarse to fine; what surfaces across the motion then do not bear out is searched for along the guess's x
// axis, a vehicle's forward. Fails where too little of the source meets the target to say anything.
Result<Registration> register_sweep(const SurfelPyramid& target, const SurfelPyramid& source,
                                    const Pose<TargetSweep, SourceSweep>& guess = {},
                                    const RegistrationOptions& options = {});

}  // namespace sweepmark
