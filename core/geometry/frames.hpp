// Frames as types. Right-handed throughout; metres and radians.
#pragma once

#include <Eigen/Core>

namespace sweepmark {

struct World {};   // fixed along a drive; z up
struct Ego {};     // the vehicle: x forward, y left, z up (ISO 8855)
struct Sensor {};  // a lidar or radar, as its points are stored; which one is a value (SensorId)
struct Camera {};  // a camera's optical frame: x right, y down, z forward
struct BoxLocal {
};  // a box's own frame: origin at its centre, x along its length (forward), y its width, z its height

// A place in frame F.
template <class F>
struct Point {
  Eigen::Vector3d metres = Eigen::Vector3d::Zero();

  Point() = default;
  explicit Point(const Eigen::Vector3d& m) : metres(m) {}
  Point(double x, double y, double z) : metres(x, y, z) {}
  double x() const { return metres.x(); }
  double y() const { return metres.y(); }
  double z() const { return metres.z(); }
  bool operator==(const Point&) const = default;
};

}  // namespace sweepmark
