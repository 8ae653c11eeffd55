#include "core/assist/footprint_fit.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

namespace sweepmark {

namespace {

constexpr std::size_t enough_points = 8;
constexpr double above_ground = 0.2;  // metres; lower points may be ground
constexpr double half_turn = std::numbers::pi, quarter_turn = std::numbers::pi / 2;

Eigen::Vector2d along(double yaw) { return {std::cos(yaw), std::sin(yaw)}; }
Eigen::Vector2d across(double yaw) { return {-std::sin(yaw), std::cos(yaw)}; }

double percentile(std::vector<double>& values, double share) {
  const auto nth = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

bool inside(const Footprint& drawn, const Eigen::Vector2d& place) {
  const Eigen::Vector2d from_centre = place - drawn.centre;
  return std::abs(from_centre.dot(along(drawn.yaw))) <= 0.5 * drawn.length &&
         std::abs(from_centre.dot(across(drawn.yaw))) <= 0.5 * drawn.width;
}

std::vector<Eigen::Vector3d> points_above(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                                          const Footprint& drawn, double ground, double highest) {
  std::vector<Eigen::Vector3d> result;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const Eigen::Vector3d p = (ego_from_cloud * Point<Sensor>(cloud.position(i))).metres;
    if (p.z() > ground + above_ground && p.z() < highest && inside(drawn, p.head<2>())) result.push_back(p);
  }
  return result;
}

struct Extent {
  double low = 0, high = 0;
  double length() const { return high - low; }
};

Extent extent_along(const std::vector<Eigen::Vector3d>& points, const Eigen::Vector2d& direction) {
  Extent extent{points.front().head<2>().dot(direction), points.front().head<2>().dot(direction)};
  for (const Eigen::Vector3d& p : points) {
    const double t = p.head<2>().dot(direction);
    extent = {std::min(extent.low, t), std::max(extent.high, t)};
  }
  return extent;
}

// How well the points run along the sides of their bounding rectangle at this angle: each counts by the inverse of its
// distance to the nearest side.
double closeness(const std::vector<Eigen::Vector3d>& points, double yaw) {
  constexpr double nearest = 0.04;  // metres; nearer than the sensor's noise counts no more
  const Eigen::Vector2d a = along(yaw), b = across(yaw);
  const Extent length = extent_along(points, a), width = extent_along(points, b);
  double sum = 0;
  for (const Eigen::Vector3d& p : points) {
    const double s = p.head<2>().dot(a), t = p.head<2>().dot(b);
    const double distance = std::min(std::min(s - length.low, length.high - s), std::min(t - width.low, width.high - t));
    sum += 1.0 / std::max(distance, nearest);
  }
  return sum;
}

// The nearest point of each direction from the sensor, seen from above.
std::vector<Eigen::Vector3d> outline_of(const std::vector<Eigen::Vector3d>& points, const Eigen::Vector2d& sensor) {
  constexpr double directions_a_radian = 250;  // 0.23°, about a lidar's own step
  std::map<long, Eigen::Vector3d> nearest;
  for (const Eigen::Vector3d& p : points) {
    const Eigen::Vector2d from = p.head<2>() - sensor;
    const auto [known, is_new] = nearest.try_emplace(std::lround(std::atan2(from.y(), from.x()) * directions_a_radian), p);
    if (!is_new && from.norm() < (known->second.head<2>() - sensor).norm()) known->second = p;
  }
  std::vector<Eigen::Vector3d> outline;
  for (const auto& [direction, point] : nearest) outline.push_back(point);
  return outline;
}

double outline_yaw(const std::vector<Eigen::Vector3d>& outline) {
  constexpr int steps = 90;
  double best_yaw = 0, best = -1;
  for (int i = 0; i < steps; ++i) {
    const double yaw = i * quarter_turn / steps;
    const double score = closeness(outline, yaw);
    if (score > best) {
      best = score;
      best_yaw = yaw;
    }
  }
  return best_yaw;
}

// Of the two headings along one line, the one nearer to the vehicle's own.
double forward_heading(double yaw) {
  const double wrapped = wrapped_angle(yaw);
  return std::abs(wrapped) <= quarter_turn ? wrapped : wrapped_angle(wrapped + half_turn);
}

double long_side(const Footprint& drawn) {
  return forward_heading(drawn.length >= drawn.width ? drawn.yaw : drawn.yaw + quarter_turn);
}

// A side that was seen in part grows to the usual length, away from `sensor`.
Extent completed(const Extent& seen, double usual, double sensor) {
  if (seen.length() >= 0.75 * usual) return seen;
  if (sensor > seen.high) return {seen.high - usual, seen.high};
  if (sensor < seen.low) return {seen.low, seen.low + usual};
  const double middle = 0.5 * (seen.low + seen.high);
  return {middle - 0.5 * usual, middle + 0.5 * usual};
}

double heading_of(const std::vector<Eigen::Vector3d>& points, const Eigen::Vector3d& usual_size, const Eigen::Vector2d& sensor) {
  const std::vector<Eigen::Vector3d> outline = outline_of(points, sensor);
  const double yaw = outline_yaw(outline.size() >= enough_points ? outline : points);
  const double first = extent_along(points, along(yaw)).length(), second = extent_along(points, across(yaw)).length();
  // A short side seen alone (the back of a car) is no longer than the usual width: its other axis is the length.
  const bool first_is_length = first >= second ? first > 1.15 * usual_size.y() || second < 0.15
                                               : second <= 1.15 * usual_size.y() && second >= 0.15;
  const bool plain = usual_size.x() < 1.3 * usual_size.y();  // a pedestrian: which side is longer says nothing more
  return forward_heading((plain ? first >= second : first_is_length) ? yaw : yaw + quarter_turn);
}

Box3<Ego> box_round(const std::vector<Eigen::Vector3d>& points, double yaw, const Eigen::Vector3d& usual_size, double ground,
                    const Eigen::Vector2d& sensor) {
  const Eigen::Vector2d a = along(yaw), b = across(yaw);
  const Extent length = completed(extent_along(points, a), usual_size.x(), sensor.dot(a));
  const Extent width = completed(extent_along(points, b), usual_size.y(), sensor.dot(b));
  double top = ground;
  for (const Eigen::Vector3d& p : points) top = std::max(top, p.z());
  const double height = top - ground >= 0.5 * usual_size.z() ? top - ground : usual_size.z();
  const Eigen::Vector2d centre = 0.5 * (length.low + length.high) * a + 0.5 * (width.low + width.high) * b;
  return upright_box(Point<Ego>(centre.x(), centre.y(), ground + 0.5 * height), yaw, {length.length(), width.length(), height});
}

}  // namespace

std::optional<double> ground_height_near(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud,
                                         const Eigen::Vector2d& place, double radius) {
  std::vector<double> heights;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const Eigen::Vector3d p = (ego_from_cloud * Point<Sensor>(cloud.position(i))).metres;
    if ((p.head<2>() - place).squaredNorm() <= radius * radius) heights.push_back(p.z());
  }
  if (heights.size() < enough_points) return std::nullopt;
  const double low = percentile(heights, 0.05);
  std::erase_if(heights, [&](double z) { return std::abs(z - low) > 0.15; });
  return percentile(heights, 0.5);
}

FootprintFit fit_in_footprint(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const Footprint& drawn,
                              const Eigen::Vector3d& usual_size, double ground_guess) {
  const double radius = 0.5 * std::hypot(drawn.length, drawn.width) + 2.0;
  const double ground = ground_height_near(cloud, ego_from_cloud, drawn.centre, radius).value_or(ground_guess);
  const double highest = ground + std::max(2.5, 1.6 * usual_size.z());  // what hangs above is a tree or a sign
  const std::vector<Eigen::Vector3d> points = points_above(cloud, ego_from_cloud, drawn, ground, highest);
  if (points.size() < enough_points) {
    const Point<Ego> centre(drawn.centre.x(), drawn.centre.y(), ground + 0.5 * usual_size.z());
    return {upright_box(centre, long_side(drawn), usual_size), points.size()};
  }
  const Eigen::Vector2d sensor = ego_from_cloud.translation().head<2>();
  const double yaw = heading_of(points, usual_size, sensor);
  return {box_round(points, yaw, usual_size, ground, sensor), points.size()};
}

}  // namespace sweepmark
