// Follows one object from sweep to sweep in one direction of time: predicts, matches, learns its shape.
#pragma once

#include <memory>
#include <optional>

#include "core/assist/object_model.hpp"
#include "core/assist/object_motion.hpp"
#include "core/assist/object_registration.hpp"
#include "core/assist/propagate.hpp"

namespace sweepmark {

class ObjectFollower {
 public:
  // From a box at a sweep of which `cloud` are the points (null where it cannot be read).
  ObjectFollower(const Keyframe& anchor, const PointCloud* cloud, const Pose<Ego, Sensor>& ego_from_sensor,
                 const Trajectory& trajectory, const PropagateOptions& options);

  // The object is known to stand so at the sweep of `time`: its points join the shape.
  void learn(const Box3<Ego>& box, const PointCloud& cloud, TimestampNs time);
  void expect_velocity(const Eigen::Vector3d& world_metres_per_second);

  // The next sweep in the direction of travel. Its box and confidence; `points` is 0 where it was not seen.
  Proposal step(TimestampNs time, const PointCloud* cloud);
  double unseen_s() const { return unseen_s_; }
  bool out_of_range() const;

 private:
  Box3<Ego> predicted_box() const;
  // The points about a box, as they would lie had its motion so far stood still.
  ObjectCrop crop(const Box3<Ego>& box, const PointCloud& cloud, TimestampNs time,
                  const Eigen::Vector3d& margin) const;
  double search_radius() const;
  bool believed(const ObjectMatch& found) const;
  void take_in(const ObjectMatch& found, const PointCloud& cloud);
  MatchEvidence evidence_of(const ObjectMatch& found) const;
  double expected_points(const Box3<Ego>& box) const;

  const Trajectory& trajectory_;
  Pose<Ego, Sensor> ego_from_sensor_;
  PropagateOptions options_;
  Eigen::Vector3d size_;
  ObjectModel model_;
  ObjectMotion motion_;
  TimestampNs time_;
  double unseen_s_ = 0;
  double strength_ = 0;  // points seen times range squared, as of late
  double steps_ = 0;     // sweeps since the anchor
};

}  // namespace sweepmark
