// Points where a lidar at the origin, 1.7 m above the ground, would see them.
#pragma once

#include <Eigen/Core>
#include <random>
#include <vector>

#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark::test {

inline constexpr double ground_z = -1.7;

class SeenScene {
 public:
  explicit SeenScene(unsigned seed) : random_(seed) {}

  void add_ground(const Eigen::Vector2d& middle, double reach, double step) {
    for (double x = -reach; x <= reach; x += step)
      for (double y = -reach; y <= reach; y += step)
        add({middle.x() + x, middle.y() + y, ground_z + noise()});
  }

  // Those sides of a box whose normals face the sensor, and its top where it is lower than the sensor.
  void add_box(const Box3<Ego>& box, double step) {
    for (int axis = 0; axis < 3; ++axis)
      for (const double sign : {-1.0, 1.0}) {
        const Eigen::Vector3d outward = sign * Eigen::Vector3d::Unit(axis);
        const Eigen::Vector3d middle =
            (box.pose * Point<BoxLocal>(0.5 * outward.cwiseProduct(box.size))).metres;
        if ((box.pose.rotation() * outward).dot(-middle) > 0) add_face(box, outward, axis, step);
      }
  }

  void add(const Eigen::Vector3d& p) {
    x_.push_back(static_cast<float>(p.x()));
    y_.push_back(static_cast<float>(p.y()));
    z_.push_back(static_cast<float>(p.z()));
  }
  PointCloud cloud() const { return make_point_cloud(x_, y_, z_, {}); }

 private:
  double noise() { return std::normal_distribution(0.0, 0.015)(random_); }
  double within_step(double step) { return std::uniform_real_distribution(0.0, step)(random_); }

  void add_face(const Box3<Ego>& box, const Eigen::Vector3d& outward, int axis, double step) {
    const int u = (axis + 1) % 3, v = (axis + 2) % 3;
    for (double s = within_step(step); s <= box.size[u]; s += step)
      for (double t = within_step(step); t <= box.size[v]; t += step) {
        Eigen::Vector3d local = 0.5 * outward.cwiseProduct(box.size) + noise() * outward;
        local[u] = s - 0.5 * box.size[u];
        local[v] = t - 0.5 * box.size[v];
        add((box.pose * Point<BoxLocal>(local)).metres);
      }
  }

  std::vector<float> x_, y_, z_;
  std::mt19937 random_;
};

inline Box3<Ego> standing_box(double x, double y, double yaw, const Eigen::Vector3d& size) {
  return upright_box(Point<Ego>(x, y, ground_z + 0.5 * size.z()), yaw, size);
}

}  // namespace sweepmark::test
