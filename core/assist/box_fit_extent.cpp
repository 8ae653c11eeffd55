#include "core/assist/box_fit_extent.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

constexpr double bin_size = 0.025;  // metres
constexpr double trimmed = 0.015;   // share of the cells beyond either end: mirrors, stray points

}  // namespace

void Histogram::count(const std::vector<double>& values, const std::vector<double>* others,
                      const Extent& other_window) {
  low_ = 1e9;
  double high = -1e9;
  for (const double v : values) {
    low_ = std::min(low_, v);
    high = std::max(high, v);
  }
  bins_.assign(static_cast<std::size_t>((high - low_) / bin_size) + 1, 0);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (others && !other_window.holds((*others)[i])) continue;
    ++bins_[static_cast<std::size_t>((values[i] - low_) / bin_size)];
  }
}

std::vector<Extent> Histogram::runs(double gap) const {
  std::vector<Extent> found;
  const auto empty_bins = static_cast<std::size_t>(gap / bin_size);
  std::size_t since = empty_bins + 1;
  for (std::size_t i = 0; i < bins_.size(); ++i) {
    if (bins_[i] == 0) {
      ++since;
      continue;
    }
    if (found.empty() || since > empty_bins) found.push_back({at(i), at(i + 1)});
    found.back().high = at(i + 1);
    since = 0;
  }
  return found;
}

Extent Histogram::without_strays(const Extent& window) const {
  const auto first = index(window.low), last = index(window.high);
  std::size_t count_within = 0;
  for (std::size_t i = first; i <= last; ++i) count_within += bins_[i];
  const auto spare = static_cast<std::size_t>(trimmed * static_cast<double>(count_within));
  Extent extent = window;
  std::size_t i = first;
  for (std::size_t passed = 0; i <= last && (passed += bins_[i]) <= spare; ++i) {
  }
  extent.low = at(i) + 0.5 * bin_size;
  i = last;
  for (std::size_t passed = 0; i > first && (passed += bins_[i]) <= spare; --i) {
  }
  extent.high = std::max(extent.low, at(i) + 0.5 * bin_size);
  return extent;
}

double Histogram::at(std::size_t i) const {
  return low_ + static_cast<double>(i) * bin_size;
}

std::size_t Histogram::index(double t) const {
  return static_cast<std::size_t>(
      std::clamp((t - low_) / bin_size, 0.0, static_cast<double>(bins_.size() - 1)));
}

std::vector<Extent> windows(const Histogram& histogram, double held, double largest, double gap) {
  const std::vector<Extent> runs = histogram.runs(gap);
  std::vector<Extent> found;
  if (runs.empty()) return found;
  std::size_t at = 0;
  const auto off = [held](const Extent& run) { return std::max({0.0, run.low - held, held - run.high}); };
  for (std::size_t i = 1; i < runs.size(); ++i)
    if (off(runs[i]) < off(runs[at])) at = i;
  const std::size_t from = at > 2 ? at - 2 : 0, to = std::min(runs.size() - 1, at + 2);
  for (std::size_t low = from; low <= at; ++low)
    for (std::size_t high = at; high <= to; ++high) {
      const Extent whole{runs[low].low, runs[high].high};
      if (whole.length() <= largest) found.push_back(whole);
    }
  if (found.empty()) {
    const Extent& run = runs[at];
    const double start = std::max(run.low, held - largest), end = std::min(run.high, held + largest);
    found.push_back({start, std::min(end, start + largest)});
    found.push_back({std::max(start, end - largest), end});
    found.push_back({std::max(start, held - 0.5 * largest), std::min(end, held + 0.5 * largest)});
  }
  return found;
}

}  // namespace sweepmark
