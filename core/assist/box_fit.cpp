#include "core/assist/box_fit.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assist/box_fit_search.hpp"
#include "core/assist/box_fit_slim.hpp"
#include "core/assist/box_fit_upright.hpp"

namespace sweepmark {

namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr std::size_t enough_points = 8;

// What a place means: the nearest that stands there, no further off than half the object (the ground under a
// vehicle is as far from what was seen of it).
std::optional<std::uint32_t> nearest_standing(const std::vector<StandingPoint>& standing,
                                              const Eigen::Vector2d& place, const SizePrior& prior) {
  const double reach = 0.5 * prior.mean.head<2>().norm() + 0.5;
  const auto off = [&place](const StandingPoint& p) { return (p.place.head<2>() - place).squaredNorm(); };
  const auto nearest = std::ranges::min_element(standing, {}, off);
  if (nearest == standing.end() || off(*nearest) > reach * reach) return std::nullopt;
  return static_cast<std::uint32_t>(nearest - standing.begin());
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

Surroundings around_place(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                          const Eigen::Vector2d& place, double radius, const FitRequest& request) {
  return surroundings_of(cloud, ego_from_cloud, place, radius, request.prior.largest().z() + 0.2,
                         request.ground_guess);
}

double reach_of(const SizePrior& prior) {
  return prior.largest().head<2>().norm();
}

DirectionalView view_of(const Surroundings& around, const FitRequest& request) {
  constexpr double body_share = 0.6;  // of the height; above are windows and the roof
  return {around, body_share * request.prior.mean.z()};
}

// Coarser where there are many: long vehicles, and what is near the sensor.
std::vector<Eigen::Vector2d> cells_of(const std::vector<StandingPoint>& standing,
                                      const std::vector<std::uint32_t>& members) {
  constexpr std::size_t enough = 250;
  std::vector<Eigen::Vector2d> cells = filled_cells(standing, members);
  return cells.size() <= enough ? cells : filled_cells(standing, members, 0.2);
}

// The better of `best` and what the cells allow.
void improve(std::optional<FittedRectangle>& best, const std::vector<Eigen::Vector2d>& cells,
             const DirectionalView& view, const Eigen::Vector2d& held,
             const std::vector<Eigen::Vector2d>& company, const FitRequest& request) {
  const SearchSpace space{cells, view, request.prior, held, company, request.heading};
  for (const FittedRectangle& rough : rectangles(space, 3 * degree, 3))
    for (const FittedRectangle& finer : rectangles_about(space, rough.yaw, 2 * degree, degree, 1))
      if (!best || finer.cost < best->cost) best = finer;
}

// Of what is slim: what hangs together with the seed.
std::optional<FittedRectangle> grown_figure(const Surroundings& around, std::uint32_t seed,
                                            const FitRequest& request) {
  const double range = (around.centre - around.sensor.head<2>()).norm();
  const Eigen::Vector2d start = around.standing[seed].place.head<2>();
  std::optional<FittedRectangle> found;
  for (const double step : {0.15, 0.5})
    if (!found)
      found = slim_rectangle(around,
                             grown_from(around.standing, seed, step + 0.01 * range, reach_of(request.prior)),
                             start, request);
  return found;
}

std::optional<FittedRectangle> grown_rectangle(const Surroundings& around, std::uint32_t seed,
                                               const FitRequest& request) {
  const DirectionalView view = view_of(around, request);
  const double range = (around.centre - around.sensor.head<2>()).norm(), reach = reach_of(request.prior);
  const double scale = std::clamp(request.prior.mean.y() / 1.8, 0.4, 1.0);
  const double to_body = 0.5 * request.prior.mean.x();
  const Eigen::Vector2d held = around.standing[seed].place.head<2>();
  const std::vector<Eigen::Vector2d> company = filled_cells(
      around.standing, grown_from(around.standing, seed, 0.7 * scale + 0.01 * range, reach), 0.2);
  std::optional<FittedRectangle> best;
  std::vector<std::uint32_t> before;
  // Short steps part it from its neighbours; where they find next to nothing (a seat seen through a window),
  // the longest leads to the body.
  for (const double step : {0.2 * scale, 0.35 * scale, 0.7 * scale, 1.2 * scale, to_body}) {
    if (step == to_body && spread_of(around.standing, before) > to_body) break;
    std::vector<std::uint32_t> grown = grown_from(around.standing, seed, step + 0.01 * range, reach);
    if (grown == before) continue;
    improve(best, cells_of(around.standing, grown), view, held, company, request);
    before = std::move(grown);
  }
  return best;
}

BoxFit usual_box_in(const Surroundings& around, const Eigen::Vector2d& place, double yaw,
                    const FitRequest& request) {
  FittedRectangle r;
  r.yaw = yaw;
  r.centre = place;
  r.length = request.prior.mean.x();
  r.width = request.prior.mean.y();
  BoxFit fit = box_on(r, around, request);
  const double bottom = fit.box.centre().z() - 0.5 * fit.box.height();
  fit.box.size = request.prior.mean;
  fit.box.pose =
      Pose<Ego, BoxLocal>(fit.box.pose.rotation(), {place.x(), place.y(), bottom + 0.5 * fit.box.height()});
  fit.confidence = 0.0;
  fit.seen = {};
  return fit;
}

double long_side(const Footprint& drawn) {
  return drawn.length >= drawn.width ? drawn.yaw : drawn.yaw + std::numbers::pi / 2;
}

FittedRectangle as_drawn(const Footprint& drawn, const DirectionalView& view) {
  FittedRectangle r;
  r.yaw = drawn.yaw;
  r.centre = drawn.centre;
  r.length = drawn.length;
  r.width = drawn.width;
  r.length_seen = r.width_seen = true;
  r.cost = cost_of(evidence_for(r, view));
  return r;
}

}  // namespace

BoxFit fit_at_place(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                    const Eigen::Vector2d& place, const FitRequest& request) {
  const Surroundings around = around_place(cloud, ego_from_cloud, place, reach_of(request.prior), request);
  if (const auto seed = nearest_standing(around.standing, place, request.prior))
    if (const auto best = request.prior.slim() ? grown_figure(around, *seed, request)
                                               : grown_rectangle(around, *seed, request))
      return box_on(*best, around, request);
  return usual_box_in(around, place, request.heading.value_or(0.0), request);
}

BoxFit fit_at_point(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, std::uint32_t clicked,
                    const FitRequest& request) {
  const Point<Ego> point = ego_from_cloud * Point<Sensor>(cloud.position(clicked));
  return fit_at_place(cloud, ego_from_cloud, point.metres.head<2>(), request);
}

BoxFit fit_in_rectangle(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                        const Footprint& drawn, const FitRequest& request) {
  const double radius = std::max(reach_of(request.prior), 0.5 * std::hypot(drawn.length, drawn.width));
  const Surroundings around = around_place(cloud, ego_from_cloud, drawn.centre, radius, request);
  const DirectionalView view = view_of(around, request);
  const std::vector<std::uint32_t> members = standing_within(around.standing, as_drawn(drawn, view), 0.0);
  std::optional<FittedRectangle> best;
  if (members.size() >= enough_points && request.prior.slim())
    best = slim_rectangle(around, members, drawn.centre, request);
  else if (members.size() >= enough_points)
    improve(best, cells_of(around.standing, members), view, drawn.centre, {}, request);
  if (best) return box_on(*best, around, request);
  return usual_box_in(around, drawn.centre, request.heading.value_or(long_side(drawn)), request);
}

BoxFit box_from_front_edge(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                           const Eigen::Vector2d& front_a, const Eigen::Vector2d& front_b,
                           const Eigen::Vector2d& back, const FitRequest& request) {
  const Eigen::Vector2d edge = front_b - front_a, middle = 0.5 * (front_a + front_b);
  if (edge.norm() < 1e-6) return usual_box(cloud, ego_from_cloud, middle, request);
  Eigen::Vector2d forward(edge.y(), -edge.x());
  forward.normalize();
  if (forward.dot(middle - back) < 0) forward = -forward;
  const double length = std::max(0.1, forward.dot(middle - back));
  const Footprint footprint{middle - 0.5 * length * forward, std::atan2(forward.y(), forward.x()), length,
                            std::max(0.1, edge.norm())};
  FitRequest headed = request;
  headed.heading = footprint.yaw;
  const Surroundings around =
      around_place(cloud, ego_from_cloud, footprint.centre, std::hypot(length, footprint.width), headed);
  return box_on(as_drawn(footprint, view_of(around, headed)), around, headed);
}

BoxFit box_from_corners(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                        const Eigen::Vector2d& a, const Eigen::Vector2d& b, const FitRequest& request) {
  const Eigen::Vector2d diagonal = b - a, centre = 0.5 * (a + b);
  if (diagonal.norm() < 1e-6) return usual_box(cloud, ego_from_cloud, centre, request);
  const Surroundings around = around_place(cloud, ego_from_cloud, centre, diagonal.norm(), request);
  const DirectionalView view = view_of(around, request);
  const double direction = std::atan2(diagonal.y(), diagonal.x());
  const double corner = std::atan2(request.prior.mean.y(), request.prior.mean.x());
  const auto with_yaw = [&](double yaw) {
    const Eigen::Vector2d along(std::cos(yaw), std::sin(yaw)), across(-along.y(), along.x());
    return as_drawn({centre, yaw, std::max(0.1, std::abs(diagonal.dot(along))),
                     std::max(0.1, std::abs(diagonal.dot(across)))},
                    view);
  };
  if (request.heading) return box_on(with_yaw(*request.heading), around, request);
  const FittedRectangle left = with_yaw(direction + corner), right = with_yaw(direction - corner);
  return box_on(left.cost < right.cost ? left : right, around, request);
}

BoxFit usual_box(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                 const Eigen::Vector2d& place, const FitRequest& request) {
  const Surroundings around = around_place(cloud, ego_from_cloud, place, reach_of(request.prior), request);
  return usual_box_in(around, place, request.heading.value_or(0.0), request);
}

}  // namespace sweepmark
