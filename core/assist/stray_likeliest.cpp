#include "core/assist/stray_likeliest.hpp"

#include <cmath>
#include <limits>

namespace sweepmark {

namespace {

std::vector<StrayMoment> with_keyframes_placed(std::span<const StrayMoment> stretch, double share) {
  std::vector<StrayMoment> result(stretch.begin(), stretch.end());
  for (StrayMoment* keyframe : {&result.front(), &result.back()})
    if (keyframe->seen) {
      keyframe->seen->information /= share * share;
      keyframe->seen->weighted /= share * share;
    }
  return result;
}

StrayHabits shared(const StrayHabits& habits, double share) {
  return {std::sqrt(share) * habits.rate_deviation, share * habits.acceleration};
}

// The two keyframes' densities of their four numbers each shrink as they are placed worse.
double of_keyframes(double share) {
  return -2 * 4 * std::log(share);
}

}  // namespace

std::vector<StrayBelief> likeliest_stray(std::span<const StrayMoment> stretch, const StrayHabits& habits,
                                         const StrayTrials& trials) {
  if (stretch.empty()) return {};
  double most = -std::numeric_limits<double>::infinity();
  std::vector<StrayMoment> best_stretch(stretch.begin(), stretch.end());
  StrayHabits best = habits;
  for (double placed = trials.best_placed; placed <= trials.worst_placed; placed *= 2) {
    const std::vector<StrayMoment> tried = with_keyframes_placed(stretch, placed);
    for (double share = trials.steadiest; share <= trials.unsteadiest; share *= 2) {
      const double likely = of_keyframes(placed) + log_likelihood(tried, shared(habits, share));
      if (likely <= most) continue;
      most = likely;
      best = shared(habits, share);
      best_stretch = tried;
    }
  }
  return smoothed_stray(best_stretch, best);
}

}  // namespace sweepmark
