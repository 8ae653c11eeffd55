#include "core/assist/box_fit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assist/box_fit_search.hpp"

namespace sweepmark {

namespace {

constexpr double half_turn = std::numbers::pi;

double top_of(const std::vector<StandingPoint>& standing, const std::vector<std::uint32_t>& members) {
  std::vector<double> heights;
  if (members.empty()) return 0;
  for (const std::uint32_t m : members) heights.push_back(standing[m].above_ground);
  const auto nth = static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(heights.size() - 1));
  std::nth_element(heights.begin(), heights.begin() + nth, heights.end());
  return heights[static_cast<std::size_t>(nth)];
}

std::uint32_t nearest_standing(const std::vector<StandingPoint>& standing, const Eigen::Vector2d& place) {
  std::uint32_t best = 0;
  for (std::uint32_t i = 1; i < standing.size(); ++i)
    if ((standing[i].place.head<2>() - place).squaredNorm() < (standing[best].place.head<2>() - place).squaredNorm())
      best = i;
  return best;
}

std::vector<std::uint32_t> within(const std::vector<StandingPoint>& standing, const FittedRectangle& rectangle,
                                  double margin) {
  const Eigen::Vector2d along(std::cos(rectangle.yaw), std::sin(rectangle.yaw)), across(-along.y(), along.x());
  std::vector<std::uint32_t> members;
  for (std::uint32_t i = 0; i < standing.size(); ++i) {
    const Eigen::Vector2d off = standing[i].place.head<2>() - rectangle.centre;
    if (std::abs(off.dot(along)) <= 0.5 * rectangle.length + margin && std::abs(off.dot(across)) <= 0.5 * rectangle.width + margin)
      members.push_back(i);
  }
  return members;
}

double headed(double yaw, const FitRequest& request) {
  const double towards = request.heading.value_or(0.0);
  const double off = wrapped_angle(yaw - towards);
  return std::abs(off) <= half_turn / 2 ? wrapped_angle(yaw) : wrapped_angle(yaw + half_turn);
}

}  // namespace

BoxFit fit_at_point(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, std::uint32_t clicked,
                    const FitRequest& request) {
  const Eigen::Vector3d click = (ego_from_cloud * Point<Sensor>(cloud.position(clicked))).metres;
  const Eigen::Vector3d largest = request.prior.largest();
  const double reach = largest.head<2>().norm();
  const Surroundings around =
      surroundings_of(cloud, ego_from_cloud, click.head<2>(), reach, largest.z() + 0.2, request.ground_guess);
  BoxFit fit;
  const double range = (click - around.sensor).head<2>().norm();
  if (around.standing.empty()) {
    fit.box = upright_box(Point<Ego>(click.x(), click.y(), around.ground.height_at(click.head<2>()) + 0.5 * request.prior.mean.z()), headed(0, request), request.prior.mean);
    return fit;
  }
  const std::uint32_t seed = nearest_standing(around.standing, click.head<2>());
  const DirectionalView view(around, 0.6 * request.prior.mean.z());
  FittedRectangle best;
  best.cost = 1e9;
  std::vector<std::uint32_t> before;
  const double scale = std::clamp(request.prior.mean.y() / 1.8, 0.4, 1.0);
  for (const double step : {0.35, 0.7, 1.2}) {
    std::vector<std::uint32_t> grown = grown_from(around.standing, seed, scale * step + 0.01 * range, reach);
    if (grown == before) continue;
    before = grown;
    const auto cells = filled_cells(around.standing, grown);
    const SearchSpace space{cells, view, request.prior, click.head<2>(), request.heading};
    for (const FittedRectangle& rough : rectangles(space, 3 * half_turn / 180, 3)) {
      const auto finer = rectangles_about(space, rough.yaw, 2 * half_turn / 180, 1 * half_turn / 180, 1);
      if (!finer.empty() && finer.front().cost < best.cost) best = finer.front();
    }
  }
  const std::vector<std::uint32_t> members = within(around.standing, best, 0.1);
  const double ground = around.ground.height_at(best.centre);
  const double top = top_of(around.standing, members);
  const double height = top >= 0.7 * request.prior.mean.z() ? top : request.prior.mean.z();
  fit.box = upright_box(Point<Ego>(best.centre.x(), best.centre.y(), ground + 0.5 * height), headed(best.yaw, request), {best.length, best.width, height});
  fit.seen = {best.length_seen, best.width_seen, top >= 0.7 * request.prior.mean.z()};
  for (const std::uint32_t m : members) fit.points.push_back(around.standing[m].index);
  fit.confidence = std::exp(-best.cost / 20);
  return fit;
}

}  // namespace sweepmark
