#include <pcl/common/io.h>
#include <pcl/features/moment_of_inertia_estimation.h>
#include <pcl/point_cloud.h>
#include <pcl/point_types.h>
#include <pcl/search/kdtree.h>
#include <pcl/segmentation/extract_clusters.h>
#include <pcl/segmentation/sac_segmentation.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "benchmarks/fit_benchmarks.hpp"

namespace sweepmark::bench {

namespace {

using Points = pcl::PointCloud<pcl::PointXYZ>;

constexpr float crop_m = 8.0f, on_ground_m = 0.2f, cluster_step_m = 0.5f;

Points::Ptr cropped(const PointCloud& cloud, std::uint32_t clicked) {
  const Points::Ptr near(new Points);
  for (std::uint32_t i = 0; i < cloud.size(); ++i)
    if (std::hypot(cloud.x[i] - cloud.x[clicked], cloud.y[i] - cloud.y[clicked]) <= crop_m)
      near->emplace_back(cloud.x[i], cloud.y[i], cloud.z[i]);
  return near;
}

Points::Ptr above_the_ground(const Points::Ptr& all) {
  pcl::SACSegmentation<pcl::PointXYZ> segmentation;
  segmentation.setOptimizeCoefficients(true);
  segmentation.setModelType(pcl::SACMODEL_PERPENDICULAR_PLANE);
  segmentation.setAxis(Eigen::Vector3f::UnitZ());
  segmentation.setEpsAngle(0.2);
  segmentation.setMethodType(pcl::SAC_RANSAC);
  segmentation.setMaxIterations(100);
  segmentation.setDistanceThreshold(on_ground_m);
  segmentation.setInputCloud(all);
  pcl::PointIndices inliers;
  pcl::ModelCoefficients plane;
  segmentation.segment(inliers, plane);
  if (inliers.indices.empty()) return all;
  const float sign = plane.values[2] < 0 ? -1.0f : 1.0f;
  const Points::Ptr above(new Points);
  for (const pcl::PointXYZ& p : *all)
    if (sign * (plane.values[0] * p.x + plane.values[1] * p.y + plane.values[2] * p.z + plane.values[3]) >
        on_ground_m)
      above->push_back(p);
  return above;
}

// The cluster that comes nearest to the click.
Points::Ptr cluster_at(const Points::Ptr& standing, const Eigen::Vector3f& click) {
  const pcl::search::KdTree<pcl::PointXYZ>::Ptr tree(new pcl::search::KdTree<pcl::PointXYZ>);
  tree->setInputCloud(standing);
  pcl::EuclideanClusterExtraction<pcl::PointXYZ> extraction;
  extraction.setClusterTolerance(cluster_step_m);
  extraction.setMinClusterSize(3);
  extraction.setSearchMethod(tree);
  extraction.setInputCloud(standing);
  std::vector<pcl::PointIndices> clusters;
  extraction.extract(clusters);
  const Points::Ptr found(new Points);
  float nearest = std::numeric_limits<float>::max();
  for (const pcl::PointIndices& cluster : clusters)
    for (const int i : cluster.indices) {
      const float off = ((*standing)[static_cast<std::size_t>(i)].getVector3fMap() - click).squaredNorm();
      if (off >= nearest) continue;
      nearest = off;
      pcl::copyPointCloud(*standing, cluster, *found);
    }
  return found;
}

}  // namespace

Box3<Sensor> box_by_pcl(const PointCloud& cloud, std::uint32_t clicked) {
  Box3<Sensor> box;
  box.size.setZero();
  const Points::Ptr standing = above_the_ground(cropped(cloud, clicked));
  if (standing->size() < 3) return box;
  const Points::Ptr cluster = cluster_at(standing, cloud.position(clicked).cast<float>());
  if (cluster->size() < 3) return box;
  // Seen from above, so that the box stands upright.
  for (pcl::PointXYZ& p : *cluster) p.z = 0.0f;
  pcl::MomentOfInertiaEstimation<pcl::PointXYZ> estimation;
  estimation.setInputCloud(cluster);
  estimation.compute();
  pcl::PointXYZ low, high, position;
  Eigen::Matrix3f rotation;
  estimation.getOBB(low, high, position, rotation);
  const Eigen::Vector3d axis = rotation.col(0).cast<double>();
  return upright_box(Point<Sensor>(position.x, position.y, cloud.z[clicked]), std::atan2(axis.y(), axis.x()),
                     {high.x - low.x, high.y - low.y, 1.5});
}

}  // namespace sweepmark::bench
