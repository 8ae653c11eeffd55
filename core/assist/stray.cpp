#include "core/assist/stray.hpp"

#include <Eigen/LU>
#include <cmath>

#include "core/assist/constant_velocity.hpp"

namespace sweepmark {

namespace {

using State = Eigen::Matrix<double, 8, 1>;  // stray above its rate
using Covariance = Eigen::Matrix<double, 8, 8>;

struct Estimate {
  State mean = State::Zero();
  Covariance covariance = Covariance::Zero();
};

constexpr double anywhere = 100.0;  // variance of the stray before anything was seen

Estimate predicted(const Estimate& estimate, double s, const Stray& acceleration) {
  const Covariance step = constant_velocity_step<4>(s);
  Covariance covariance = step * estimate.covariance * step.transpose();
  covariance.topLeftCorner<4, 4>().diagonal() += acceleration * (s * s * s / 3);
  covariance.topRightCorner<4, 4>().diagonal() += acceleration * (s * s / 2);
  covariance.bottomLeftCorner<4, 4>().diagonal() += acceleration * (s * s / 2);
  covariance.bottomRightCorner<4, 4>().diagonal() += acceleration * s;
  return {step * estimate.mean, covariance};
}

Estimate corrected(const Estimate& estimate, const StraySighting& seen) {
  Covariance information = estimate.covariance.inverse();
  State weighted = information * estimate.mean;
  information.topLeftCorner<4, 4>() += seen.information;
  weighted.head<4>() += seen.weighted;
  const Covariance covariance = information.inverse();
  return {covariance * weighted, 0.5 * (covariance + covariance.transpose())};
}

// How likely what is seen was from what was foreseen; the part that is alike for all habits is left out.
double log_likelihood(const Estimate& foreseen, const StraySighting& seen) {
  const Eigen::Matrix4d covariance = foreseen.covariance.topLeftCorner<4, 4>();
  const Eigen::Matrix4d grown = Eigen::Matrix4d::Identity() + seen.information * covariance;
  const Stray off = seen.weighted - seen.information * foreseen.mean.head<4>();
  const Eigen::Matrix4d seen_covariance =
      (seen.information + 1e-3 * Eigen::Matrix4d::Identity()).inverse();  // directions left open stay open
  return -0.5 * (std::log(grown.determinant()) + off.dot(seen_covariance * off) -
                 off.dot(covariance * (grown.inverse() * off)));
}

}  // namespace

double log_likelihood(std::span<const StrayMoment> moments, const StrayHabits& habits) {
  if (moments.empty()) return 0;
  double sum = 0;
  Estimate now;
  now.covariance.diagonal() << Stray::Constant(anywhere), habits.rate_deviation.cwiseAbs2();
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (i > 0) now = predicted(now, moments[i].seconds - moments[i - 1].seconds, habits.acceleration);
    if (!moments[i].seen) continue;
    sum += log_likelihood(now, *moments[i].seen);
    now = corrected(now, *moments[i].seen);
  }
  return sum;
}

std::vector<StrayBelief> smoothed_stray(std::span<const StrayMoment> moments, const StrayHabits& habits) {
  if (moments.empty()) return {};
  Estimate now;
  now.covariance.diagonal() << Stray::Constant(anywhere), habits.rate_deviation.cwiseAbs2();
  std::vector<Estimate> before, after;  // each sighting was taken in
  for (std::size_t i = 0; i < moments.size(); ++i) {
    if (i > 0) now = predicted(now, moments[i].seconds - moments[i - 1].seconds, habits.acceleration);
    before.push_back(now);
    if (moments[i].seen) now = corrected(now, *moments[i].seen);
    after.push_back(now);
  }
  std::vector<StrayBelief> beliefs(moments.size());
  Estimate later = after.back();
  for (std::size_t i = moments.size(); i-- > 0;) {
    if (i + 1 < moments.size()) {
      const Covariance step = constant_velocity_step<4>(moments[i + 1].seconds - moments[i].seconds);
      const Covariance back = after[i].covariance * step.transpose() * before[i + 1].covariance.inverse();
      later = {after[i].mean + back * (later.mean - before[i + 1].mean),
               after[i].covariance + back * (later.covariance - before[i + 1].covariance) * back.transpose()};
    }
    beliefs[i] = {later.mean.head<4>(), later.covariance.topLeftCorner<4, 4>()};
  }
  return beliefs;
}

}  // namespace sweepmark
