#include "core/assist/cluster.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/geometry/rotation.hpp"

namespace sweepmark {

namespace {

constexpr double lowest_standing = 0.2;  // metres above the ground; lower points may be ground
constexpr double ground_margin = 3.0;    // metres round the object whose points tell the ground

}  // namespace

Surroundings surroundings_of(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                             const Eigen::Vector2d& centre, double radius, double highest,
                             double ground_guess) {
  Surroundings result;
  result.sensor = ego_from_cloud.translation();
  result.centre = centre;
  const double reach = radius + ground_margin;
  const Eigen::Matrix3d rotation = ego_from_cloud.rotation().toRotationMatrix();
  const Eigen::Vector3d shift = rotation * cloud.origin + ego_from_cloud.translation();
  const Eigen::Matrix3f r = rotation.cast<float>();
  // About the centre, so that float32 does.
  const Eigen::Vector3f to_centre = (shift - Eigen::Vector3d(centre.x(), centre.y(), 0.0)).cast<float>();
  const Eigen::Vector2f sensor = (result.sensor.head<2>() - centre).cast<float>();
  const float sensor_range = sensor.norm();
  const auto near2 = static_cast<float>(reach * reach);
  const float from_range = std::max(0.5f, sensor_range - static_cast<float>(radius));
  // cosine of the half angle under which the surroundings are seen
  const float half_angle = sensor_range > static_cast<float>(radius)
                               ? std::asin(static_cast<float>(radius) / sensor_range)
                               : std::numbers::pi_v<float>;
  const float least_cosine = std::cos(half_angle);
  const Eigen::Vector2f towards =
      sensor_range > 0 ? Eigen::Vector2f(-sensor / sensor_range) : Eigen::Vector2f(1, 0);

  std::vector<Eigen::Vector3d> near_points;
  std::vector<std::uint32_t> near_index;
  const auto sensor_z = static_cast<float>(result.sensor.z());
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const float px = cloud.x[i], py = cloud.y[i], pz = cloud.z[i];
    const float x = r(0, 0) * px + r(0, 1) * py + r(0, 2) * pz + to_centre.x();
    const float y = r(1, 0) * px + r(1, 1) * py + r(1, 2) * pz + to_centre.y();
    const bool near = x * x + y * y <= near2;
    const float dx = x - sensor.x(), dy = y - sensor.y();
    const float along = dx * towards.x() + dy * towards.y();
    const float range2 = dx * dx + dy * dy;
    const bool beyond = along > 0 && along * along >= least_cosine * least_cosine * range2 &&
                        range2 >= from_range * from_range;
    if (!near && !beyond) continue;
    const float z = r(2, 0) * px + r(2, 1) * py + r(2, 2) * pz + to_centre.z();
    if (near) {
      near_points.emplace_back(x + centre.x(), y + centre.y(), z);
      near_index.push_back(static_cast<std::uint32_t>(i));
    }
    if (beyond) {
      const float range = std::sqrt(range2);
      result.rays.push_back({std::atan2(dy, dx), range, (z - sensor_z) / range});
    }
  }
  const auto ground = local_ground(near_points, centre, reach);
  result.ground_seen = ground.has_value();
  result.ground = ground ? *ground : LocalGround(ground_guess);
  for (std::size_t i = 0; i < near_points.size(); ++i) {
    const Eigen::Vector3d& p = near_points[i];
    if ((p.head<2>() - centre).squaredNorm() > radius * radius) continue;
    const double above = p.z() - result.ground.height_at(p.head<2>());
    if (above > lowest_standing && above < highest) result.standing.push_back({p, above, near_index[i]});
  }
  return result;
}

std::vector<std::uint32_t> grown_from(const std::vector<StandingPoint>& standing, std::uint32_t seed,
                                      double step, double reach) {
  const Eigen::Vector2d middle = standing[seed].place.head<2>();
  const int n = static_cast<int>(std::ceil(2.0 * reach / step)) + 2;
  const auto cell_of = [&](const Eigen::Vector2d& p) {
    const Eigen::Vector2d at = (p - middle) / step + Eigen::Vector2d::Constant(0.5 * n);
    return static_cast<int>(at.y()) * n + static_cast<int>(at.x());
  };
  // Points by cell: first[c] … first[c + 1] of `order`.
  std::vector<std::uint32_t> first(static_cast<std::size_t>(n * n) + 1, 0), order;
  std::vector<int> cells(standing.size(), -1);
  for (std::size_t i = 0; i < standing.size(); ++i) {
    const Eigen::Vector2d p = standing[i].place.head<2>();
    if ((p - middle).squaredNorm() > reach * reach) continue;
    cells[i] = cell_of(p);
    ++first[static_cast<std::size_t>(cells[i]) + 1];
  }
  for (std::size_t c = 1; c < first.size(); ++c) first[c] += first[c - 1];
  order.resize(first.back());
  std::vector<std::uint32_t> end(first.begin(), first.end() - 1);
  for (std::size_t i = 0; i < standing.size(); ++i)
    if (cells[i] >= 0) order[end[static_cast<std::size_t>(cells[i])]++] = static_cast<std::uint32_t>(i);

  // What was reached leaves its cell, so that no point is looked at for long.
  std::vector<std::uint32_t> reached = {seed};
  std::vector<bool> taken(standing.size(), false);
  taken[seed] = true;
  for (std::size_t at = 0; at < reached.size(); ++at) {
    const Eigen::Vector2d p = standing[reached[at]].place.head<2>();
    const int cell = cells[reached[at]];
    for (const int row : {-n, 0, n})
      for (int c = cell + row - 1; c <= cell + row + 1; ++c) {
        if (c < 0 || c >= n * n) continue;
        std::uint32_t& last = end[static_cast<std::size_t>(c)];
        for (std::uint32_t k = first[static_cast<std::size_t>(c)]; k < last;) {
          const std::uint32_t other = order[k];
          if (!taken[other] && (standing[other].place.head<2>() - p).squaredNorm() > step * step) {
            ++k;
            continue;
          }
          if (!taken[other]) reached.push_back(other);
          taken[other] = true;
          order[k] = order[--last];
        }
      }
  }
  std::ranges::sort(reached);
  return reached;
}

}  // namespace sweepmark
