// Intersection over union of rotated boxes, exact up to rounding: no sampling, no axis-aligned shortcut.
#pragma once

#include <Eigen/Core>

#include "core/geometry/box3.hpp"

namespace sweepmark {

namespace detail {
// Volume shared by two boxes whose corners are given in one frame: the first is cut by the six planes of the
// second, the remaining polyhedron's volume follows from the divergence theorem.
double shared_volume(const Pose<World, BoxLocal>& pose_a, const Eigen::Vector3d& size_a,
                     const Pose<World, BoxLocal>& pose_b, const Eigen::Vector3d& size_b);
double footprint_iou(const Box3<World>& a, const Box3<World>& b);
template <class F>
Box3<World> untagged(const Box3<F>& box) {
  return {Pose<World, BoxLocal>(box.pose.rotation(), box.pose.translation()), box.size};
}
}  // namespace detail

template <class F>
double intersection_volume(const Box3<F>& a, const Box3<F>& b) {
  const Box3<World> ua = detail::untagged(a), ub = detail::untagged(b);
  return detail::shared_volume(ua.pose, ua.size, ub.pose, ub.size);
}

// In 0…1. Boxes of no volume share nothing with anything.
template <class F>
double iou_3d(const Box3<F>& a, const Box3<F>& b) {
  const double shared = intersection_volume(a, b);
  const double joined = a.volume() + b.volume() - shared;
  return joined > 0.0 ? shared / joined : 0.0;
}

// Of the boxes' shadows on the xy plane (the convex hull of the projected corners, also where a box is
// tilted).
template <class F>
double iou_bev(const Box3<F>& a, const Box3<F>& b) {
  return detail::footprint_iou(detail::untagged(a), detail::untagged(b));
}

}  // namespace sweepmark
