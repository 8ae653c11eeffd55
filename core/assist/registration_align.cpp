#include "core/assist/registration_align.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/assist/registration_support.hpp"

namespace sweepmark {

namespace {

using Vector6 = Eigen::Matrix<double, 6, 1>;

// What the guess is trusted with where no surface says anything: one pair's worth a metre, and at ten metres.
constexpr double prior_weight = 1.0, prior_weight_rad = 100.0;

// Far from the goal a part of the surfels shows the way as well as all do.
constexpr std::size_t enough_for_strides = 2000, stride_far_off = 4;
constexpr double near_m = 5e-3, near_rad = 2e-4;

// Distances counted in narrow bins: their median then does not depend on any order.
struct Histogram {
  static constexpr std::size_t bins = 512;
  double width;  // metres of a bin
  std::array<std::uint32_t, bins + 1> counts{};
  std::uint32_t total = 0;

  void add(double distance) {
    ++counts[std::min(static_cast<std::size_t>(distance / width), bins)];
    ++total;
  }
  double median() const {
    std::uint32_t below = 0;
    for (std::size_t bin = 0; bin <= bins; ++bin)
      if (2 * (below += counts[bin]) >= total) return (static_cast<double>(bin) + 0.5) * width;
    return 0.0;
  }
};

struct System {
  Matrix6 hessian = Matrix6::Zero();
  Vector6 gradient = Vector6::Zero();
  std::size_t matched = 0;
  double median = 0.0;
};

// Of every `stride`-th surfel of the source.
System linearised(const SurfelMap& target, std::span<const Surfel> source, std::size_t stride,
                  const Eigen::Isometry3d& pose, double kernel) {
  System system;
  Histogram distances{target.voxels.edge() / Histogram::bins};
  const Eigen::Matrix3d rotation = pose.linear();
  for (std::size_t i = 0; i < source.size(); i += stride) {
    const Surfel& surfel = source[i];
    if (surfel.flatness < least_flatness) continue;
    const Eigen::Vector3d arm = rotation * surfel.mean, place = arm + pose.translation();
    const Eigen::Vector3d turned = rotation * surfel.normal;
    const Surfel* match = nearest_surfel(target, place, turned);
    if (!match) continue;
    const Eigen::Vector3d facing = turned.dot(match->normal) < 0.0 ? -match->normal : match->normal;
    const Eigen::Vector3d normal = (turned + facing).normalized();
    const double distance = normal.dot(place - match->mean);
    distances.add(std::abs(distance));
    const double robust = kernel * kernel / (kernel * kernel + distance * distance);
    const double weight = surfel.flatness * match->flatness * robust * robust;
    Vector6 jacobian;
    jacobian << arm.cross(normal), normal;
    system.hessian.noalias() += weight * jacobian * jacobian.transpose();
    system.gradient += weight * distance * jacobian;
  }
  system.matched = distances.total;
  system.median = distances.median();
  return system;
}

// About the source's origin as it lies in the target.
Eigen::Isometry3d moved(const Eigen::Isometry3d& pose, const Vector6& step) {
  Eigen::Isometry3d result = pose;
  const double angle = step.head<3>().norm();
  if (angle > 0.0)
    result.linear() = Eigen::AngleAxisd(angle, step.head<3>() / angle).toRotationMatrix() * pose.linear();
  result.translation() += step.tail<3>();
  return result;
}

}  // namespace

Alignment align(const SurfelMap& target, std::span<const Surfel> source, const Eigen::Isometry3d& guess,
                const AlignOptions& options) {
  Alignment result;
  result.target_from_source = guess;
  Vector6 prior;
  prior << Eigen::Vector3d::Constant(prior_weight_rad), Eigen::Vector3d::Constant(prior_weight);
  double kernel = 0.5 * target.voxels.edge();
  Vector6 moved_by = Vector6::Zero();
  std::size_t stride = source.size() >= enough_for_strides ? stride_far_off : 1;
  while (result.iterations < options.max_iterations && !result.converged) {
    const System system = linearised(target, source, stride, result.target_from_source, kernel);
    result.hessian = system.hessian;
    result.matched = system.matched;
    result.residual_m = system.median;
    kernel = std::max(options.kernel_floor_m, 3.0 * system.median);
    Matrix6 hessian = system.hessian;
    hessian.diagonal() += prior;
    const Vector6 step = -hessian.ldlt().solve(system.gradient + prior.cwiseProduct(moved_by));
    result.target_from_source = moved(result.target_from_source, step);
    moved_by += step;
    ++result.iterations;
    const bool near = step.head<3>().norm() < near_rad && step.tail<3>().norm() < near_m;
    if (stride > 1 && (near || 2 * result.iterations >= options.max_iterations))
      stride = 1;
    else
      result.converged =
          stride == 1 && step.head<3>().norm() < options.stop_rad && step.tail<3>().norm() < options.stop_m;
  }
  return result;
}

}  // namespace sweepmark
