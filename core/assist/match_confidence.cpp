#include "core/assist/match_confidence.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace sweepmark {

double confidence_of(const MatchEvidence& evidence) {
  const double points = std::log(static_cast<double>(std::max<std::size_t>(evidence.points, 1)));
  const std::array<double, 8> features = {1.0,
                                          points,
                                          std::log(std::clamp(evidence.strength, 0.05, 5.0)),
                                          evidence.overlap,
                                          evidence.residual_m,
                                          std::log(std::max(evidence.deviation_m, 1e-3)),
                                          std::log1p(evidence.followed),
                                          std::log(std::max(evidence.width_m, 0.1))};
  constexpr std::array<double, 8> weights = {-7.27, 0.48, -0.06, 2.74, -0.56, -2.07, -0.06, 2.58};
  double sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) sum += weights[i] * features[i];
  constexpr double surest = 0.98;  // what has never been seen still happens
  return std::min(surest, 1.0 / (1.0 + std::exp(-sum)));
}

}  // namespace sweepmark
