// How far an object strays from the curve through its keyframes, smoothed over time.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

namespace sweepmark {

// Along, across, up (metres) and about the upright (radians), in the box's own axes.
using Stray = Eigen::Vector4d;
using StrayInformation = Eigen::Matrix4d;  // inverse of its covariance; may be singular

// What was seen at a moment. `weighted` is information · stray.
struct StraySighting {
  StrayInformation information = StrayInformation::Zero();
  Stray weighted = Stray::Zero();
};

struct StrayMoment {
  double seconds = 0;
  std::optional<StraySighting> seen;
};

struct StrayBelief {
  Stray stray = Stray::Zero();
  Eigen::Matrix4d covariance = Eigen::Matrix4d::Identity();
};

// What is thought of the stray beforehand.
struct StrayHabits {
  Stray rate_deviation = Stray::Constant(1.0);  // of its rate at the first moment, per second
  Stray acceleration =
      Stray::Constant(1.0);  // power of the white noise that changes the rate: m²/s³, rad²/s³
};

// Times ascending. Kalman filter, each sighting taken in as information, and a Rauch–Tung–Striebel pass back.
std::vector<StrayBelief> smoothed_stray(std::span<const StrayMoment> moments, const StrayHabits& habits);

// Of all that was seen at the moments, foreseen by the filter one after the other, up to a term that does not
// depend on the habits.
double log_likelihood(std::span<const StrayMoment> moments, const StrayHabits& habits);

}  // namespace sweepmark
