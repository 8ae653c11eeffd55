#include "core/assist/box_fit_search.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/geometry/rotation.hpp"

namespace sweepmark {

namespace {

constexpr double half_turn = std::numbers::pi, quarter_turn = std::numbers::pi / 2;
constexpr double bin_size = 0.025;        // metres; of the histogram along an axis
constexpr double trimmed = 0.015;         // share of the cells beyond either end: mirrors, stray points
constexpr double measured_within = 0.12;  // metres; of a size that was seen from end to end
constexpr double limbs_within = 0.25;     // the same of what changes its shape
constexpr double line_tolerance = 0.35;   // radians
constexpr double grazing = 0.07;          // sine of the angle below which a side cannot be measured

struct Extent {
  double low = 0, high = 0;
  double length() const { return high - low; }
  bool holds(double t) const { return t >= low && t <= high; }
};

// Cells along one axis, counted.
class Histogram {
 public:
  void count(const std::vector<double>& values, const std::vector<double>* others,
             const Extent& other_window) {
    low_ = 1e9;
    double high = -1e9;
    for (const double v : values) {
      low_ = std::min(low_, v);
      high = std::max(high, v);
    }
    bins_.assign(static_cast<std::size_t>((high - low_) / bin_size) + 1, 0);
    total_ = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (others && !other_window.holds((*others)[i])) continue;
      ++bins_[static_cast<std::size_t>((values[i] - low_) / bin_size)];
      ++total_;
    }
  }
  // Stretches without a gap of `gap` metres.
  std::vector<Extent> runs(double gap) const {
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
  // The window without the outermost cells at either end.
  Extent without_strays(const Extent& window) const {
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
  std::size_t total() const { return total_; }

 private:
  double at(std::size_t i) const { return low_ + static_cast<double>(i) * bin_size; }
  std::size_t index(double t) const {
    return static_cast<std::size_t>(
        std::clamp((t - low_) / bin_size, 0.0, static_cast<double>(bins_.size() - 1)));
  }
  double low_ = 0;
  std::size_t total_ = 0;
  std::vector<std::uint32_t> bins_;
};

// Stretches about `held` that the object may fill: the run there, and with its neighbours on either side, as
// far as the largest of the class; a run longer than that in part.
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

enum class Near { low, high, none };  // which end of an axis faces the sensor

struct Axis {
  Eigen::Vector2d direction;
  Extent extent;
  double sensor = 0;

  Near near() const {
    return sensor < extent.low ? Near::low : sensor > extent.high ? Near::high : Near::none;
  }
  double outside() const { return std::max({0.0, extent.low - sensor, sensor - extent.high}); }
};

// Whether the side that lies along `axis` was seen to end: the view past its far end is free.
bool ends_in_sight(const Axis& axis, const Axis& other, const DirectionalView& view) {
  if (other.near() == Near::none) return false;
  if (other.outside() < grazing * std::max(1.0, std::hypot(other.outside(), axis.outside()))) return false;
  const double side = other.near() == Near::low ? other.extent.low : other.extent.high;
  const auto free_at = [&](double end) {
    return view.free_past(end * axis.direction + side * other.direction, 0.4);
  };
  const bool low_end = axis.near() == Near::low || free_at(axis.extent.low - 0.3);
  const bool high_end = axis.near() == Near::high || free_at(axis.extent.high + 0.3);
  return low_end && high_end;
}

struct Sized {
  double size = 0;
  bool seen = false;
  double cost = 0;
};

// Mean of a normal distribution cut off below `least`.
double truncated_mean(double mean, double spread, double least) {
  const double z = (least - mean) / spread;
  if (z < -4) return mean;
  if (z > 3) return least + 0.25 * spread;
  const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * std::numbers::pi);
  return mean + spread * density / (0.5 * std::erfc(z / std::numbers::sqrt2));
}

// Where a side is seen at a grazing angle its points lie far apart, and so may its end be from the last of
// them.
double between_points(const Axis& axis, const Axis& other) {
  constexpr double ray_step = 0.0035, most = 3.0;  // radians; metres
  if (other.outside() <= 0) return most;
  const double range2 = other.outside() * other.outside() + axis.outside() * axis.outside();
  return std::min(most, range2 * ray_step / other.outside());
}

// What was seen from end to end, with what the prior knows.
Sized measured(double extent, double mean, double spread, double within, double gap, bool in_sight) {
  constexpr double cost_of_unseen_end = 1.0;
  const double seen = extent + 0.5 * gap;
  const double noise = within * within + gap * gap / 3, varies = spread * spread;
  const double z2 = (seen - mean) * (seen - mean) / (varies + noise);
  return {std::max(extent, (seen * varies + mean * noise) / (varies + noise)), true,
          0.5 * std::min(z2, 60.0) + (in_sight ? 0.0 : cost_of_unseen_end)};
}

Sized completed(double extent, double mean, double spread, bool in_sight) {
  constexpr double cost_of_hidden_end = 0.3, cost_of_missed_end = 3.0;
  const double size = truncated_mean(mean, spread, extent);
  const double z = (size - mean) / spread;
  return {size, false, 0.5 * z * z + (in_sight ? cost_of_missed_end : cost_of_hidden_end)};
}

Extent placed(const Axis& axis, double size) {
  if (axis.near() == Near::low) return {axis.extent.low, axis.extent.low + size};
  if (axis.near() == Near::high) return {axis.extent.high - size, axis.extent.high};
  const double middle = 0.5 * (axis.extent.low + axis.extent.high);
  return {middle - 0.5 * size, middle + 0.5 * size};
}

FittedRectangle rectangle_of(const SearchSpace& space, const Axis& a, const Axis& b, const Sized& length,
                             const Sized& width, double yaw) {
  const Extent along = placed(a, length.size), across = placed(b, width.size);
  FittedRectangle r;
  r.yaw = yaw;
  r.centre = 0.5 * (along.low + along.high) * a.direction + 0.5 * (across.low + across.high) * b.direction;
  r.length = length.size;
  r.width = width.size;
  r.length_seen = length.seen;
  r.width_seen = width.seen;
  r.size_cost = length.cost + width.cost;
  r.cost = r.size_cost + cost_of(evidence_for(r, space.view));
  return r;
}

// With each side as it was seen, and completed from the prior: the view decides.
void add_sizes(const SearchSpace& space, const Axis& a, const Axis& b, double yaw,
               std::vector<FittedRectangle>& into) {
  const SizePrior& prior = space.prior;
  const double l = a.extent.length(), w = b.extent.length();
  const bool l_ends = ends_in_sight(a, b, space.view), w_ends = ends_in_sight(b, a, space.view);
  const double within = prior.rigid ? measured_within : limbs_within;
  const Sized length = measured(l, prior.mean.x(), prior.spread.x(), within, between_points(a, b), l_ends);
  const Sized width = measured(w, prior.mean.y(), prior.spread.y(), within, between_points(b, a), w_ends);
  const Sized rest_length = completed(l, prior.length_given_width(w), 0.8 * prior.spread.x(), l_ends);
  const Sized rest_width = completed(w, prior.width_given_length(l), 0.8 * prior.spread.y(), w_ends);
  const Sized usual_length = completed(l, prior.mean.x(), prior.spread.x(), l_ends);
  const Sized usual_width = completed(w, prior.mean.y(), prior.spread.y(), w_ends);
  const auto add = [&](const Sized& first, const Sized& second) {
    into.push_back(rectangle_of(space, a, b, first, second, yaw));
  };
  if (length.cost < 12 && width.cost < 12) add(length, width);
  if (width.cost < 12) add(rest_length, width);
  if (length.cost < 12) add(length, rest_width);
  add(usual_length, usual_width);
}

struct Projected {
  std::vector<double> a, b;
};

void add_angle(const SearchSpace& space, double yaw, Projected& p, std::vector<FittedRectangle>& into) {
  const Eigen::Vector2d along(std::cos(yaw), std::sin(yaw)), across(-along.y(), along.x());
  p.a.clear();
  p.b.clear();
  for (const Eigen::Vector2d& c : space.cells) {
    p.a.push_back(c.dot(along));
    p.b.push_back(c.dot(across));
  }
  const double held_a = space.held.dot(along), held_b = space.held.dot(across);
  const double sensor_a = space.view.sensor().dot(along), sensor_b = space.view.sensor().dot(across);
  const double largest = space.prior.largest().x();
  const double gap = 0.2 + 0.004 * (space.view.sensor() - space.held).norm();
  std::vector<std::pair<Extent, Extent>> pairs;
  Histogram whole, part;
  const auto add_pair = [&pairs](const Extent& first, const Extent& second) {
    for (const auto& [x, y] : pairs)
      if (std::abs(x.low - first.low) + std::abs(x.high - first.high) + std::abs(y.low - second.low) +
              std::abs(y.high - second.high) <
          0.1)
        return;
    pairs.emplace_back(first, second);
  };
  whole.count(p.a, nullptr, {});
  for (const Extent& first : windows(whole, held_a, largest, gap)) {
    part.count(p.b, &p.a, first);
    for (const Extent& second : windows(part, held_b, largest, gap))
      add_pair(whole.without_strays(first), part.without_strays(second));
  }
  whole.count(p.b, nullptr, {});
  for (const Extent& second : windows(whole, held_b, largest, gap)) {
    part.count(p.a, &p.b, second);
    for (const Extent& first : windows(part, held_a, largest, gap))
      add_pair(part.without_strays(first), whole.without_strays(second));
  }
  const bool straight = !space.line || between_lines(yaw, *space.line) < line_tolerance;
  const bool turned = !space.line || between_lines(yaw + quarter_turn, *space.line) < line_tolerance;
  for (const auto& [first, second] : pairs) {
    const Axis a{along, first, sensor_a}, b{across, second, sensor_b};
    if (straight) add_sizes(space, a, b, yaw, into);
    if (turned) add_sizes(space, b, a, yaw + quarter_turn, into);
  }
}

std::vector<FittedRectangle> best_of(std::vector<FittedRectangle> found, std::size_t most) {
  std::ranges::stable_sort(found, {}, &FittedRectangle::cost);
  if (found.size() > most) found.resize(most);
  return found;
}

}  // namespace

double between_lines(double a, double b) {
  const double turn = std::abs(wrapped_angle(a - b));
  return std::min(turn, half_turn - turn);
}

std::vector<FittedRectangle> rectangles(const SearchSpace& space, double step, std::size_t most) {
  std::vector<FittedRectangle> found;
  Projected scratch;
  const int steps = static_cast<int>(std::lround(quarter_turn / step));
  for (int i = 0; i < steps; ++i) add_angle(space, i * quarter_turn / steps, scratch, found);
  return best_of(std::move(found), most);
}

std::vector<FittedRectangle> rectangles_about(const SearchSpace& space, double yaw, double reach, double step,
                                              std::size_t most) {
  std::vector<FittedRectangle> found;
  Projected scratch;
  const int steps = static_cast<int>(std::lround(reach / step));
  for (int i = -steps; i <= steps; ++i) add_angle(space, yaw + i * step, scratch, found);
  return best_of(std::move(found), most);
}

}  // namespace sweepmark
