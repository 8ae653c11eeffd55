#include "core/assist/registration.hpp"

#include <string>
#include <utility>

namespace sweepmark {

namespace {

constexpr std::size_t fewest_matches = 50;

// Takes the sweep's points one by one.
class Voxels {
 public:
  explicit Voxels(const RegistrationOptions& options)
      : squared_min_(options.min_range_m * options.min_range_m),
        squared_max_(options.max_range_m * options.max_range_m),
        voxels(options.voxel_m) {}

  void add(const Eigen::Vector3d& point) {
    const double squared = point.squaredNorm();
    if (squared >= squared_min_ && squared <= squared_max_) voxels.add(point);
  }

 private:
  double squared_min_, squared_max_;

 public:
  VoxelMap voxels;
};

SurfelPyramid pyramid_on(VoxelMap finest, int levels) {
  SurfelPyramid pyramid;
  pyramid.levels.push_back(with_surfels(std::move(finest)));
  for (int level = 1; level < levels; ++level)
    pyramid.levels.push_back(with_own_surfels(pyramid.levels.back().voxels.coarser()));
  return pyramid;
}

Eigen::Isometry3d isometry(const Pose<TargetSweep, SourceSweep>& pose) {
  Eigen::Isometry3d result = Eigen::Isometry3d::Identity();
  result.linear() = pose.rotation().toRotationMatrix();
  result.translation() = pose.translation();
  return result;
}

}  // namespace

SurfelPyramid surfel_pyramid(std::span<const Eigen::Vector3d> points, const RegistrationOptions& options) {
  Voxels sweep(options);
  for (const Eigen::Vector3d& point : points) sweep.add(point);
  return pyramid_on(std::move(sweep.voxels), options.levels);
}

SurfelPyramid surfel_pyramid(const PointCloud& cloud, const RegistrationOptions& options) {
  Voxels sweep(options);
  for (std::size_t i = 0; i < cloud.size(); ++i) sweep.add(cloud.position(i));
  return pyramid_on(std::move(sweep.voxels), options.levels);
}

Result<Registration> register_sweep(const SurfelPyramid& target, const SurfelPyramid& source,
                                    const Pose<TargetSweep, SourceSweep>& guess,
                                    const RegistrationOptions& options) {
  if (target.levels.empty() || source.levels.empty())
    return fail(ErrorCode::invalid_argument, "a sweep without surfaces cannot be aligned");
  const Eigen::Isometry3d guessed = isometry(guess);
  Alignment alignment;
  alignment.target_from_source = guessed;
  for (std::size_t level = std::min(target.levels.size(), source.levels.size()); level-- > 0;) {
    alignment = align(target.levels[level], source.levels[level].surfels, alignment.target_from_source,
                      level > 0 ? AlignOptions::coarse() : options.align);
  }
  const std::size_t surfels = source.levels.front().surfels.size();
  const JudgedMatch judged = judged_or_searched(target.levels.front(), source.levels.front().surfels,
                                                alignment, guessed, options.search, options.align);
  alignment = judged.alignment;
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
                      judged.support,
                      alignment.hessian,
                      alignment.converged,
                      judged.unsure};
}

}  // namespace sweepmark
