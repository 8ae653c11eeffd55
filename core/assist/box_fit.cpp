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

// Distance across what was grown, seen from above.
double spread_of(const std::vector<StandingPoint>& standing, const std::vector<std::uint32_t>& members) {
  Eigen::Vector2d low = standing[members.front()].place.head<2>(), high = low;
  for (const std::uint32_t m : members) {
    low = low.cwiseMin(standing[m].place.head<2>());
    high = high.cwiseMax(standing[m].place.head<2>());
  }
  return (high - low).norm();
}

// Which way a vehicle faces by its profile: the bonnet is low, so what stands high keeps further from its front
// than from its back. Where the sensor does not look down on the roof, only the end that faces it counts.
std::optional<double> heading_by_profile(const std::vector<StandingPoint>& standing,
                                         const std::vector<std::uint32_t>& members, const FittedRectangle& rectangle,
                                         double top, const Eigen::Vector2d& sensor, double sensor_above_ground) {
  constexpr double high_share = 0.8, telling = 0.06, bonnet = 0.16, tailgate = 0.08;
  const double half = 0.5 * rectangle.length;
  double low = half, high = -half;
  std::size_t count = 0;
  for (const std::uint32_t m : members) {
    if (standing[m].above_ground < high_share * top) continue;
    const double s = (standing[m].place.head<2>() - rectangle.centre).dot(rectangle.along());
    low = std::min(low, s);
    high = std::max(high, s);
    ++count;
  }
  if (count < 3) return std::nullopt;
  const double before = (half - high) / rectangle.length, behind = (low + half) / rectangle.length;
  const double backwards = wrapped_angle(rectangle.yaw + half_turn);
  if (sensor_above_ground > 1.05 * top) {
    if (std::abs(before - behind) < telling) return std::nullopt;
    return before > behind ? rectangle.yaw : backwards;
  }
  const double at = (sensor - rectangle.centre).dot(rectangle.along());
  if (std::abs(at) < half) return std::nullopt;
  const double near_gap = at > 0 ? before : behind;
  if (near_gap > tailgate && near_gap < bonnet) return std::nullopt;
  return (near_gap >= bonnet) == (at > 0) ? rectangle.yaw : backwards;
}

double headed(double yaw, const FitRequest& request, const std::optional<double>& profile) {
  const double towards = request.heading.value_or(profile.value_or(0.0));
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
    fit.box = upright_box(Point<Ego>(click.x(), click.y(), around.ground.height_at(click.head<2>()) + 0.5 * request.prior.mean.z()), headed(0, request, {}), request.prior.mean);
    return fit;
  }
  const std::uint32_t seed = nearest_standing(around.standing, click.head<2>());
  const DirectionalView view(around, 0.6 * request.prior.mean.z());
  FittedRectangle best;
  best.cost = 1e9;
  std::vector<std::uint32_t> before;
  const double scale = std::clamp(request.prior.mean.y() / 1.8, 0.4, 1.0);
  // Short steps part it from its neighbours; where they find next to nothing (a seat seen through a window),
  // the longest leads to the body.
  for (const double step : {0.2, 0.35, 0.7, 1.2, 0.0}) {
    const bool last = step == 0.0;
    if (last && !before.empty() && spread_of(around.standing, before) > 0.5 * request.prior.mean.x()) break;
    const double metres = last ? 0.5 * request.prior.mean.x() : scale * step;
    std::vector<std::uint32_t> grown = grown_from(around.standing, seed, metres + 0.01 * range, reach);
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
  std::optional<double> profile;
  if (request.prior.rigid && request.prior.elongated()) profile = heading_by_profile(around.standing, members, best, top, around.sensor.head<2>(), around.sensor.z() - ground);
  fit.heading_sure = request.heading || profile;
  fit.box = upright_box(Point<Ego>(best.centre.x(), best.centre.y(), ground + 0.5 * height), headed(best.yaw, request, profile), {best.length, best.width, height});
  fit.seen = {best.length_seen, best.width_seen, top >= 0.7 * request.prior.mean.z()};
  for (const std::uint32_t m : members) fit.points.push_back(around.standing[m].index);
  fit.cost = best.cost;
  fit.confidence = std::exp(-best.cost / 20);
  return fit;
}

}  // namespace sweepmark
