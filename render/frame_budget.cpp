#include "render/frame_budget.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

constexpr double kept = 0.9;  // of an older frame's weight, a frame later
constexpr double million = 1e6;
constexpr double fewest = 0.1;  // million points: a picture has to show something
constexpr double growth = 4.0;
constexpr double surprise = 2.0;  // times what was expected, at most, is believed of one frame

}  // namespace

void FrameBudget::record(std::size_t points, double seconds) {
  const double x = static_cast<double>(points) / million;
  if (frames_ > 0) seconds = std::min(seconds, surprise * std::max(expected(x), seconds_));
  frames_ = kept * frames_ + 1.0;
  points_ = kept * points_ + x;
  times_ = kept * times_ + seconds;
  squares_ = kept * squares_ + x * x;
  products_ = kept * products_ + x * seconds;
  latest_ = std::max(x, fewest);
}

FrameBudget::Line FrameBudget::line() const {
  const double mean_points = points_ / frames_, mean_time = times_ / frames_;
  const double spread = squares_ / frames_ - mean_points * mean_points;
  const double together = products_ / frames_ - mean_points * mean_time;
  // Frames of about the same number of points do not tell the fixed time: half of the time is taken for it.
  const bool told = spread > 0.01 * mean_points * mean_points && together > 0.0;
  const double a_point = told ? together / spread : 0.5 * mean_time / std::max(mean_points, 1e-3);
  return {std::max(0.0, mean_time - a_point * mean_points), std::max(a_point, 1e-7)};
}

double FrameBudget::expected(double points) const {
  return line().fixed + line().a_million * points;
}

std::size_t FrameBudget::points() const {
  if (frames_ == 0) return static_cast<std::size_t>(latest_ * million);
  const double wanted = std::clamp((seconds_ - line().fixed) / line().a_million, fewest, growth * latest_);
  return static_cast<std::size_t>(wanted * million);
}

}  // namespace sweepmark
