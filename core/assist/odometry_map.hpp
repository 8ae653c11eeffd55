// The surfaces about the vehicle, as the sweeps so far have seen them.
#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <cstdint>
#include <span>

#include "core/assist/registration_surfels.hpp"

namespace sweepmark {

class OdometryMap {
 public:
  OdometryMap(double voxel_m, double range_m) : surfels_{VoxelMap(voxel_m), {}}, range_(range_m) {}

  // Adds the points of a sweep (ego frame) and forgets what lies farther than the range from the vehicle.
  // A cube takes a bounded number of points: what was seen first, with the least drift, stays.
  void add(std::span<const Eigen::Vector3d> points, const Eigen::Isometry3d& world_from_ego);

  bool empty() const { return surfels_.surfels.empty(); }
  const SurfelMap& surfels() const { return surfels_; }
  // The same in cubes of twice the edge `doublings` times.
  SurfelMap coarser(int doublings) const;

 private:
  void forget_beyond(const Eigen::Vector3d& centre);

  SurfelMap surfels_;  // in the world frame
  double range_;
  Eigen::Vector3d forgotten_about_ = Eigen::Vector3d::Zero();
};

}  // namespace sweepmark
