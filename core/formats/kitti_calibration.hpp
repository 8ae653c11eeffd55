// Calibration files of the KITTI family: object, tracking, odometry and raw.
// Method: Geiger, Lenz, Stiller, Urtasun, "Vision meets Robotics: The KITTI Dataset", 2013: pixel = P_i ·
// R0_rect · Tr_velo_to_cam · X_velo.
#pragma once

#include <Eigen/Core>
#include <array>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/rig.hpp"
#include "core/geometry/pose.hpp"

namespace sweepmark {

using ProjectionMatrix = Eigen::Matrix<double, 3, 4>;

// What a calibration says. The vehicle frame (Ego) is the Velodyne's: x forward, y left, z up. A part that is
// missing or damaged is empty, and a warning names the file and the line.
struct KittiCalibration {
  std::optional<Pose<Camera, Ego>>
      rectified_from_velodyne;                         // R0_rect · Tr_velo_to_cam: to rectified camera 0
  std::optional<Pose<Ego, Sensor>> velodyne_from_imu;  // Tr_imu_to_velo
  std::array<std::optional<ProjectionMatrix>, 4>
      projections;  // P0 … P3: rectified camera 0 to pixels of image i
  std::vector<std::string> warnings;
};

// calib/NNNNNN.txt (object), calib/NNNN.txt (tracking; keys with or without colons), calib.txt (odometry,
// SemanticKITTI).
KittiCalibration read_kitti_calibration(const std::filesystem::path& file);
KittiCalibration parse_kitti_calibration(std::string_view text, const std::filesystem::path& file);
// calib_cam_to_cam.txt, calib_velo_to_cam.txt, calib_imu_to_velo.txt of KITTI raw.
KittiCalibration read_kitti_raw_calibration(const std::filesystem::path& folder);

// In KITTI's layout, with twelve decimals: parse_kitti_calibration(to_text(c)) is c up to them. Absent parts
// are left out.
std::string kitti_calibration_text(const KittiCalibration& calibration);

// A projection matrix as an ideal lens and where its camera sits from rectified camera 0: P = K · (R | t),
// the fourth column's last entry included. Any P is taken apart (RQ decomposition; Hartley & Zisserman
// 2003, 6.2.4); skew is an error, for no lens of ours has it.
struct DecomposedProjection {
  CameraIntrinsics intrinsics;  // width and height are not in P: 0
  Pose<Camera, Camera> camera_from_rectified;
};
Result<DecomposedProjection> decomposed(const ProjectionMatrix& projection);

// Camera i of the rig. Where the calibration lacks its projection or the way from the Velodyne it is marked
// as not calibrated.
CameraSensor kitti_camera(const KittiCalibration& calibration, std::size_t number, SensorId id);

// "left colour" for camera 2.
std::string kitti_camera_label(std::size_t number);

// x forward, y left, z up to x right, y down, z forward: the axes alone.
Pose<Camera, Ego> nominal_camera_from_ego();

}  // namespace sweepmark
