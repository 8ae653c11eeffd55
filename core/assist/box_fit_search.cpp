#include "core/assist/box_fit_search.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assist/box_fit_sizes.hpp"
#include "core/geometry/rotation.hpp"

namespace sweepmark {

namespace {

constexpr double half_turn = std::numbers::pi, quarter_turn = std::numbers::pi / 2;
constexpr double measured_within = 0.12;  // metres; of a size that was seen from end to end
constexpr double limbs_within = 0.25;     // the same of what changes its shape
constexpr double line_tolerance = 0.35;   // radians

// The `most` of least cost, in order; of equals the earlier.
class BestOf {
 public:
  explicit BestOf(std::size_t most) : most_(most) {}
  // Whether one that costs at least so much is not among them.
  bool too_much(double cost) const { return found_.size() == most_ && cost >= found_.back().cost; }
  void add(const FittedRectangle& r) {
    found_.insert(std::ranges::upper_bound(found_, r.cost, {}, &FittedRectangle::cost), r);
    if (found_.size() > most_) found_.pop_back();
  }
  std::vector<FittedRectangle> taken() && { return std::move(found_); }

 private:
  std::size_t most_;
  std::vector<FittedRectangle> found_;
};

// What was pointed at belongs to the object, or is close by.
double cost_of_leaving(const FittedRectangle& r, const Eigen::Vector2d& held) {
  constexpr double close = 0.2, a_metre = 15.0, most = 30.0;
  const Eigen::Vector2d off = held - r.centre;
  const Eigen::Vector2d outside(std::abs(off.dot(r.along())) - 0.5 * r.length,
                                std::abs(off.dot(r.across())) - 0.5 * r.width);
  return std::clamp(a_metre * (outside.cwiseMax(0.0).norm() - close), 0.0, most);
}

// A box round a part of what hangs together explains less.
double cost_of_leaving_out(const FittedRectangle& r, const std::vector<Eigen::Vector2d>& company) {
  constexpr double margin = 0.3, all = 5.0;
  if (company.empty()) return 0.0;
  const Eigen::Vector2d along = r.along(), across = r.across();
  std::size_t outside = 0;
  for (const Eigen::Vector2d& c : company) {
    const Eigen::Vector2d off = c - r.centre;
    if (std::abs(off.dot(along)) > 0.5 * r.length + margin ||
        std::abs(off.dot(across)) > 0.5 * r.width + margin)
      ++outside;
  }
  return all * static_cast<double>(outside) / static_cast<double>(company.size());
}

// Looked at closely only where it can be among the best.
void add_rectangle(const SearchSpace& space, const Axis& a, const Axis& b, const Sized& length,
                   const Sized& width, double yaw, BestOf& into) {
  const Extent along = placed(a, length.size), across = placed(b, width.size);
  FittedRectangle r;
  r.yaw = yaw;
  r.centre = 0.5 * (along.low + along.high) * a.direction + 0.5 * (across.low + across.high) * b.direction;
  r.length = length.size;
  r.width = width.size;
  r.length_seen = length.seen;
  r.width_seen = width.seen;
  r.size_cost = length.cost + width.cost;
  double cost = r.size_cost + cost_of_leaving(r, space.held);
  if (into.too_much(cost)) return;
  cost += cost_of_leaving_out(r, space.company);
  if (into.too_much(cost)) return;
  r.cost = cost + cost_of(evidence_for(r, space.view));
  into.add(r);
}

// With each side as it was seen, and completed from the prior: the view decides.
void add_sizes(const SearchSpace& space, const Axis& a, const Axis& b, double yaw, BestOf& into) {
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
    add_rectangle(space, a, b, first, second, yaw, into);
  };
  // What was seen of one side may be a part of it however well its ends were seen.
  const bool whole_length = length.cost < 12 && length.size >= prior.smallest().x();
  const bool whole_width = width.cost < 12 && width.size >= prior.smallest().y();
  if (whole_length && whole_width) add(length, width);
  if (whole_width) add(rest_length, width);
  if (whole_length) add(length, rest_width);
  add(usual_length, usual_width);
}

struct Projected {
  std::vector<double> a, b;
};

void add_angle(const SearchSpace& space, double yaw, Projected& p, BestOf& into) {
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

}  // namespace

double between_lines(double a, double b) {
  const double turn = std::abs(wrapped_angle(a - b));
  return std::min(turn, half_turn - turn);
}

std::vector<FittedRectangle> rectangles(const SearchSpace& space, double step, std::size_t most) {
  BestOf found(most);
  Projected scratch;
  const int steps = static_cast<int>(std::lround(quarter_turn / step));
  for (int i = 0; i < steps; ++i) add_angle(space, i * quarter_turn / steps, scratch, found);
  return std::move(found).taken();
}

std::vector<FittedRectangle> rectangles_about(const SearchSpace& space, double yaw, double reach, double step,
                                              std::size_t most) {
  BestOf found(most);
  Projected scratch;
  const int steps = static_cast<int>(std::lround(reach / step));
  for (int i = -steps; i <= steps; ++i) add_angle(space, yaw + i * step, scratch, found);
  return std::move(found).taken();
}

}  // namespace sweepmark
