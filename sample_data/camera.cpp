#include "sample_data/camera.hpp"

#include "core/base/units.hpp"

namespace sweepmark::sample {
namespace {

struct Mount {
  Eigen::Vector3d place;
  double yaw, pitch, roll;  // degrees; left, down and right side down positive
};

Pose<Ego, Camera> ego_from_camera(const Mount& mount) {
  const auto turn = [](double degrees, const Eigen::Vector3d& axis) {
    return Eigen::AngleAxisd(radians_from_degrees(degrees), axis);
  };
  Eigen::Matrix3d forward_from_optical;
  forward_from_optical << 0, 0, 1, -1, 0, 0, 0, -1, 0;
  const Eigen::Quaterniond body = turn(mount.yaw, Eigen::Vector3d::UnitZ()) *
                                  turn(mount.pitch, Eigen::Vector3d::UnitY()) *
                                  turn(mount.roll, Eigen::Vector3d::UnitX());
  return {body * Eigen::Quaterniond(forward_from_optical), mount.place};
}

SampleCamera camera(const char* id, const char* label, const Mount& mount, CameraIntrinsics lens,
                    double shutter_s) {
  lens.width = 1280;
  lens.height = 720;
  return {{SensorId(id), label, ego_from_camera(mount), std::move(lens), true}, shutter_s};
}

}  // namespace

std::vector<SampleCamera> make_cameras() {
  constexpr LensModel pinhole = LensModel::pinhole;
  return {
      camera("camera_front", "front", {{1.72, 0.02, 1.46}, 0.6, 1.2, -0.3},
             {pinhole, 0, 0, 912.4, 911.1, 643.8, 357.2, {-0.1320, 0.0310, 0.0004, -0.0006, -0.0021}}, 0.012),
      camera("camera_front_left", "front left", {{1.58, 0.52, 1.52}, 57.0, 1.6, 0.5},
             {pinhole, 0, 0, 748.9, 749.6, 634.1, 364.9, {-0.1540, 0.0420, -0.0005, 0.0003, -0.0048}}, 0.031),
      camera("camera_front_right", "front right", {{1.57, -0.53, 1.51}, -56.2, 1.4, -0.4},
             {pinhole, 0, 0, 751.7, 750.8, 645.2, 355.6, {-0.1510, 0.0400, 0.0003, 0.0005, -0.0044}}, 0.044),
  };
}

}  // namespace sweepmark::sample
