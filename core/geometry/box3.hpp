// A cuboid: centre and heading as a pose, full size, any rotation.
#pragma once

#include <array>
#include <cmath>

#include "core/geometry/pose.hpp"
#include "core/geometry/rotation.hpp"

namespace sweepmark {

template <class F>
struct Box3 {
  Pose<F, BoxLocal> pose;                          // origin at the centre of the box
  Eigen::Vector3d size = Eigen::Vector3d::Ones();  // full length (x), width (y), height (z); metres

  double length() const { return size.x(); }
  double width() const { return size.y(); }
  double height() const { return size.z(); }
  double volume() const { return size.prod(); }
  double yaw() const { return yaw_of(pose.rotation()); }
  Point<F> centre() const { return Point<F>(pose.translation()); }

  // Corner i has local x, y, z of sign (+ where bit 0, 1, 2 of i is set).
  std::array<Point<F>, 8> corners() const {
    std::array<Point<F>, 8> result;
    for (unsigned i = 0; i < 8; ++i) {
      const Eigen::Vector3d sign((i & 1u) ? 0.5 : -0.5, (i & 2u) ? 0.5 : -0.5, (i & 4u) ? 0.5 : -0.5);
      result[i] = pose * Point<BoxLocal>(sign.cwiseProduct(size));
    }
    return result;
  }

  // The border belongs to the box.
  bool contains(const Point<F>& point) const {
    const Eigen::Vector3d local = (pose.inverse() * point).metres;
    return (local.cwiseAbs().array() <= 0.5 * size.array()).all();
  }
};

// The twelve edges, as pairs of corner numbers.
inline constexpr std::array<std::array<unsigned, 2>, 12> box_edges = {
    {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}}};

template <class A, class B>
Box3<A> operator*(const Pose<A, B>& a_from_b, const Box3<B>& box) {
  return Box3<A>{a_from_b * box.pose, box.size};
}

// An upright box. `centre` is the middle of the box, not of its bottom.
template <class F>
Box3<F> upright_box(const Point<F>& centre, double yaw, const Eigen::Vector3d& size) {
  return Box3<F>{Pose<F, BoxLocal>(rotation_about_z(yaw), centre.metres), size};
}

}  // namespace sweepmark
