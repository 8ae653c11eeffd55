#include "core/geometry/polygon.hpp"

#include <algorithm>

namespace sweepmark {

namespace {

double cross(const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
  return a.x() * b.y() - a.y() * b.x();
}

double turn(const Eigen::Vector2d& a, const Eigen::Vector2d& b, const Eigen::Vector2d& c) {
  return cross(b - a, c - a);
}

// Keeps what lies left of the line a→b.
Polygon2 clipped_by_line(const Polygon2& polygon, const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
  Polygon2 result;
  for (std::size_t i = 0; i < polygon.size(); ++i) {
    const Eigen::Vector2d& here = polygon[i];
    const Eigen::Vector2d& next = polygon[(i + 1) % polygon.size()];
    const double side_here = turn(a, b, here), side_next = turn(a, b, next);
    if (side_here >= 0.0) result.push_back(here);
    if ((side_here > 0.0 && side_next < 0.0) || (side_here < 0.0 && side_next > 0.0))
      result.push_back(here + (side_here / (side_here - side_next)) * (next - here));
  }
  return result;
}

}  // namespace

double signed_area(const Polygon2& polygon) {
  // About the first corner, so that far-off coordinates cost no precision.
  double twice = 0.0;
  for (std::size_t i = 2; i < polygon.size(); ++i) twice += turn(polygon[0], polygon[i - 1], polygon[i]);
  return 0.5 * twice;
}

Polygon2 convex_hull(std::vector<Eigen::Vector2d> points) {
  const auto less = [](const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
    return a.x() != b.x() ? a.x() < b.x() : a.y() < b.y();
  };
  std::ranges::sort(points, less);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  if (points.size() < 3) return points;
  Polygon2 hull;
  const auto add_chain = [&hull](auto first, auto last) {
    const std::size_t base = hull.size();
    for (; first != last; ++first) {
      while (hull.size() >= base + 2 && turn(hull[hull.size() - 2], hull.back(), *first) <= 0.0)
        hull.pop_back();
      hull.push_back(*first);
    }
    hull.pop_back();  // it begins the next chain
  };
  add_chain(points.begin(), points.end());
  add_chain(points.rbegin(), points.rend());
  return hull;
}

Polygon2 convex_intersection(const Polygon2& subject, const Polygon2& clip) {
  if (subject.size() < 3 || clip.size() < 3) return {};
  Polygon2 result = subject;
  for (std::size_t i = 0; i < clip.size() && !result.empty(); ++i)
    result = clipped_by_line(result, clip[i], clip[(i + 1) % clip.size()]);
  return result.size() < 3 ? Polygon2{} : result;
}

bool contains(const Polygon2& polygon, const Eigen::Vector2d& point) {
  bool inside = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Eigen::Vector2d &a = polygon[i], &b = polygon[j];
    if ((a.y() > point.y()) != (b.y() > point.y()) &&
        point.x() < (b.x() - a.x()) * (point.y() - a.y()) / (b.y() - a.y()) + a.x())
      inside = !inside;
  }
  return inside;
}

}  // namespace sweepmark
