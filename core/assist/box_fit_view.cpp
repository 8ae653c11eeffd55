#include "core/assist/box_fit_view.hpp"

#include <algorithm>
#include <cmath>

#include "core/geometry/rotation.hpp"

namespace sweepmark {

namespace {

constexpr double direction_step = 0.007;  // radians, 0.4°: at most two steps of the usual lidars
constexpr double lowest_body = 0.3;       // metres above the ground; below a vehicle one can look through

}  // namespace

DirectionalView::DirectionalView(const Surroundings& surroundings, double body_top)
    : sensor_(surroundings.sensor.head<2>()) {
  const Eigen::Vector2d to_centre = surroundings.centre - sensor_;
  const double distance = to_centre.norm(), ground = surroundings.ground.height_at(surroundings.centre);
  middle_ = std::atan2(to_centre.y(), to_centre.x());
  struct Numbered {
    long direction;
    Sighting sighting;
  };
  std::vector<Numbered> numbered;
  numbered.reserve(surroundings.standing.size());
  double widest = 0;
  for (const StandingPoint& p : surroundings.standing) {
    const Eigen::Vector2d from = p.place.head<2>() - sensor_;
    const double off = wrapped_angle(std::atan2(from.y(), from.x()) - middle_);
    widest = std::max(widest, std::abs(off));
    numbered.push_back({std::lround(off / direction_step),
                        {p.place.head<2>(), static_cast<float>(from.norm()), p.above_ground <= body_top}});
  }
  // Rays count also where nothing stands: they tell what is free.
  for (const Ray& ray : surroundings.rays)
    widest = std::max(widest, std::abs(wrapped_angle(ray.azimuth - middle_)));
  std::ranges::sort(numbered, [](const Numbered& a, const Numbered& b) {
    return a.direction != b.direction ? a.direction < b.direction : a.sighting.range < b.sighting.range;
  });
  const long half = std::lround(widest / direction_step);
  directions_.resize(static_cast<std::size_t>(2 * half + 1));
  std::size_t at = 0;
  for (long i = -half; i <= half; ++i) {
    Direction& d = directions_[static_cast<std::size_t>(i + half)];
    const double azimuth = middle_ + static_cast<double>(i) * direction_step;
    d.ray = {std::cos(azimuth), std::sin(azimuth)};
    d.first = static_cast<std::uint32_t>(sightings_.size());
    // Sightings a few centimetres behind one another are one surface.
    for (; at < numbered.size() && numbered[at].direction == i; ++at)
      if (sightings_.size() == d.first || numbered[at].sighting.range > sightings_.back().range + 0.08f)
        sightings_.push_back(numbered[at].sighting);
      else if (numbered[at].sighting.body)
        sightings_.back().body = true;
    d.last = static_cast<std::uint32_t>(sightings_.size());
  }
  for (const Ray& ray : surroundings.rays) {
    const double above = surroundings.sensor.z() + ray.rise * distance - ground;
    if (above < lowest_body || above > body_top) continue;
    const long i = std::lround(wrapped_angle(ray.azimuth - middle_) / direction_step) + half;
    if (i < 0 || i > 2 * half) continue;
    Direction& d = directions_[static_cast<std::size_t>(i)];
    d.farthest = std::max(d.farthest, static_cast<float>(ray.range));
  }
}

long DirectionalView::number_of(const Eigen::Vector2d& place) const {
  const Eigen::Vector2d from = place - sensor_;
  return std::lround(wrapped_angle(std::atan2(from.y(), from.x()) - middle_) / direction_step) +
         static_cast<long>(directions_.size() / 2);
}

bool DirectionalView::free_past(const Eigen::Vector2d& place, double margin) const {
  const long at = number_of(place);
  const double range = (place - sensor_).norm();
  for (long i = std::max(0L, at - 1); i <= std::min(at + 1, static_cast<long>(directions_.size()) - 1); ++i)
    if (directions_[static_cast<std::size_t>(i)].farthest > range + margin) return true;
  return false;
}

std::vector<Eigen::Vector2d> filled_cells(const std::vector<StandingPoint>& standing,
                                          std::span<const std::uint32_t> members, double cell_size) {
  struct Filled {
    std::int64_t cell;
    std::uint32_t member;
  };
  std::vector<Filled> filled;
  filled.reserve(members.size());
  for (const std::uint32_t m : members) {
    const Eigen::Vector2d p = standing[m].place.head<2>() / cell_size;
    filled.push_back({static_cast<std::int64_t>(std::floor(p.x())) * (std::int64_t{1} << 32) +
                          static_cast<std::int64_t>(std::floor(p.y())),
                      m});
  }
  std::ranges::sort(filled, [](const Filled& a, const Filled& b) {
    return a.cell != b.cell ? a.cell < b.cell : a.member < b.member;
  });
  std::vector<Eigen::Vector2d> cells;
  for (std::size_t i = 0; i < filled.size();) {
    Eigen::Vector2d sum = Eigen::Vector2d::Zero();
    const std::size_t start = i;
    for (; i < filled.size() && filled[i].cell == filled[start].cell; ++i)
      sum += standing[filled[i].member].place.head<2>();
    cells.push_back(sum / static_cast<double>(i - start));
  }
  return cells;
}

}  // namespace sweepmark
