// Where an object whose shape is known stands in a sweep.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>

#include "core/assist/object_crop.hpp"
#include "core/assist/object_model.hpp"

namespace sweepmark {

// Of a box's pose, in the box's own frame: x, y, z in metres, then a rotation vector in radians. The same
// whatever frame the box is given in.
using PoseInformation = Eigen::Matrix<double, 6, 6>;

// A prior that holds each direction within a standard deviation. Metres, radians.
PoseInformation prior_within(const Eigen::Vector3d& place, const Eigen::Vector3d& turn);

// The rows and columns of what an upright box has: x, y, z and the turn about its own upright.
inline constexpr std::array<int, 4> upright_axes = {0, 1, 2, 5};
inline Eigen::Matrix4d upright_part(const PoseInformation& whole) {
  return whole(upright_axes, upright_axes);
}

struct ObjectMatchOptions {
  bool upright = true;  // x, y, z and the turn about the box's own upright; false: all six
  // false: the points do not turn it, only the prior does. For what swings its limbs (a pedestrian).
  bool turns = true;
  // First the best of a grid of places this far about the start, at its heading; 0: the start alone.
  double search_radius_m = 0.0;
};

struct ObjectMatch {
  Box3<Ego> box;
  // What the points alone say, without the prior: about zero in directions they leave open, such as along a
  // side that is seen without its ends.
  PoseInformation information = PoseInformation::Zero();
  PoseInformation covariance = PoseInformation::Identity();  // with the prior; large where upright forbids
  std::size_t points = 0;                                    // of the sweep that lie on the object
  // Of the sweep's points in and close about the box, those that lie on the object: 1 where it stands alone
  // and looks as it did.
  double overlap = 0;
  double residual_m = 0;      // root mean square distance of these points to the object's surface
  double modelled_share = 0;  // of these points, those met by points seen before and not by the box alone
};

// From `start`, under a prior about it. Gauss–Newton on the distances of the sweep's points to the planes at
// the nearest points of the model (Chen & Medioni 1992; the planes as in object_model.hpp), weights after
// Geman & McClure (1985) with a width that shrinks as the pose settles (graduated non-convexity, Yang et al.,
// RA-L 2020). Where the model has nothing, a point counts against the face of the box that is nearest of
// those the sensor sees: strongly where it lies outside, weakly inside, for few objects fill their box. So an
// object of twenty points is held by its box. The ground about the box holds its height.
ObjectMatch register_object(const ObjectModel& model, const PointCloud& cloud,
                            const Pose<Ego, Sensor>& ego_from_cloud, const Box3<Ego>& start,
                            const PoseInformation& prior, const ObjectMatchOptions& options = {});

// The same for a crop about `start` (with ground and surroundings, in its frame).
ObjectMatch register_crop(const ObjectModel& model, const ObjectCrop& crop, const Box3<Ego>& start,
                          const PoseInformation& prior, const ObjectMatchOptions& options = {});

}  // namespace sweepmark
