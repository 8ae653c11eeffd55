// A box from one click: the same clicks on real cars for each way, from the sweep's points to the box.
#pragma once

#include <cstdint>

#include "core/cloud/point_cloud.hpp"
#include "core/geometry/box3.hpp"

namespace sweepmark::bench {

// fit/ours and fit/pcl on the cars of KITTI tracking 0000 and of the sample drive, where they are there: how
// long a click takes, and the share of the boxes whose bird's-eye IoU with the true one is at least 0.7.
void register_fit();

// PCL's usual chain about a click: crop 8 m round it, take the ground away (RANSAC plane), cluster what is
// left (Euclidean, 0.5 m), and an oriented box by the moment of inertia of the cluster the click is in.
// `cloud` in the frame of an upright sensor. A box of no size where there is no such cluster. In a file of
// its own, for its headers take long to compile.
Box3<Sensor> box_by_pcl(const PointCloud& cloud, std::uint32_t clicked);

}  // namespace sweepmark::bench
