// One sweep after the other, each placed in the map of those before.
#pragma once

#include <optional>
#include <span>

#include "core/assist/odometry.hpp"
#include "core/assist/odometry_map.hpp"
#include "core/assist/odometry_motion.hpp"
#include "core/assist/odometry_sweep.hpp"
#include "core/assist/registration.hpp"

namespace sweepmark {

class OdometryEstimator {
 public:
  explicit OdometryEstimator(const OdometryOptions& options);

  // Times ascend from call to call. An error says why the sweep tells nothing: it is to be bridged.
  Result<OdometryStep> place(RecordedSweep sweep);
  const Pose<World, Ego>& world_from_ego() const { return now_; }  // of the latest that was placed

 private:
  struct Match {
    JudgedMatch judged;
    std::size_t surfels = 0;
  };

  JudgedMatch judged(const SurfelMap& sweep, const Alignment& match, const Pose<World, Ego>& guess,
                     double seconds) const;
  // `reach`: metres within which the guess is thought to lie; `seconds`: since the latest that was placed.
  Match matched(std::span<const Eigen::Vector3d> points, const Pose<World, Ego>& guess, double reach,
                double seconds) const;
  Result<Match> matched_or_why_not(std::span<const Eigen::Vector3d> points, const Pose<World, Ego>& guess,
                                   double reach, double seconds) const;
  Result<OdometryStep> begin(RecordedSweep sweep, const Pose<World, Ego>& world_from_ego);
  Error give_up(RecordedSweep sweep, const Pose<World, Ego>& guess, Error why);

  RegistrationOptions registration_;
  OdometryMap map_;
  GuessError guess_error_;
  std::optional<RecordedSweep> first_;  // until the second has told how the vehicle moved during the first
  TimestampNs time_;
  Pose<World, Ego> now_;
  EgoMotion a_second_;         // what the vehicle moves by in a second, lately
  bool motion_known_ = false;  // a_second_ comes from a match that is sure
  int failures_ = 0;           // one after the other
};

}  // namespace sweepmark
