#include "app/gui/box_making.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "core/assist/interpolate.hpp"

namespace sweepmark::gui {

namespace {

constexpr double shortest = 0.1;
constexpr std::size_t fewest_points = 8;
constexpr double over_ground = 0.3;

}  // namespace

Footprint rectangle_between(const Point<Ego>& a, const Point<Ego>& b, double yaw) {
  const Eigen::Vector2d diagonal = (b.metres - a.metres).head<2>();
  const Eigen::Vector2d ahead(std::cos(yaw), std::sin(yaw)), left(-std::sin(yaw), std::cos(yaw));
  return {0.5 * (a.metres + b.metres).head<2>(), yaw, std::abs(diagonal.dot(ahead)),
          std::abs(diagonal.dot(left))};
}

std::optional<Footprint> behind_front_edge(const Point<Ego>& a, const Point<Ego>& b, const Point<Ego>& rear) {
  const Eigen::Vector2d first = a.metres.head<2>(), edge = b.metres.head<2>() - first;
  if (edge.norm() < shortest) return std::nullopt;
  const Eigen::Vector2d across(-edge.y() / edge.norm(), edge.x() / edge.norm());
  const double behind = (first - rear.metres.head<2>()).dot(across);  // signed by the side the rear is on
  if (std::abs(behind) < shortest) return std::nullopt;
  const Eigen::Vector2d ahead = behind > 0 ? across : Eigen::Vector2d(-across);
  const double length = std::abs(behind);
  return Footprint{first + 0.5 * edge - 0.5 * length * ahead, std::atan2(ahead.y(), ahead.x()), length,
                   edge.norm()};
}

double height_within(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const Footprint& drawn,
                     double ground, double usual) {
  const Box3<Ego> column = standing_on(drawn, ground, 2 * usual);
  const Pose<BoxLocal, Sensor> column_from_cloud = column.pose.inverse() * ego_from_cloud;
  std::vector<double> heights;
  for (const std::uint32_t i : points_in_box_at(cloud, column_from_cloud.matrix(), column.size)) {
    const double height = (column_from_cloud * Point<Sensor>(cloud.position(i))).z() + usual;
    if (height > over_ground) heights.push_back(height);
  }
  if (heights.size() < fewest_points) return usual;
  std::ranges::nth_element(heights, heights.begin() + 1, std::greater{});
  return heights[1];
}

Box3<Ego> standing_on(const Footprint& drawn, double ground, double height) {
  return upright_box(Point<Ego>(drawn.centre.x(), drawn.centre.y(), ground + 0.5 * height), drawn.yaw,
                     {drawn.length, drawn.width, height});
}

std::optional<Box3<Ego>> last_box_of(const Document& document, const Trajectory& trajectory, ClassId class_id,
                                     TimestampNs time) {
  for (auto i = document.tracks.rbegin(); i != document.tracks.rend(); ++i) {
    if (i->second->properties.class_id != class_id) continue;
    if (const auto box = box_held_at(*i->second, trajectory, time)) return box;
  }
  return std::nullopt;
}

bool is_at(const Box3<Ego>& box, const Point<Ego>& place, double margin) {
  const Eigen::Vector3d local = (box.pose.inverse() * place).metres;
  return std::abs(local.x()) <= 0.5 * box.length() + margin &&
         std::abs(local.y()) <= 0.5 * box.width() + margin;
}

std::string said_of(const BoxFit& fit, const std::string& class_name, const std::string& unseen) {
  constexpr std::array<const char*, 3> names = {"length", "width", "height"};
  std::vector<const char*> seen, usual;
  for (std::size_t i = 0; i < 3; ++i) (fit.seen[i] ? seen : usual).push_back(names[i]);
  std::string text = fmt::format("{} fitted, {:.0f} % sure", class_name, 100 * fit.confidence);
  if (!seen.empty()) text += fmt::format(" · seen: {}", fmt::join(seen, ", "));
  if (!usual.empty()) text += fmt::format(" · {}: {}", unseen, fmt::join(usual, ", "));
  if (!fit.heading_sure) text += " · which end is the front is a guess: G turns it round";
  return text;
}

}  // namespace sweepmark::gui
