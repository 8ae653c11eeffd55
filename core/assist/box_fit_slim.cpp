#include "core/assist/box_fit_slim.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assist/box_fit_search.hpp"
#include "core/geometry/rotation.hpp"

namespace sweepmark {

namespace {

constexpr double quarter_turn = std::numbers::pi / 2;
constexpr double line_tolerance = 0.35;  // radians
constexpr std::size_t enough_cells = 3;
constexpr double cost_of_unsure_yaw = 6.0;
constexpr double behind = 0.1;  // widths from the middle of what faces the sensor to that of all

using Cells = std::vector<Eigen::Vector2d>;

Eigen::Vector2d middle_of(const Cells& cells) {
  Eigen::Vector2d sum = Eigen::Vector2d::Zero();
  for (const Eigen::Vector2d& c : cells) sum += c;
  return sum / static_cast<double>(cells.size());
}

Cells within(const Cells& cells, const Eigen::Vector2d& centre, double radius) {
  Cells found;
  for (const Eigen::Vector2d& c : cells)
    if ((c - centre).squaredNorm() <= radius * radius) found.push_back(c);
  return found;
}

// Mean shift, no further from the start than `most`.
Eigen::Vector2d followed_middle(const Cells& cells, const Eigen::Vector2d& start, double window,
                                double most) {
  Eigen::Vector2d at = start;
  for (int step = 0; step < 10; ++step) {
    const Cells near = within(cells, at, window);
    if (near.empty()) return at;
    const Eigen::Vector2d next = middle_of(near);
    if ((next - start).norm() > most) return at;
    if ((next - at).norm() < 1e-3) return next;
    at = next;
  }
  return at;
}

struct Principal {
  double yaw = 0;         // of the longer axis
  double elongation = 1;  // standard deviation along it over that across it
};

Principal principal_axis(const Cells& cells) {
  constexpr double noise = 0.02;  // metres
  const Eigen::Vector2d middle = middle_of(cells);
  Eigen::Matrix2d spread = Eigen::Matrix2d::Zero();
  for (const Eigen::Vector2d& c : cells) spread += (c - middle) * (c - middle).transpose();
  spread /= static_cast<double>(cells.size());
  const double sum = spread.trace(), difference = spread(0, 0) - spread(1, 1);
  const double root = std::hypot(difference, 2 * spread(0, 1));
  return {0.5 * std::atan2(2 * spread(0, 1), difference),
          std::sqrt((0.5 * (sum + root) + noise * noise) / (0.5 * (sum - root) + noise * noise))};
}

struct Extent {
  double low = 0, high = 0;
};

Extent extent_along(const Cells& cells, const Eigen::Vector2d& axis) {
  constexpr double stray = 0.02;  // share of the cells beyond either end
  std::vector<double> at;
  for (const Eigen::Vector2d& c : cells) at.push_back(c.dot(axis));
  std::ranges::sort(at);
  const auto spare = static_cast<std::size_t>(stray * static_cast<double>(at.size()));
  return {at[spare], at[at.size() - 1 - spare]};
}

// What was seen and what is usual, each by how well it tells.
double held_to(double seen, double usual, double spread, double noise) {
  const double varies = spread * spread, errs = noise * noise;
  return (seen * varies + usual * errs) / (varies + errs);
}

double kept_near(double line, const std::optional<double>& heading) {
  return !heading || between_lines(line, *heading) <= line_tolerance ? line : *heading;
}

struct Outline {
  Cells cells;
  double yaw = 0;
  bool yaw_sure = false;
};

Outline two_wheeler(const Cells& cells, Eigen::Vector2d centre, const Eigen::Vector2d& sight,
                    const FitRequest& request) {
  constexpr double telling = 1.6;
  const SizePrior& prior = request.prior;
  Outline outline{within(cells, centre, 0.65 * prior.mean.x()), 0, false};
  for (int step = 0; step < 4; ++step) {
    if (outline.cells.size() < enough_cells) break;
    const Principal axis = principal_axis(outline.cells);
    outline.yaw_sure = axis.elongation >= telling;
    // From behind it is as short as it is wide.
    outline.yaw = kept_near(outline.yaw_sure ? axis.yaw : std::atan2(sight.y(), sight.x()), request.heading);
    centre = middle_of(outline.cells);
    const Eigen::Vector2d along(std::cos(outline.yaw), std::sin(outline.yaw)), across(-along.y(), along.x());
    outline.cells.clear();
    for (const Eigen::Vector2d& c : cells)
      if (std::abs((c - centre).dot(along)) <= 0.65 * prior.mean.x() &&
          std::abs((c - centre).dot(across)) <= 0.75 * prior.mean.y())
        outline.cells.push_back(c);
  }
  return outline;
}

Outline person(const Surroundings& around, const std::vector<std::uint32_t>& members, const Cells& cells,
               const Eigen::Vector2d& centre, const FitRequest& request) {
  constexpr double chest_low = 0.52, chest_high = 0.83, telling = 2.0, fine = 0.05;
  const SizePrior& prior = request.prior;
  const double radius = 0.65 * prior.mean.x();
  std::vector<std::uint32_t> chest;
  for (const std::uint32_t m : members) {
    const StandingPoint& p = around.standing[m];
    const double share = p.above_ground / prior.mean.z();
    if (share > chest_low && share < chest_high && (p.place.head<2>() - centre).norm() <= radius)
      chest.push_back(m);
  }
  Outline outline{within(cells, centre, radius), 0, false};
  const Cells chest_cells = filled_cells(around.standing, chest, fine);
  const Cells& shoulders = chest_cells.size() >= enough_cells ? chest_cells : outline.cells;
  if (shoulders.size() < enough_cells) return outline;
  const Principal axis = principal_axis(shoulders);
  outline.yaw = kept_near(axis.yaw + quarter_turn, request.heading);
  outline.yaw_sure = axis.elongation >= telling;
  return outline;
}

}  // namespace

std::optional<FittedRectangle> slim_rectangle(const Surroundings& around,
                                              const std::vector<std::uint32_t>& members,
                                              const Eigen::Vector2d& start, const FitRequest& request) {
  const SizePrior& prior = request.prior;
  const Cells cells = filled_cells(around.standing, members);
  const double window = prior.rigid ? 0.45 * prior.mean.x() : 0.6 * prior.mean.x();
  const Eigen::Vector2d middle = followed_middle(cells, start, window, 0.4 * prior.mean.x());
  const Eigen::Vector2d sight = (middle - around.sensor.head<2>()).normalized();
  const Outline outline = prior.rigid ? two_wheeler(cells, middle, sight, request)
                                      : person(around, members, cells, middle, request);
  if (outline.cells.size() < enough_cells) return std::nullopt;
  FittedRectangle r;
  r.yaw = outline.yaw;
  const Extent along = extent_along(outline.cells, r.along()),
               across = extent_along(outline.cells, r.across());
  const double from_the_end = std::abs(sight.dot(r.along()));
  // Of wheels only the upper part stands out of the ground, and from behind the rider hides the most of them;
  // limbs hide one another.
  const double length_noise = prior.rigid ? 0.15 + 0.35 * from_the_end : 0.2;
  const double width_noise = prior.rigid ? 0.2 : 0.12;
  const double unseen_length = prior.rigid ? 0.25 : 0.5, unseen_width = 0.04;
  r.length = held_to(along.high - along.low + unseen_length, prior.mean.x(), prior.spread.x(), length_noise);
  r.width = held_to(across.high - across.low + unseen_width, prior.mean.y(), prior.spread.y(), width_noise);
  r.centre = middle_of(outline.cells) + behind * prior.mean.y() * sight;
  r.length_seen = r.width_seen = true;
  r.cost = outline.yaw_sure ? 0.0 : cost_of_unsure_yaw;
  return r;
}

}  // namespace sweepmark
