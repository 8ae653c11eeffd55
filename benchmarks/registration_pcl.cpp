#include <pcl/filters/voxel_grid.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>
#include <pcl/registration/gicp.h>

#include "benchmarks/registration_benchmarks.hpp"

namespace sweepmark::bench {

namespace {

using Points = pcl::PointCloud<pcl::PointXYZ>;

Points::Ptr downsampled(const PointCloud& cloud, float leaf_m) {
  const Points::Ptr all(new Points);
  all->reserve(cloud.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) all->emplace_back(cloud.x[i], cloud.y[i], cloud.z[i]);
  pcl::VoxelGrid<pcl::PointXYZ> grid;
  grid.setLeafSize(leaf_m, leaf_m, leaf_m);
  grid.setInputCloud(all);
  const Points::Ptr few(new Points);
  grid.filter(*few);
  return few;
}

}  // namespace

Eigen::Isometry3d target_from_source_by_pcl(const PointCloud& target, const PointCloud& source,
                                            float leaf_m) {
  pcl::GeneralizedIterativeClosestPoint<pcl::PointXYZ, pcl::PointXYZ> gicp;
  gicp.setInputTarget(downsampled(target, leaf_m));
  gicp.setInputSource(downsampled(source, leaf_m));
  Points aligned;
  gicp.align(aligned);
  return Eigen::Isometry3d(gicp.getFinalTransformation().cast<double>());
}

}  // namespace sweepmark::bench
