// The step of a motion at constant velocity, for filters whose state is N coordinates above their N rates.
#pragma once

#include <Eigen/Core>

namespace sweepmark {

// What the state is multiplied with to be `seconds` later.
template <int N>
Eigen::Matrix<double, 2 * N, 2 * N> constant_velocity_step(double seconds) {
  Eigen::Matrix<double, 2 * N, 2 * N> step = Eigen::Matrix<double, 2 * N, 2 * N>::Identity();
  step.template topRightCorner<N, N>().diagonal().setConstant(seconds);
  return step;
}

}  // namespace sweepmark
