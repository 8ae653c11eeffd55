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
  constexpr std::array<double, 8> weights = {-5.25, 0.33, 0.07, 2.93, -3.75, -1.49, -0.38, 0.72};
  double sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) sum += weights[i] * features[i];
  return 1.0 / (1.0 + std::exp(-sum));
}

}  // namespace sweepmark
