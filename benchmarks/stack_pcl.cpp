#include <pcl/octree/octree_pointcloud.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>

#include "benchmarks/stack_benchmarks.hpp"

namespace sweepmark::bench {

std::size_t octree_by_pcl(const float* x, const float* y, const float* z, std::size_t points, double edge_m) {
  const pcl::PointCloud<pcl::PointXYZ>::Ptr cloud(new pcl::PointCloud<pcl::PointXYZ>);
  cloud->reserve(points);
  for (std::size_t i = 0; i < points; ++i) cloud->emplace_back(x[i], y[i], z[i]);
  pcl::octree::OctreePointCloud<pcl::PointXYZ> octree(edge_m);
  octree.setInputCloud(cloud);
  octree.addPointsFromInputCloud();
  return octree.getLeafCount();
}

}  // namespace sweepmark::bench
