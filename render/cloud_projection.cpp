#include "render/cloud_projection.hpp"

namespace sweepmark {

namespace {

using Row = Eigen::RowVector4d;

PlaneRow rounded(const Row& row) {
  return {static_cast<float>(row[0]), static_cast<float>(row[1]), static_cast<float>(row[2]),
          static_cast<float>(row[3])};
}

Eigen::Matrix4d world_from_local(const Eigen::Vector3d& cloud_origin,
                                 const Eigen::Matrix4d& world_from_cloud) {
  Eigen::Matrix4d result = world_from_cloud;
  result.topRightCorner<3, 1>() += world_from_cloud.topLeftCorner<3, 3>() * cloud_origin;
  return result;
}

}  // namespace

ViewProjection::ViewProjection(const ViewCamera& camera, Viewport viewport, double shift)
    : perspective_(!camera.orthographic),
      eye_(camera.eye().metres),
      right_(camera.right()),
      up_(camera.up()),
      forward_(camera.forward()),
      pixels_per_metre_((camera.orthographic ? 1.0 : camera.distance) / camera.metres_per_pixel(viewport)),
      middle_u_(0.5 * viewport.width + shift),
      middle_v_(0.5 * viewport.height + shift),
      near_(static_cast<float>(depth_range(camera).near)),
      far_(static_cast<float>(depth_range(camera).far)) {}

CloudProjection ViewProjection::of(const Eigen::Vector3d& cloud_origin,
                                   const Eigen::Matrix4d& world_from_cloud) const {
  Eigen::Matrix4d eye_from_local = world_from_local(cloud_origin, world_from_cloud);
  eye_from_local.topRightCorner<3, 1>() -= eye_;
  const auto along = [&](const Eigen::Vector3d& axis) -> Row {
    return axis.transpose() * eye_from_local.topRows<3>();
  };
  const Row depth = along(forward_);
  // In perspective everything is scaled by depth, to be divided out a point; else by the constant 1.
  const Row unit = perspective_ ? depth : Row(0.0, 0.0, 0.0, 1.0);
  return {rounded(pixels_per_metre_ * along(right_) + middle_u_ * unit),
          rounded(-pixels_per_metre_ * along(up_) + middle_v_ * unit),
          rounded(depth),
          perspective_,
          near_,
          far_};
}

CloudProjection cloud_projection(const Eigen::Vector3d& cloud_origin, const Eigen::Matrix4d& world_from_cloud,
                                 const ViewCamera& camera, Viewport viewport, double shift) {
  return ViewProjection(camera, viewport, shift).of(cloud_origin, world_from_cloud);
}

PlaneRow height_row(const Eigen::Vector3d& cloud_origin, const Eigen::Matrix4d& world_from_cloud) {
  return rounded(world_from_local(cloud_origin, world_from_cloud).row(2));
}

CloudBox cloud_box(const Eigen::Vector3d& cloud_origin, const Eigen::Matrix4d& world_from_cloud,
                   const Box3<World>& box) {
  Eigen::Matrix4d about_box = world_from_local(cloud_origin, world_from_cloud);
  about_box.topRightCorner<3, 1>() -= box.centre().metres;
  const Eigen::Matrix<double, 3, 4> local =
      box.pose.rotation().toRotationMatrix().transpose() * about_box.topRows<3>();
  const Eigen::Vector3f half = (0.5 * box.size).cast<float>();
  return {{rounded(local.row(0)), rounded(local.row(1)), rounded(local.row(2))},
          {half.x(), half.y(), half.z()}};
}

}  // namespace sweepmark
