// Where an object goes next, from where it has been.
#pragma once

#include <Eigen/Core>

#include "core/geometry/box3.hpp"

namespace sweepmark {

// Place and turn about the upright with their rates, in the world: x, y, z, yaw, then the same per second.
// Metres, radians, seconds.
using MotionState = Eigen::Matrix<double, 8, 1>;
using MotionCovariance = Eigen::Matrix<double, 8, 8>;

// What is thought of an object's motion before any was seen, as standard deviations.
struct MotionHabits {
  double speed_along = 10, speed_across = 1.5;  // m/s, along and across its heading
  double turn_rate = 0.4;                       // rad/s
  // Powers of the white noise that changes speed and turn rate: m²/s³, rad²/s³.
  double acceleration = 6.0, turn_acceleration = 0.5, lift_acceleration = 0.02;
  // The frame is the world: what is not seen to move likely stands. False where the vehicle's own motion is
  // not known.
  bool world_stands = true;
  // Metres a second across its heading, as a standard deviation: what rolls goes where it points.
  double slip = 0.3;
  // What rolls turns as it goes: rad/s a m/s of its speed, and what it turns on the spot; its height changes
  // by the slope of the road. Standard deviations.
  double curvature = 0.15, turning_on_the_spot = 0.03;
  double slope = 0.05, lift = 0.03;
};

// A Kalman filter (1960) of constant velocity and turn rate, the object pushed about by white noise.
// The matching of points takes the prediction as its prior, so its answer already is the filter's: it is
// taken in as the new belief about the pose, and the rates follow by their correlation with it.
class ObjectMotion {
 public:
  // `velocity` where it is known from elsewhere (its deviation then is 1 m/s), zero otherwise.
  ObjectMotion(const Pose<World, BoxLocal>& pose, const MotionHabits& habits);
  void expect_velocity(const Eigen::Vector3d& metres_per_second, double deviation);

  // On by `seconds`, which may be negative: time may run backwards.
  void predict(double seconds);
  // `believed`: pose after matching; `covariance` of x, y, z along the box's own axes and yaw, likewise after
  // matching.
  void take_in(const Pose<World, BoxLocal>& believed, const Eigen::Matrix4d& covariance);

  // The box's tilt against the upright stays as it began.
  Pose<World, BoxLocal> pose() const { return posed(state_); }
  Pose<World, BoxLocal> pose_after(double seconds) const;
  Eigen::Vector3d velocity() const { return state_.segment<3>(4); }
  // Of x, y, z along the box's own axes and yaw.
  Eigen::Matrix4d pose_covariance() const;

 private:
  Pose<World, BoxLocal> posed(const MotionState& state) const;
  bool stands() const;
  void take_in_no_slip();
  void take_in_still(Eigen::Index rate, double deviation);
  Eigen::Matrix4d box_from_world_axes() const;

  MotionHabits habits_;
  Eigen::Quaterniond tilt_;
  MotionState state_ = MotionState::Zero();
  MotionCovariance covariance_ = MotionCovariance::Zero();
};

}  // namespace sweepmark
