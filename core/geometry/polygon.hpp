// Plane polygons: counter-clockwise vertices, the last joined to the first.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace sweepmark {

using Polygon2 = std::vector<Eigen::Vector2d>;

// Positive for counter-clockwise vertices.
double signed_area(const Polygon2& polygon);

// The smallest convex polygon round the points, counter-clockwise, no three corners in line (Andrew's
// monotone chain, 1979).
Polygon2 convex_hull(std::vector<Eigen::Vector2d> points);

// What two convex polygons share (Sutherland & Hodgman 1974). Empty where they do not overlap.
Polygon2 convex_intersection(const Polygon2& subject, const Polygon2& clip);

// Even-odd rule; any simple or self-crossing polygon.
bool contains(const Polygon2& polygon, const Eigen::Vector2d& point);

}  // namespace sweepmark
