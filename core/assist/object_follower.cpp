#include "core/assist/object_follower.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "core/assist/match_confidence.hpp"

namespace sweepmark {

namespace {

constexpr std::size_t fewest_points = 4;
constexpr double least_overlap = 0.3;
constexpr double least_strength = 0.12;  // of the points that its distance lets expect
constexpr double most_strength = 3.0, many_points = 50;
constexpr double drift = 0.02, turn_drift = 0.015;  // a sweep's matching is not better than this; m, rad
const Eigen::Vector3d learning_margin(1.2, 1.2, 0.6);

PoseInformation prior_of(const Eigen::Matrix4d& covariance) {
  const Eigen::Matrix4d information = (covariance + 1e-6 * Eigen::Matrix4d::Identity()).inverse();
  PoseInformation prior = PoseInformation::Zero();
  prior(3, 3) = prior(4, 4) = 1e4;
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j)
      prior(upright_axes[static_cast<std::size_t>(i)], upright_axes[static_cast<std::size_t>(j)]) =
          information(i, j);
  return prior;
}

double distance_to_vehicle(const Box3<Ego>& box) {
  return box.centre().metres.norm();
}

}  // namespace

ObjectFollower::ObjectFollower(const Keyframe& anchor, const PointCloud* cloud,
                               const Pose<Ego, Sensor>& ego_from_sensor, const Trajectory& trajectory,
                               const PropagateOptions& options)
    : trajectory_(trajectory),
      ego_from_sensor_(ego_from_sensor),
      options_(options),
      size_(anchor.box.size),
      model_(anchor.box.size),
      motion_(trajectory.world_from_ego(anchor.time) * anchor.box.pose, options.habits),
      time_(anchor.time) {
  if (cloud) learn(anchor.box, *cloud, anchor.time);
}

ObjectCrop ObjectFollower::crop(const Box3<Ego>& box, const PointCloud& cloud, TimestampNs time,
                                const Eigen::Vector3d& margin) const {
  ObjectCrop about = crop_about(cloud, ego_from_sensor_, {box.pose, size_}, margin);
  const Eigen::Quaterniond box_from_world =
      (trajectory_.world_from_ego(time).rotation() * box.pose.rotation()).conjugate();
  undo_motion(about, cloud, size_, box_from_world * motion_.velocity());
  return about;
}

void ObjectFollower::learn(const Box3<Ego>& box, const PointCloud& cloud, TimestampNs time) {
  constexpr double enough = 20;  // of a rigid thing; fewer say less of its shape than their place is off
  const ObjectCrop crop = this->crop(box, cloud, time, learning_margin);
  const auto on_it = static_cast<double>(std::ranges::count_if(
      above_ground(crop, size_, ground_in(crop, size_)).points, [this](const Eigen::Vector3d& p) {
        return (p.cwiseAbs().array() <= 0.5 * size_.array() + 0.1).all();
      }));
  const double range = distance_to_vehicle(box);
  const double strength = on_it * range * range;
  strength_ = strength_ == 0 ? strength : 0.7 * strength_ + 0.3 * strength;
  if (!options_.rigid || on_it >= enough || model_.points().empty()) model_.add(crop);
}

void ObjectFollower::expect_velocity(const Eigen::Vector3d& world_metres_per_second) {
  constexpr double deviation = 1.0;
  motion_.expect_velocity(world_metres_per_second, deviation);
}

Box3<Ego> ObjectFollower::predicted_box() const {
  return {trajectory_.world_from_ego(time_).inverse() * motion_.pose(), size_};
}

bool ObjectFollower::out_of_range() const {
  return distance_to_vehicle(predicted_box()) > options_.farthest_m;
}

double ObjectFollower::search_radius() const {
  constexpr double least = 0.4, most = 4.0, deviations = 2.5;
  const Eigen::Matrix4d covariance = motion_.pose_covariance();
  return std::clamp(deviations * std::sqrt(std::max(covariance(0, 0), covariance(1, 1))), least, most);
}

double ObjectFollower::expected_points(const Box3<Ego>& box) const {
  const double range = std::max(distance_to_vehicle(box), 2.0);
  return strength_ / (range * range);
}

bool ObjectFollower::believed(const ObjectMatch& found) const {
  return found.points >= fewest_points && found.overlap >= least_overlap &&
         static_cast<double>(found.points) >= least_strength * expected_points(found.box) &&
         static_cast<double>(found.points) <= most_strength * expected_points(found.box) + many_points;
}

Proposal ObjectFollower::step(TimestampNs time, const PointCloud* cloud) {
  const double seconds = seconds_between(time_, time);
  motion_.predict(seconds);
  time_ = time;
  steps_ += 1;
  Proposal proposal{0, time, predicted_box(), 0.0, 0, {}};
  if (cloud) {
    const ObjectMatchOptions options{true, options_.rigid, search_radius()};
    const double about = 1.0 + options.search_radius_m;
    const ObjectMatch found = register_crop(model_, crop(proposal.box, *cloud, time, {about, about, 0.7}),
                                            proposal.box, prior_of(motion_.pose_covariance()), options);
    if (believed(found)) {
      take_in(found, *cloud);
      proposal.box = predicted_box();
      proposal.points = found.points;
      proposal.evidence = evidence_of(found);
      proposal.confidence = confidence_of(proposal.evidence);
      unseen_s_ = 0;
      return proposal;
    }
  }
  unseen_s_ += std::abs(seconds);
  return proposal;
}

void ObjectFollower::take_in(const ObjectMatch& found, const PointCloud& cloud) {
  Eigen::Matrix4d covariance = upright_part(found.covariance);
  covariance.diagonal() += Eigen::Vector4d(drift, drift, drift, turn_drift).cwiseAbs2();
  motion_.take_in(trajectory_.world_from_ego(time_) * found.box.pose, covariance);
  constexpr double sure_within = 0.2, fits_within = 0.12;
  if (std::sqrt(std::max(covariance(0, 0), covariance(1, 1))) < sure_within && found.overlap > 0.5 &&
      found.residual_m < fits_within)
    learn(found.box, cloud, time_);
}

MatchEvidence ObjectFollower::evidence_of(const ObjectMatch& found) const {
  const Eigen::Matrix4d covariance = motion_.pose_covariance();
  MatchEvidence evidence;
  evidence.points = found.points;
  evidence.strength = static_cast<double>(found.points) / std::max(expected_points(found.box), 1.0);
  evidence.overlap = found.overlap;
  evidence.residual_m = found.residual_m;
  evidence.deviation_m = std::sqrt(std::max(covariance(0, 0), covariance(1, 1)));
  evidence.turn_deviation = std::sqrt(covariance(3, 3));
  evidence.followed = steps_;
  evidence.width_m = size_.head<2>().minCoeff();
  return evidence;
}

}  // namespace sweepmark
