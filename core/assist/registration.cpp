#include "core/assist/registration.hpp"

#include <string>
#include <utility>

namespace sweepmark {

namespace {

constexpr std::size_t fewest_matches = 50;

VoxelMap voxels_of(const PointCloud& cloud, const RegistrationOptions& options) {
  VoxelMap voxels(options.voxel_m);
  const double squared_range = options.max_range_m * options.max_range_m;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const Eigen::Vector3d point = cloud.position(i);
    if (point.squaredNorm() <= squared_range) voxels.add(point);
  }
  return voxels;
}

Eigen::Isometry3d isometry(const Pose<TargetSweep, SourceSweep>& pose) {
  Eigen::Isometry3d result = Eigen::Isometry3d::Identity();
  result.linear() = pose.rotation().toRotationMatrix();
  result.translation() = pose.translation();
  return result;
}

}  // namespace

SurfelPyramid surfel_pyramid(const PointCloud& cloud, const RegistrationOptions& options) {
  SurfelPyramid pyramid;
  VoxelMap voxels = voxels_of(cloud, options);
  for (int level = 0; level < options.levels; ++level) {
    if (level > 0) voxels = pyramid.levels.back().voxels.coarser();
    voxels.sort();
    pyramid.levels.push_back(with_surfels(std::move(voxels)));
  }
  return pyramid;
}

Result<Registration> register_sweep(const SurfelPyramid& target, const SurfelPyramid& source,
                                    const Pose<TargetSweep, SourceSweep>& guess,
                                    const RegistrationOptions& options) {
  Alignment alignment;
  alignment.target_from_source = isometry(guess);
  for (std::size_t level = std::min(target.levels.size(), source.levels.size()); level-- > 0;) {
    alignment = align(target.levels[level], source.levels[level].surfels, alignment.target_from_source,
                      options.align);
  }
  const std::size_t surfels = source.levels.empty() ? 0 : source.levels.front().surfels.size();
  if (alignment.matched < fewest_matches)
    return fail(ErrorCode::invalid_argument,
                "the sweeps share too little surface to be aligned: " + std::to_string(alignment.matched) +
                    " of " + std::to_string(surfels) + " places met one, at least " +
                    std::to_string(fewest_matches) + " expected");
  const Eigen::Quaterniond rotation(alignment.target_from_source.linear());
  return Registration{{rotation, alignment.target_from_source.translation()},
                      alignment.matched,
                      static_cast<double>(alignment.matched) / static_cast<double>(surfels),
                      alignment.residual_m,
                      alignment.hessian,
                      alignment.converged};
}

}  // namespace sweepmark
