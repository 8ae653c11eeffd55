// Rigid transforms that know the frames they lead between. Composing or applying them in a wrong order does
// not compile.
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>

#include "core/geometry/frames.hpp"

namespace sweepmark {

// Takes coordinates in frame From to coordinates in frame To. Named by both: world_from_ego.
template <class To, class From>
class Pose {
 public:
  Pose() = default;
  Pose(const Eigen::Quaterniond& rotation, const Eigen::Vector3d& translation)
      : rotation_(rotation.normalized()), translation_(translation) {}
  // The nearest rotation to `matrix`'s upper left 3×3 is taken, for files print few digits.
  static Pose from_matrix(const Eigen::Matrix4d& matrix);

  // Takes the quaternion bit for bit; the caller knows that it is a unit.
  static Pose from_unit(const Eigen::Quaterniond& rotation, const Eigen::Vector3d& translation) {
    Pose pose;
    pose.rotation_ = rotation;
    pose.translation_ = translation;
    return pose;
  }

  const Eigen::Quaterniond& rotation() const { return rotation_; }
  const Eigen::Vector3d& translation() const { return translation_; }
  Eigen::Matrix4d matrix() const {
    Eigen::Matrix4d result = Eigen::Matrix4d::Identity();
    result.topLeftCorner<3, 3>() = rotation_.toRotationMatrix();
    result.topRightCorner<3, 1>() = translation_;
    return result;
  }
  Pose<From, To> inverse() const {
    const Eigen::Quaterniond back = rotation_.conjugate();
    return Pose<From, To>(back, back * -translation_);
  }

 private:
  Eigen::Quaterniond rotation_ = Eigen::Quaterniond::Identity();
  Eigen::Vector3d translation_ = Eigen::Vector3d::Zero();
};

template <class A, class B, class C>
Pose<A, C> operator*(const Pose<A, B>& a_from_b, const Pose<B, C>& b_from_c) {
  return Pose<A, C>(a_from_b.rotation() * b_from_c.rotation(),
                    a_from_b.rotation() * b_from_c.translation() + a_from_b.translation());
}

template <class A, class B>
Point<A> operator*(const Pose<A, B>& a_from_b, const Point<B>& point) {
  return Point<A>(a_from_b.rotation() * point.metres + a_from_b.translation());
}

// Orthonormalises by singular value decomposition, det = +1 (the closest rotation in the Frobenius norm).
Eigen::Quaterniond nearest_rotation(const Eigen::Matrix3d& matrix);

template <class To, class From>
Pose<To, From> Pose<To, From>::from_matrix(const Eigen::Matrix4d& matrix) {
  return Pose(nearest_rotation(matrix.topLeftCorner<3, 3>()), matrix.topRightCorner<3, 1>());
}

// The pose a fraction `t` of the way from `a` to `b`: straight line, shortest rotation. t outside 0…1
// extrapolates.
template <class To, class From>
Pose<To, From> interpolated(const Pose<To, From>& a, const Pose<To, From>& b, double t) {
  return Pose<To, From>(a.rotation().slerp(t, b.rotation()),
                        a.translation() + t * (b.translation() - a.translation()));
}

}  // namespace sweepmark
