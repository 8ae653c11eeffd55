// The sensors of a vehicle and where they sit.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/geometry/pose.hpp"

namespace sweepmark {

enum class LensModel {
  pinhole,        // Brown–Conrady distortion: k1 k2 p1 p2 [k3 [k4 k5 k6]]; no coefficients means none
  kannala_brandt  // equidistant fisheye: k1 k2 k3 k4
};

// How a camera takes a ray to a pixel, as data; calibration/ gives it meaning. Pixel (0, 0) is the middle of
// the upper left pixel.
struct CameraIntrinsics {
  LensModel model = LensModel::pinhole;
  int width = 0, height = 0;  // pixels; 0 where the source does not say (taken from the first image)
  double fx = 0, fy = 0, cx = 0, cy = 0;  // pixels
  std::vector<double> distortion;         // in the model's order
  bool operator==(const CameraIntrinsics&) const = default;
};

struct Lidar {
  SensorId id;
  Pose<Ego, Sensor> ego_from_sensor;
};

struct CameraSensor {
  SensorId id;
  std::string label;  // as shown: "front left"
  Pose<Ego, Camera> ego_from_camera;
  CameraIntrinsics intrinsics;
  bool calibrated = true;  // false: images can be shown, but nothing can be drawn over them
};

// The only place poses of sensors come from.
class Rig {
 public:
  void add(Lidar lidar) { lidars_.push_back(std::move(lidar)); }
  void add(CameraSensor camera) { cameras_.push_back(std::move(camera)); }

  const std::vector<Lidar>& lidars() const { return lidars_; }
  const std::vector<CameraSensor>& cameras() const { return cameras_; }
  const CameraSensor* camera(const SensorId& id) const;
  // An id the rig does not have is a defect of the caller: identity in release, an assert otherwise.
  Pose<Ego, Sensor> ego_from(const SensorId& lidar) const;

 private:
  std::vector<Lidar> lidars_;
  std::vector<CameraSensor> cameras_;
};

}  // namespace sweepmark
