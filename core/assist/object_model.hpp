// What is known of an object's shape: its points over the sweeps in which it was seen, in its box's frame.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/assist/object_crop.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark {

struct ModelPoint {
  Eigen::Vector3d position = Eigen::Vector3d::Zero();  // mean of the cell's points, box frame, metres
  Eigen::Vector3d normal = Eigen::Vector3d::UnitX();   // of the surface, unit, towards where it was seen from
  int seen = 0;                                        // points that make up the mean
};

// Thinned to one point a cell of ten centimetres (more for boxes beyond a bus). Each cell within half a metre
// of a point knows its nearest, so asking is one look-up. A normal is the least principal direction of the
// points about it; points of one scan line do not span a plane, and there the face of the box nearest to them
// decides (the regularised local covariance of generalised ICP, Segal et al., RSS 2009, with the box as what
// is known beforehand).
class ObjectModel {
 public:
  // Full size of the box, metres. Sizes that are not sound are brought to 0.2 … 40 m.
  explicit ObjectModel(const Eigen::Vector3d& size);

  // Takes in what lies in the box at one sweep, ground left out. Points up to ten centimetres outside belong.
  void add(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const Box3<Ego>& box);
  // The same for a crop about the box (with ground and surroundings, box frame).
  void add(const ObjectCrop& crop);

  const Eigen::Vector3d& size() const { return size_; }
  const std::vector<ModelPoint>& points() const { return points_; }
  // How far the box's bottom stands above the ground about it, mean over the sweeps; empty where no ground
  // was seen.
  std::optional<double> bottom_above_ground() const;

  struct Nearest {
    const ModelPoint* point = nullptr;  // null where nothing is within half a metre
    double distance = 0;                // metres
  };
  // Place in the box's frame.
  Nearest nearest(const Eigen::Vector3d& place) const;

 private:
  Eigen::Vector3i cell_of(const Eigen::Vector3d& place) const;
  bool on_grid(const Eigen::Vector3i& cell) const;
  std::size_t index_of(const Eigen::Vector3i& cell) const;
  void take_in(const Eigen::Vector3d& place, std::vector<std::int32_t>& touched);
  void tell_neighbours(std::int32_t point, const Eigen::Vector3i& cell);
  void update_normal(std::int32_t point, const Eigen::Vector3d& seen_from);

  Eigen::Vector3d size_;
  double cell_ = 0.1;
  Eigen::Vector3d corner_;  // lowest corner of the grid
  Eigen::Vector3i cells_;
  std::vector<std::int32_t> own_;      // by cell: the point that stands for it, −1 for none
  std::vector<std::int32_t> nearest_;  // by cell: the point nearest to its middle, −1 for none in reach
  std::vector<ModelPoint> points_;
  double clearance_sum_ = 0;
  int clearances_ = 0;
};

// The outward normal of the face of a box that lies nearest to a place in its frame, and how far the place
// lies outside of that face (negative inside). Only faces that can be seen from `sensor` count; where the
// sensor is inside the box all do.
struct FaceDistance {
  Eigen::Vector3d normal = Eigen::Vector3d::UnitX();
  double outside_by = 0;
};
FaceDistance nearest_face(const Eigen::Vector3d& size, const Eigen::Vector3d& place,
                          const Eigen::Vector3d& sensor);

}  // namespace sweepmark
