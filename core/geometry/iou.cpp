#include "core/geometry/iou.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "core/geometry/polygon.hpp"

namespace sweepmark::detail {

namespace {

using Face = std::vector<Eigen::Vector3d>;  // convex, counter-clockwise seen from outside
using Polyhedron = std::vector<Face>;

struct HalfSpace {  // keeps normal·x ≤ offset
  Eigen::Vector3d normal;
  double offset;
  double outside_by(const Eigen::Vector3d& x) const { return normal.dot(x) - offset; }
};

Polyhedron polyhedron_of(const Pose<World, BoxLocal>& pose, const Eigen::Vector3d& size) {
  static constexpr std::array<std::array<unsigned, 4>, 6> faces = {
      {{1, 3, 7, 5}, {0, 4, 6, 2}, {2, 6, 7, 3}, {0, 1, 5, 4}, {4, 5, 7, 6}, {0, 2, 3, 1}}};
  const auto corners = Box3<World>{pose, size}.corners();
  Polyhedron result;
  for (const auto& face : faces) {
    Face polygon;
    for (const unsigned corner : face) polygon.push_back(corners[corner].metres);
    result.push_back(std::move(polygon));
  }
  return result;
}

// The part of a face inside; the points where it crosses the plane are added to `rim`.
Face clipped(const Face& face, const HalfSpace& space, std::vector<Eigen::Vector3d>& rim) {
  Face result;
  for (std::size_t i = 0; i < face.size(); ++i) {
    const Eigen::Vector3d &here = face[i], &next = face[(i + 1) % face.size()];
    const double out_here = space.outside_by(here), out_next = space.outside_by(next);
    if (out_here <= 0.0) result.push_back(here);
    if (out_here == 0.0) rim.push_back(here);
    if ((out_here < 0.0 && out_next > 0.0) || (out_here > 0.0 && out_next < 0.0)) {
      result.push_back(here + (out_here / (out_here - out_next)) * (next - here));
      rim.push_back(result.back());
    }
  }
  return result;
}

// The face that closes the cut: the convex hull of the rim within the plane.
Face cap_of(const std::vector<Eigen::Vector3d>& rim, const Eigen::Vector3d& normal) {
  const Eigen::Vector3d u = normal.unitOrthogonal(), v = normal.cross(u);
  Polygon2 flat;
  for (const Eigen::Vector3d& point : rim) flat.emplace_back(u.dot(point - rim[0]), v.dot(point - rim[0]));
  Face cap;
  for (const Eigen::Vector2d& corner : convex_hull(std::move(flat)))
    cap.push_back(rim[0] + corner.x() * u + corner.y() * v);
  return cap;
}

Polyhedron clipped(const Polyhedron& solid, const HalfSpace& space) {
  Polyhedron result;
  std::vector<Eigen::Vector3d> rim;
  bool cut = false;
  for (const Face& face : solid) {
    for (const Eigen::Vector3d& corner : face) cut = cut || space.outside_by(corner) > 0.0;
    Face rest = clipped(face, space, rim);
    if (rest.size() >= 3) result.push_back(std::move(rest));
  }
  if (!cut) return solid;
  if (Face cap = rim.empty() ? Face{} : cap_of(rim, space.normal); cap.size() >= 3)
    result.push_back(std::move(cap));
  return result;
}

double volume_of(const Polyhedron& solid) {
  double six_times = 0.0;
  for (const Face& face : solid)
    for (std::size_t i = 2; i < face.size(); ++i) six_times += face[0].dot(face[i - 1].cross(face[i]));
  return std::max(0.0, six_times / 6.0);
}

Polygon2 footprint(const Box3<World>& box) {
  std::vector<Eigen::Vector2d> shadow;
  for (const auto& corner : box.corners()) shadow.emplace_back(corner.x(), corner.y());
  return convex_hull(std::move(shadow));
}

}  // namespace

double shared_volume(const Pose<World, BoxLocal>& pose_a, const Eigen::Vector3d& size_a,
                     const Pose<World, BoxLocal>& pose_b, const Eigen::Vector3d& size_b) {
  if (size_a.minCoeff() <= 0.0 || size_b.minCoeff() <= 0.0) return 0.0;
  // In b's own frame: its planes are the axes, and distance from the world's origin costs no precision.
  const Pose<BoxLocal, BoxLocal> b_from_a = pose_b.inverse() * pose_a;
  if (b_from_a.translation().norm() > 0.5 * (size_a.norm() + size_b.norm())) return 0.0;
  Polyhedron shared =
      polyhedron_of(Pose<World, BoxLocal>(b_from_a.rotation(), b_from_a.translation()), size_a);
  for (int axis = 0; axis < 3 && !shared.empty(); ++axis)
    for (const double sign : {1.0, -1.0})
      shared = clipped(shared, {sign * Eigen::Vector3d::Unit(axis), 0.5 * size_b[axis]});
  return std::min(volume_of(shared), std::min(size_a.prod(), size_b.prod()));
}

double footprint_iou(const Box3<World>& a, const Box3<World>& b) {
  const Polygon2 shadow_a = footprint(a), shadow_b = footprint(b);
  const double area_a = signed_area(shadow_a), area_b = signed_area(shadow_b);
  const double shared = std::max(0.0, signed_area(convex_intersection(shadow_a, shadow_b)));
  const double joined = area_a + area_b - shared;
  return joined > 0.0 ? std::min(1.0, shared / joined) : 0.0;
}

}  // namespace sweepmark::detail
