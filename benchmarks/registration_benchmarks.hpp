// Whole-sweep registration: two sweeps of a real drive, from their points as they were read to the pose
// between them, downsampling and covariances included.
#pragma once

#include <Eigen/Geometry>
#include <memory>
#include <vector>

#include "core/cloud/point_cloud.hpp"

namespace sweepmark::bench {

// registration/ours and registration/pcl on the first two sweeps of KITTI tracking 0000, and
// registration/{ours,pcl}/sample on two of the sample drive, where they are there: how long, and how far the
// result is from the truth.
void register_registration();

// PCL's: voxel grid with `leaf_m`, then GeneralizedIterativeClosestPoint as it comes, from the identity.
// In a file of its own, for its headers take long to compile.
Eigen::Isometry3d target_from_source_by_pcl(const PointCloud& target, const PointCloud& source, float leaf_m);

}  // namespace sweepmark::bench
