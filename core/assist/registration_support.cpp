#include "core/assist/registration_support.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

constexpr double least_agreement = 0.7;  // cosine
constexpr double kernel_share = 0.2;     // of a cube's edge

}  // namespace

const Surfel* nearest_surfel(const SurfelMap& target, const Eigen::Vector3d& place,
                             const Eigen::Vector3d& normal) {
  const double half = 0.5 * target.voxels.edge();
  const Cell low = target.voxels.cell_of(place - Eigen::Vector3d::Constant(half));
  const Surfel* best = nullptr;
  double best_squared = std::numeric_limits<double>::max();
  for (std::int32_t i = 0; i < 8; ++i) {
    const std::uint32_t index =
        target.voxels.index_of({low.x + (i & 1), low.y + (i >> 1 & 1), low.z + (i >> 2)});
    if (index == VoxelMap::none) continue;
    const Surfel& surfel = target.surfels[index];
    const double squared = (surfel.mean - place).squaredNorm();
    if (squared >= best_squared || surfel.flatness < least_flatness ||
        std::abs(surfel.normal.dot(normal)) < least_agreement)
      continue;
    best_squared = squared;
    best = &surfel;
  }
  return best;
}

Support support_of(const SurfelMap& target, std::span<const Surfel> source,
                   const Eigen::Isometry3d& target_from_source) {
  const double kernel = kernel_share * target.voxels.edge();
  Eigen::Matrix3d held = Eigen::Matrix3d::Zero(), asked = Eigen::Matrix3d::Zero();
  for (const Surfel& surfel : source) {
    if (surfel.flatness < least_flatness) continue;
    const Eigen::Vector3d normal = target_from_source.linear() * surfel.normal;
    const Eigen::Matrix3d facing = surfel.flatness * normal * normal.transpose();
    asked += facing;
    const Eigen::Vector3d place = target_from_source * surfel.mean;
    const Surfel* match = nearest_surfel(target, place, normal);
    if (!match) continue;
    const double distance = match->normal.dot(place - match->mean);
    const double robust = kernel * kernel / (kernel * kernel + distance * distance);
    held += robust * robust * facing;
  }
  Support support;
  support.asked =
      Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(asked, Eigen::EigenvaluesOnly).eigenvalues()(0);
  // Where next to nothing is asked, next to nothing is held either.
  asked.diagonal().array() += 1.0;
  support.share =
      Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::Matrix3d>(held, asked, Eigen::EigenvaluesOnly)
          .eigenvalues()(0);
  return support;
}

double weakest_hold(const Matrix6& hessian) {
  Eigen::Matrix3d turning = hessian.topLeftCorner<3, 3>();
  turning.diagonal().array() += 1e-6;
  const Eigen::Matrix3d cross = hessian.bottomLeftCorner<3, 3>();
  const Eigen::Matrix3d held =
      hessian.bottomRightCorner<3, 3>() - cross * turning.ldlt().solve(cross.transpose());
  return Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(held, Eigen::EigenvaluesOnly).eigenvalues()(0);
}

}  // namespace sweepmark
