#include "app/gui/view3d_handles.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark::gui {

namespace {

constexpr double least_slant = 0.2;  // sine between the line of sight and a face's normal

std::vector<BoxHandle> handles_by_rank() {
  std::vector<BoxHandle> handles = {{BoxHandle::Kind::heading, FaceSigns::Zero()},
                                    {BoxHandle::Kind::centre, FaceSigns::Zero()}};
  for (const FaceSigns& face : box_faces) handles.push_back({BoxHandle::Kind::face, face});
  for (const int a : {1, -1})
    for (const int b : {1, -1}) handles.push_back({BoxHandle::Kind::corner, {a, b, 0}});
  return handles;
}

Point<World> place_in_world(const Box3<World>& box, const BoxHandle& handle) {
  return box.pose * place_of(handle, box.size, heading_reach(box.size));
}

Eigen::Vector3d normal_of(const Box3<World>& box, const BoxHandle& handle) {
  return box.pose.rotation() * handle.faces.cast<double>().normalized();
}

// A corner looks towards the eye where either of its faces does.
bool looks_at(const Box3<World>& box, const BoxHandle& handle, const ViewRay& sight) {
  if (handle.faces.isZero()) return true;
  for (int axis = 0; axis < 3; ++axis) {
    const Eigen::Vector3d normal = handle.faces[axis] * (box.pose.rotation() * Eigen::Vector3d::Unit(axis));
    if (normal.dot(sight.direction) < 0) return true;
  }
  return false;
}

bool seen_end_on(const Box3<World>& box, const BoxHandle& handle, const ViewRay& sight) {
  return handle.kind == BoxHandle::Kind::face &&
         sight.direction.cross(normal_of(box, handle)).norm() < least_slant;
}

double extent_on_screen(const Box3<World>& box, const ViewCamera& camera, Viewport viewport) {
  Eigen::Vector2d low = Eigen::Vector2d::Constant(1e9), high = -low;
  for (const Point<World>& corner : box.corners()) {
    const auto pixel = camera.pixel_from(corner, viewport);
    if (!pixel) continue;
    low = low.cwiseMin(*pixel);
    high = high.cwiseMax(*pixel);
  }
  return (high - low).maxCoeff();
}

// Where on the line through `origin` along `direction` a ray comes nearest to it, in metres from `origin`.
std::optional<double> nearest_on_line(const Eigen::Vector3d& origin, const Eigen::Vector3d& direction,
                                      const ViewRay& ray) {
  const double along = direction.dot(ray.direction), slant = 1 - along * along;
  if (slant < 1e-4) return std::nullopt;
  const Eigen::Vector3d between = ray.origin.metres - origin;
  return (direction.dot(between) - along * ray.direction.dot(between)) / slant;
}

}  // namespace

std::vector<SeenHandle> handles_in_view(const Box3<World>& box, const ViewCamera& camera, Viewport viewport,
                                        double spacing) {
  if (extent_on_screen(box, camera, viewport) < spacing) return {};
  std::vector<SeenHandle> candidates;
  for (const BoxHandle& handle : handles_by_rank()) {
    const auto pixel = camera.pixel_from(place_in_world(box, handle), viewport);
    if (!pixel) continue;
    const ViewRay sight = camera.ray_through(*pixel, viewport);
    if (!seen_end_on(box, handle, sight))
      candidates.push_back({handle, *pixel, looks_at(box, handle, sight)});
  }
  std::ranges::stable_sort(candidates, {}, [](const SeenHandle& seen) {
    if (seen.handle.kind == BoxHandle::Kind::corner) return seen.faces_eye ? 3 : 4;
    return seen.handle.kind == BoxHandle::Kind::face ? (seen.faces_eye ? 1 : 2) : 0;
  });
  std::vector<SeenHandle> kept;
  for (const SeenHandle& seen : candidates)
    if (std::ranges::none_of(
            kept, [&](const SeenHandle& other) { return (other.pixel - seen.pixel).norm() < spacing; }))
      kept.push_back(seen);
  return kept;
}

std::optional<BoxHandle> handle_near(std::span<const SeenHandle> handles, const Eigen::Vector2d& mouse,
                                     double radius) {
  std::optional<BoxHandle> nearest;
  for (const SeenHandle& seen : handles) {
    const double distance = (seen.pixel - mouse).norm();
    if (distance > radius) continue;
    nearest = seen.handle;
    radius = std::nextafter(distance, 0.0);
  }
  return nearest;
}

std::optional<Eigen::Vector3d> motion_between(const Box3<World>& start, const BoxHandle& handle,
                                              const ViewRay& taken, const ViewRay& now) {
  const Point<World> place = place_in_world(start, handle);
  if (handle.kind == BoxHandle::Kind::face) {
    const Eigen::Vector3d normal = normal_of(start, handle);
    const auto before = nearest_on_line(place.metres, normal, taken),
               after = nearest_on_line(place.metres, normal, now);
    if (!before || !after) return std::nullopt;
    return (*after - *before) * normal;
  }
  const auto before = meet_horizontal_plane(taken, place.z()), after = meet_horizontal_plane(now, place.z());
  if (!before || !after) return std::nullopt;
  return after->metres - before->metres;
}

}  // namespace sweepmark::gui
