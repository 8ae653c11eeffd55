#include "core/assist/object_crop.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

// Rows within a ball, by the arrays alone: nearly all points of a sweep are told off by it.
std::vector<std::uint32_t> rows_in_ball(const PointCloud& cloud, const Eigen::Vector3f& middle,
                                        float radius) {
  std::vector<std::uint32_t> rows;
  const float limit = radius * radius;
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const float dx = cloud.x[i] - middle.x(), dy = cloud.y[i] - middle.y(), dz = cloud.z[i] - middle.z();
    if (dx * dx + dy * dy + dz * dz <= limit) rows.push_back(static_cast<std::uint32_t>(i));
  }
  return rows;
}

// When each point of a crop was measured, seconds after the sweep's moment. Empty where the cloud does not
// say.
std::vector<double> measured_after(const ObjectCrop& crop, const PointCloud& cloud) {
  const Channel* channel = cloud.channel("time");
  const auto* times = channel ? std::get_if<std::vector<float>>(&channel->values) : nullptr;
  if (!times) return {};
  constexpr double longest = 1.0;  // what lies further from the sweep's moment is no such time
  std::vector<double> seconds;
  for (const std::uint32_t row : crop.rows) {
    if (!(std::abs((*times)[row]) <= longest)) return {};
    seconds.push_back((*times)[row]);
  }
  return seconds;
}

double median_of(std::vector<double>& values, double share) {
  const auto nth =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::ranges::nth_element(values, nth);
  return *nth;
}

}  // namespace

ObjectCrop crop_about(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const Box3<Ego>& box,
                      const Eigen::Vector3d& margin) {
  const Pose<BoxLocal, Sensor> box_from_cloud = box.pose.inverse() * ego_from_cloud;
  const Eigen::Vector3d half = 0.5 * box.size + margin;
  const Eigen::Vector3f middle =
      (box_from_cloud.inverse().translation() - cloud.origin).cast<float>();  // of the box, in the arrays
  ObjectCrop crop;
  crop.sensor = box_from_cloud.translation();
  const Eigen::Matrix3d rotation = box_from_cloud.rotation().toRotationMatrix();
  for (const std::uint32_t row : rows_in_ball(cloud, middle, static_cast<float>(half.norm()) + 0.01f)) {
    const Eigen::Vector3d local = rotation * cloud.position(row) + box_from_cloud.translation();
    if ((local.cwiseAbs().array() > half.array()).any()) continue;
    crop.points.push_back(local);
    crop.rows.push_back(row);
  }
  return crop;
}

void undo_motion(ObjectCrop& crop, const PointCloud& cloud, const Eigen::Vector3d& box_size,
                 const Eigen::Vector3d& metres_per_second) {
  const std::vector<double> seconds = measured_after(crop, cloud);
  const Eigen::Array3d half = 0.5 * box_size.array() + 0.3;
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    if ((crop.points[i].array().abs() > half).any()) continue;
    sum += seconds[i];
    ++count;
  }
  if (count == 0) return;
  for (std::size_t i = 0; i < seconds.size(); ++i)
    crop.points[i] -= (seconds[i] - sum / count) * metres_per_second;
}

void undo_motion_since_sweep(ObjectCrop& crop, const PointCloud& cloud,
                             const Eigen::Vector3d& metres_per_second, double radians_per_second) {
  const std::vector<double> seconds = measured_after(crop, cloud);
  for (std::size_t i = 0; i < seconds.size(); ++i) {
    const Eigen::Vector3d moved = crop.points[i] - seconds[i] * metres_per_second;
    crop.points[i] = rotation_about_z(-seconds[i] * radians_per_second) * moved;
  }
}

std::optional<GroundHeight> ground_in(const ObjectCrop& crop, const Eigen::Vector3d& size) {
  constexpr std::size_t enough_points = 8;
  constexpr double highest_above_bottom = 0.5, thickness = 0.15;
  std::vector<double> heights;
  for (const Eigen::Vector3d& p : crop.points)
    if (p.z() < -0.5 * size.z() + highest_above_bottom) heights.push_back(p.z());
  if (heights.size() < enough_points) return std::nullopt;
  const double low = median_of(heights, 0.1);
  std::erase_if(heights, [low](double z) { return std::abs(z - low) > thickness; });
  constexpr double best = 0.03, of_one_point = 0.25;
  return GroundHeight{median_of(heights, 0.5),
                      best + of_one_point / std::sqrt(static_cast<double>(heights.size()))};
}

ObjectCrop above_ground(const ObjectCrop& crop, const Eigen::Vector3d& size,
                        const std::optional<GroundHeight>& ground) {
  const double lowest = (ground ? ground->z : -0.5 * size.z()) + ground_clearance;
  ObjectCrop result;
  result.sensor = crop.sensor;
  for (std::size_t i = 0; i < crop.points.size(); ++i) {
    if (crop.points[i].z() < lowest) continue;
    result.points.push_back(crop.points[i]);
    result.rows.push_back(crop.rows[i]);
  }
  return result;
}

}  // namespace sweepmark
