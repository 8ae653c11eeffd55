#include "core/assist/ground.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

constexpr double cell_size = 0.5;  // metres
constexpr std::size_t enough_points = 8;
constexpr double usual_slope = 0.04;  // standard deviation of a road's slope against the vehicle
constexpr double plane_noise = 0.06;  // metres; of the lowest points of cells on even ground
constexpr double departs_by = 0.35;   // metres from the plane: a curb or a camber, no more
constexpr double nothing = std::numeric_limits<double>::infinity();

struct Candidate {
  Eigen::Vector2d place;  // from the centre
  double height;
};

struct Plane {
  double level = 0.0;
  Eigen::Vector2d slope = Eigen::Vector2d::Zero();
  double off(const Candidate& c) const { return c.height - level - slope.dot(c.place); }
};

// Least squares over what lies within `reach` of `start`, with the slope held back by its usual size.
Plane refitted(const std::vector<Candidate>& candidates, const Plane& start, double reach) {
  Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
  Eigen::Vector3d right = Eigen::Vector3d::Zero();
  for (const Candidate& c : candidates) {
    const double off = start.off(c);
    if (std::abs(off) > reach) continue;
    // What lies above may be an object; what lies below is ground that the plane cut off.
    const double weight = off > 0 ? 1.0 - 0.8 * off / reach : 1.0;
    const Eigen::Vector3d row(1.0, c.place.x(), c.place.y());
    normal += weight * row * row.transpose();
    right += weight * c.height * row;
  }
  if (normal(0, 0) < 2.0) return start;
  const double hold = plane_noise * plane_noise / (usual_slope * usual_slope);
  normal(1, 1) += hold * 4.0;
  normal(2, 2) += hold * 4.0;
  const Eigen::Vector3d solved = normal.ldlt().solve(right);
  return {solved[0], solved.tail<2>()};
}

double support(const std::vector<Candidate>& candidates, const Plane& plane) {
  double sum = 0.0;
  for (const Candidate& c : candidates) {
    const double off = plane.off(c);
    if (std::abs(off) < 2.0 * plane_noise)
      sum += 1.0;
    else if (off < -0.25 && off > -1.5)
      sum -= 1.0;  // further below are reflections
  }
  return sum;
}

Plane fitted(const std::vector<Candidate>& candidates) {
  std::vector<double> heights;
  for (const Candidate& c : candidates) heights.push_back(c.height);
  std::ranges::sort(heights);
  Plane best;
  double best_support = -nothing;
  for (const double share : {0.08, 0.25, 0.5}) {
    Plane plane{heights[static_cast<std::size_t>(share * static_cast<double>(heights.size() - 1))],
                Eigen::Vector2d::Zero()};
    for (const double reach : {0.7, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.15})
      plane = refitted(candidates, plane, reach);
    const double found = support(candidates, plane);
    if (found > best_support) {
      best_support = found;
      best = plane;
    }
  }
  return best;
}

}  // namespace

long LocalGround::cell_of(const Eigen::Vector2d& place) const {
  if (cells_ == 0) return -1;
  const Eigen::Vector2d at = (place - centre_) / cell_size + Eigen::Vector2d::Constant(0.5 * cells_);
  const long column = static_cast<long>(std::floor(at.x())), row = static_cast<long>(std::floor(at.y()));
  if (column < 0 || row < 0 || column >= cells_ || row >= cells_) return -1;
  return row * cells_ + column;
}

double LocalGround::height_at(const Eigen::Vector2d& place) const {
  const long cell = cell_of(place);
  return plane_at(place) + (cell < 0 ? 0.0 : static_cast<double>(offsets_[static_cast<std::size_t>(cell)]));
}

std::optional<LocalGround> local_ground(std::span<const Eigen::Vector3d> points,
                                        const Eigen::Vector2d& centre, double radius) {
  LocalGround ground(0.0);
  ground.centre_ = centre;
  ground.cells_ = std::max(1, static_cast<int>(std::ceil(2.0 * radius / cell_size)));
  const auto count = static_cast<std::size_t>(ground.cells_) * static_cast<std::size_t>(ground.cells_);
  std::vector<double> lowest(count, nothing);
  std::vector<Eigen::Vector2d> where(count, Eigen::Vector2d::Zero());
  std::size_t within = 0;
  for (const Eigen::Vector3d& p : points) {
    const long cell = ground.cell_of(p.head<2>());
    if (cell < 0) continue;
    ++within;
    const auto c = static_cast<std::size_t>(cell);
    if (p.z() < lowest[c]) {
      lowest[c] = p.z();
      where[c] = p.head<2>() - centre;
    }
  }
  if (within < enough_points) return std::nullopt;
  std::vector<Candidate> candidates;
  for (std::size_t c = 0; c < count; ++c)
    if (lowest[c] < nothing) candidates.push_back({where[c], lowest[c]});
  const Plane plane = fitted(candidates);
  ground.level_ = plane.level;
  ground.slope_ = plane.slope;

  // The lowest of each cell above which no reflection from below hides it, as an offset from the plane.
  std::vector<double> offset(count, nothing);
  for (const Eigen::Vector3d& p : points) {
    const long cell = ground.cell_of(p.head<2>());
    const double off = p.z() - ground.plane_at(p.head<2>());
    if (cell < 0 || std::abs(off) > departs_by) continue;
    double& known = offset[static_cast<std::size_t>(cell)];
    known = std::min(known, off);
  }
  ground.offsets_.assign(count, 0.0f);
  const int n = ground.cells_;
  for (int row = 0; row < n; ++row)
    for (int column = 0; column < n; ++column) {
      double least = nothing;
      for (int r = std::max(0, row - 1); r <= std::min(n - 1, row + 1); ++r)
        for (int c = std::max(0, column - 1); c <= std::min(n - 1, column + 1); ++c)
          least = std::min(least, offset[static_cast<std::size_t>(r * n + c)]);
      if (least < nothing)
        ground.offsets_[static_cast<std::size_t>(row * n + column)] = static_cast<float>(least);
    }
  return ground;
}

}  // namespace sweepmark
