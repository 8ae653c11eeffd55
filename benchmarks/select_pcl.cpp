// The same points and the same rectangle on the screen by PCL's frustum filter.
#include <pcl/filters/frustum_culling.h>

#include <numbers>
#include <string>

#include "benchmarks/select_benchmarks.hpp"

namespace sweepmark::bench {

namespace {

using Cloud = pcl::PointCloud<pcl::PointXYZ>;

struct Case {
  Cloud::Ptr cloud;
  ViewCamera camera;
};

Case make_case() {
  Case result{std::make_shared<Cloud>(), {}};
  const auto blocks = make_blocks(select_points);
  result.camera = camera_over(*blocks[blocks.size() / 2]);
  for (const auto& block : blocks)
    for (std::size_t i = 0; i < block->size(); ++i) {
      const Eigen::Vector3f p = block->position(i).cast<float>();
      result.cloud->push_back({p.x(), p.y(), p.z()});
    }
  return result;
}

// PCL's camera looks along its x, z up.
Eigen::Matrix4f pose_of(const ViewCamera& camera) {
  Eigen::Matrix4f pose = Eigen::Matrix4f::Identity();
  pose.col(0).head<3>() = camera.forward().cast<float>();
  pose.col(1).head<3>() = -camera.right().cast<float>();
  pose.col(2).head<3>() = camera.up().cast<float>();
  pose.col(3).head<3>() = camera.eye().metres.cast<float>();
  return pose;
}

float degrees_of(double tangent) {
  return static_cast<float>(2.0 * std::atan(tangent) * 180.0 / std::numbers::pi);
}

void measure(benchmark::State& state) {
  static const Case kept = make_case();
  const double up = rectangle_share * std::tan(0.5 * kept.camera.vertical_fov);
  const DepthRange range = depth_range(kept.camera);
  pcl::FrustumCulling<pcl::PointXYZ> filter;
  filter.setInputCloud(kept.cloud);
  filter.setVerticalFOV(degrees_of(up));
  filter.setHorizontalFOV(degrees_of(up * viewport.width / viewport.height));
  filter.setNearPlaneDistance(static_cast<float>(range.near));
  filter.setFarPlaneDistance(static_cast<float>(range.far));
  filter.setCameraPose(pose_of(kept.camera));
  pcl::Indices chosen;
  for (auto _ : state) filter.filter(chosen);
  state.counters["chosen"] = static_cast<double>(chosen.size());
}

}  // namespace

void register_select_pcl() {
  benchmark::RegisterBenchmark(("select/rectangle/pcl/" + std::to_string(select_points)).c_str(), measure)
      ->Unit(benchmark::kMillisecond)
      ->UseRealTime();
}

}  // namespace sweepmark::bench
