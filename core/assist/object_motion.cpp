#include "core/assist/object_motion.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "core/assist/constant_velocity.hpp"

namespace sweepmark {

namespace {

constexpr double placed_within = 0.05, turned_within = 0.02;  // of the box it begins with; m, rad

// What stands goes on standing: its speed changes with this share of the noise until it is seen to move.
constexpr double asleep = 0.005;

// Of the turning noise: what hardly moves hardly turns.
double turning_share(double speed) {
  constexpr double fast = 4.0, least = 0.01;
  return std::clamp(speed * speed / (fast * fast), least, 1.0);
}

}  // namespace

ObjectMotion::ObjectMotion(const Pose<World, BoxLocal>& pose, const MotionHabits& habits)
    : habits_(habits), tilt_(rotation_about_z(-yaw_of(pose.rotation())) * pose.rotation()) {
  state_.head<3>() = pose.translation();
  state_[3] = yaw_of(pose.rotation());
  covariance_.diagonal().head<4>() << placed_within * placed_within, placed_within * placed_within,
      placed_within * placed_within, turned_within * turned_within;
  const Eigen::Matrix2d turn = rotation_about_z(state_[3]).toRotationMatrix().topLeftCorner<2, 2>();
  const Eigen::Vector2d along_across(habits.speed_along, habits.speed_across);
  covariance_.block<2, 2>(4, 4) =
      turn * along_across.array().square().matrix().asDiagonal() * turn.transpose();
  covariance_(6, 6) = habits_.lift_acceleration;
  covariance_(7, 7) = habits.turn_rate * habits.turn_rate;
}

void ObjectMotion::expect_velocity(const Eigen::Vector3d& metres_per_second, double deviation) {
  state_.segment<3>(4) = metres_per_second;
  covariance_.block<2, 2>(4, 4) = deviation * deviation * Eigen::Matrix2d::Identity();
}

void ObjectMotion::predict(double seconds) {
  const MotionCovariance step = constant_velocity_step<4>(seconds);
  state_ = step * state_;
  covariance_ = step * covariance_ * step.transpose();
  const double awake = stands() ? asleep : 1.0;
  const double turning = habits_.world_stands ? turning_share(state_.segment<2>(4).norm()) : 1.0;
  const Eigen::Vector4d power =
      awake * Eigen::Vector4d(habits_.acceleration, habits_.acceleration, habits_.lift_acceleration,
                              turning * habits_.turn_acceleration);
  const double s = std::abs(seconds);
  for (int i = 0; i < 4; ++i) {
    covariance_(i, i) += power[i] * s * s * s / 3;
    covariance_(i, i + 4) += power[i] * s * seconds / 2;
    covariance_(i + 4, i) += power[i] * s * seconds / 2;
    covariance_(i + 4, i + 4) += power[i] * s;
  }
  if (!habits_.world_stands) return;
  take_in_no_slip();
  const double speed = state_.segment<2>(4).norm();
  take_in_still(6, habits_.lift + habits_.slope * speed);
  take_in_still(7, habits_.turning_on_the_spot + habits_.curvature * speed);
}

// A rate that is zero as far as one knows.
void ObjectMotion::take_in_still(Eigen::Index rate, double deviation) {
  const MotionState spread = covariance_.col(rate);
  const MotionState gain = spread / (spread[rate] + deviation * deviation);
  state_ -= state_[rate] * gain;
  covariance_ = (covariance_ - gain * spread.transpose()).eval();
}

void ObjectMotion::take_in_no_slip() {
  const double c = std::cos(state_[3]), s = std::sin(state_[3]);
  MotionState slope = MotionState::Zero();
  slope[3] = -(c * state_[4] + s * state_[5]);
  slope[4] = -s;
  slope[5] = c;
  const double across = c * state_[5] - s * state_[4];
  const MotionState spread = covariance_ * slope;
  const MotionState gain = spread / (slope.dot(spread) + habits_.slip * habits_.slip);
  state_ -= across * gain;
  covariance_ = (covariance_ - gain * spread.transpose()).eval();
}

bool ObjectMotion::stands() const {
  constexpr double slow = 0.4, sure = 0.5;  // m/s
  return habits_.world_stands && state_.segment<2>(4).norm() < slow &&
         std::sqrt(std::max(covariance_(4, 4), covariance_(5, 5))) < sure;
}

Eigen::Matrix4d ObjectMotion::box_from_world_axes() const {
  Eigen::Matrix4d turn = Eigen::Matrix4d::Identity();
  turn.topLeftCorner<3, 3>() = rotation_about_z(-state_[3]).toRotationMatrix();
  return turn;
}

Eigen::Matrix4d ObjectMotion::pose_covariance() const {
  const Eigen::Matrix4d turn = box_from_world_axes();
  return turn * covariance_.topLeftCorner<4, 4>() * turn.transpose();
}

void ObjectMotion::take_in(const Pose<World, BoxLocal>& believed, const Eigen::Matrix4d& covariance) {
  const Eigen::Matrix4d turn = box_from_world_axes();
  const Eigen::Matrix4d after = turn.transpose() * covariance * turn;
  const Eigen::Matrix4d before = covariance_.topLeftCorner<4, 4>();
  Eigen::Vector4d moved;
  moved.head<3>() = believed.translation() - state_.head<3>();
  moved[3] = wrapped_angle(yaw_of(believed.rotation() * tilt_.conjugate()) - state_[3]);
  const Eigen::Matrix<double, 8, 4> gain = covariance_.leftCols<4>() * before.inverse();
  state_ += gain * moved;
  covariance_ = (covariance_ - gain * (before - after) * gain.transpose()).eval();
  covariance_ = (0.5 * (covariance_ + covariance_.transpose())).eval();
}

Pose<World, BoxLocal> ObjectMotion::pose_after(double seconds) const {
  return posed(constant_velocity_step<4>(seconds) * state_);
}

Pose<World, BoxLocal> ObjectMotion::posed(const MotionState& state) const {
  return {rotation_about_z(state[3]) * tilt_, state.head<3>()};
}

}  // namespace sweepmark
