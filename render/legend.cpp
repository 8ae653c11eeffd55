#include "render/legend.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace sweepmark {

namespace {

// Multiples of a step within an interval; a hair outside counts as inside, for steps are not exact.
struct Multiples {
  double first, last;
  double count() const { return last - first + 1.0; }
};

Multiples multiples_of(double step, double low, double high) {
  constexpr double hair = 1e-9;
  return {std::ceil(low / step - hair), std::floor(high / step + hair)};
}

struct Step {
  double size;
  int decimals;
};

// The least round step of which no more than `most` multiples lie within.
Step round_step(double low, double high, int most) {
  for (int power = static_cast<int>(std::floor(std::log10((high - low) / most))) - 1;; ++power)
    for (const double digit : {1.0, 2.0, 5.0}) {
      const double size = digit * std::pow(10.0, power);
      if (multiples_of(size, low, high).count() <= most) return {size, std::max(0, -power)};
    }
}

std::string number(double value, int decimals) {
  std::array<char, 400> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

}  // namespace

std::vector<LegendTick> legend_ticks(double low, double high, int most) {
  std::vector<LegendTick> ticks;
  if (!(low < high) || !std::isfinite(high - low) || most < 1) return ticks;
  const Step step = round_step(low, high, most);
  const Multiples multiples = multiples_of(step.size, low, high);
  for (double i = multiples.first; i <= multiples.last && ticks.size() < static_cast<std::size_t>(most);
       ++i) {
    const double value = i * step.size + 0.0;  // never −0
    ticks.push_back(
        {value, std::clamp((value - low) / (high - low), 0.0, 1.0), number(value, step.decimals)});
  }
  return ticks;
}

}  // namespace sweepmark
