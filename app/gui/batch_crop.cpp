#include "app/gui/batch_crop.hpp"

#include <algorithm>
#include <cmath>

#include "core/assist/footprint_fit.hpp"

namespace sweepmark::gui {

namespace {

constexpr double spare = 1.5;           // metres a box may be dragged before its sweep is read again
constexpr double ground_radius = 6;     // metres about the box in which the ground is looked for
constexpr double far_away = 1'000'000;  // metres: beyond what a key can say

std::int32_t quarter_metres(double metres) {
  return static_cast<std::int32_t>(std::lround(4 * std::clamp(metres, -far_away, far_away)));
}

}  // namespace

CropKey crop_about(std::size_t sweep, const Box3<Ego>& box, double radius) {
  const Eigen::Vector3d& centre = box.pose.translation();
  const double reach = std::clamp(std::ceil(radius + spare), 1.0, 1000.0);
  return {sweep,
          {quarter_metres(centre.x()), quarter_metres(centre.y()), quarter_metres(centre.z())},
          static_cast<std::int32_t>(reach)};
}

bool covers(const CropKey& key, const Box3<Ego>& box, double radius) {
  const Eigen::Vector3d away = (box.pose.translation() - key.middle().metres).cwiseAbs();
  return away.maxCoeff() + radius <= key.reach;
}

std::vector<Eigen::Vector3d> CloudCrop::inside(const Box3<Ego>& box) const {
  const Pose<BoxLocal, Ego> box_from_ego = box.pose.inverse();
  std::vector<Eigen::Vector3d> result;
  for (const Eigen::Vector3f& point : points) {
    const Eigen::Vector3d local =
        (box_from_ego * Point<Ego>(key.middle().metres + point.cast<double>())).metres;
    if ((local.cwiseAbs().array() <= 0.5 * box.size.array()).all()) result.push_back(local);
  }
  return result;
}

PointCloud cloud_of(const CloudCrop& crop, const Pose<Ego, Sensor>& ego_from_cloud) {
  const Pose<Sensor, Ego> cloud_from_ego = ego_from_cloud.inverse();
  PointCloud cloud;
  cloud.origin = (cloud_from_ego * crop.key.middle()).metres;
  for (const Eigen::Vector3f& point : crop.points) {
    const Eigen::Vector3f local = (cloud_from_ego.rotation() * point.cast<double>()).cast<float>();
    cloud.x.push_back(local.x());
    cloud.y.push_back(local.y());
    cloud.z.push_back(local.z());
  }
  return cloud;
}

CloudCrop cropped(const PointCloud& cloud, const Pose<Ego, Sensor>& ego_from_cloud, const CropKey& key) {
  CloudCrop crop;
  crop.key = key;
  const Box3<Ego> cube = upright_box(key.middle(), 0, Eigen::Vector3d::Constant(2.0 * key.reach));
  const std::vector<std::uint32_t> indices =
      points_in_box_at(cloud, (cube.pose.inverse() * ego_from_cloud).matrix(), cube.size);
  crop.every = std::max<std::size_t>(1, (indices.size() + most_crop_points - 1) / most_crop_points);
  crop.points.reserve(indices.size() / crop.every + 1);
  for (std::size_t i = 0; i < indices.size(); i += crop.every) {
    const Point<Ego> place = ego_from_cloud * Point<Sensor>(cloud.position(indices[i]));
    crop.points.push_back((place.metres - key.middle().metres).cast<float>());
  }
  crop.ground = ground_height_near(cloud, ego_from_cloud, key.middle().metres.head<2>(),
                                   std::min<double>(key.reach, ground_radius));
  return crop;
}

}  // namespace sweepmark::gui
