// A scene as a lidar at the origin sees it.
#pragma once

#include <algorithm>
#include <random>
#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark::test {

inline const Eigen::Vector3d car_size(4.2, 1.8, 1.5);

// Points where a lidar at the origin, 1.7 m above the ground, would see them: the ground that no box hides,
// and those sides of a box whose normals face it.
class SeenScene {
 public:
  explicit SeenScene(double ground) : ground_(ground) {}

  void add_ground(double reach, double step) {
    for (double x = -reach; x <= reach; x += step)
      for (double y = -reach; y <= reach; y += step) ground_points_.push_back({x, y, ground_ + noise()});
  }
  void add_box(const Box3<Ego>& box, double step) {
    boxes_.push_back(box);
    for (int axis = 0; axis < 2; ++axis)
      for (const double sign : {-1.0, 1.0}) {
        const Eigen::Vector3d normal = box.pose.rotation() * (sign * Eigen::Vector3d::Unit(axis));
        const Eigen::Vector3d middle =
            (box.pose * Point<BoxLocal>(0.5 * sign * box.size[axis] * Eigen::Vector3d::Unit(axis))).metres;
        if (normal.dot(-middle) > 0) add_side(box, axis, sign, step);
      }
  }
  void add(const Eigen::Vector3d& p) {
    x_.push_back(static_cast<float>(p.x()));
    y_.push_back(static_cast<float>(p.y()));
    z_.push_back(static_cast<float>(p.z()));
  }
  PointCloud cloud() const {
    SeenScene all = *this;
    for (const Eigen::Vector3d& p : ground_points_)
      if (std::ranges::none_of(boxes_, [&p](const Box3<Ego>& box) { return hides(box, p); })) all.add(p);
    return make_point_cloud(all.x_, all.y_, all.z_, {});
  }

 private:
  // Whether the way from the origin to `p` leads through the box.
  static bool hides(const Box3<Ego>& box, const Eigen::Vector3d& p) {
    const Pose<BoxLocal, Ego> local_from_ego = box.pose.inverse();
    const Eigen::Vector3d from = (local_from_ego * Point<Ego>(0, 0, 0)).metres;
    const Eigen::Vector3d way = (local_from_ego * Point<Ego>(p)).metres - from;
    double enter = 0, leave = 1;
    for (int axis = 0; axis < 3; ++axis) {
      const double t0 = (-0.5 * box.size[axis] - from[axis]) / way[axis];
      const double t1 = (0.5 * box.size[axis] - from[axis]) / way[axis];
      enter = std::max(enter, std::min(t0, t1));
      leave = std::min(leave, std::max(t0, t1));
    }
    return enter < leave;
  }
  double noise() { return std::normal_distribution(0.0, 0.015)(random_); }
  void add_side(const Box3<Ego>& box, int axis, double sign, double step) {
    const int other = 1 - axis;
    for (double s = -0.5 * box.size[other]; s <= 0.5 * box.size[other]; s += step)
      for (double z = -0.5 * box.size.z(); z <= 0.5 * box.size.z(); z += step) {
        Eigen::Vector3d local = Eigen::Vector3d::Zero();
        local[axis] = 0.5 * sign * box.size[axis] + noise();
        local[other] = s;
        local.z() = z;
        add((box.pose * Point<BoxLocal>(local)).metres);
      }
  }

  double ground_;
  std::vector<float> x_, y_, z_;
  std::vector<Eigen::Vector3d> ground_points_;
  std::vector<Box3<Ego>> boxes_;
  std::mt19937 random_{7};
};

inline Box3<Ego> standing_car(double x, double y, double yaw, double ground) {
  return upright_box(Point<Ego>(x, y, ground + 0.5 * car_size.z()), yaw, car_size);
}

}  // namespace sweepmark::test
