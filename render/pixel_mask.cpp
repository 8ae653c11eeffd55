#include "render/pixel_mask.hpp"

#include <algorithm>
#include <cmath>

namespace sweepmark {

namespace {

// The first pixel whose centre is not left of `x`, held where it can still be an int.
int first_from(double x) {
  return static_cast<int>(std::ceil(std::clamp(x, -1e6, 1e6) - 0.5));
}

// Where the closed line of corners crosses the horizontal through `y`, from left to right.
std::vector<double> crossings(std::span<const Eigen::Vector2d> corners, double y) {
  std::vector<double> result;
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const Eigen::Vector2d &a = corners[i], &b = corners[(i + 1) % corners.size()];
    if ((a.y() <= y) == (b.y() <= y)) continue;
    result.push_back(a.x() + (y - a.y()) / (b.y() - a.y()) * (b.x() - a.x()));
  }
  std::ranges::sort(result);
  return result;
}

}  // namespace

PixelMask::PixelMask(Viewport viewport)
    : viewport_{std::max(viewport.width, 1), std::max(viewport.height, 1)},
      words_a_row_(static_cast<std::uint32_t>((viewport_.width + 31) / 32)),
      words_(static_cast<std::size_t>(words_a_row_) * static_cast<std::size_t>(viewport_.height), 0u) {}

PixelMask PixelMask::rectangle(Viewport viewport, const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
  PixelMask mask(viewport);
  const Eigen::Vector2d low = a.cwiseMin(b), high = a.cwiseMax(b);
  const int bottom = std::min(first_from(high.y()), mask.viewport_.height);
  for (int y = std::max(0, first_from(low.y())); y < bottom; ++y)
    mask.fill(y, first_from(low.x()), first_from(high.x()));
  return mask;
}

PixelMask PixelMask::disc(Viewport viewport, const Eigen::Vector2d& centre, double radius_px) {
  PixelMask mask(viewport);
  const int bottom = std::min(first_from(centre.y() + radius_px), mask.viewport_.height);
  for (int y = std::max(0, first_from(centre.y() - radius_px)); y < bottom; ++y) {
    const double down = y + 0.5 - centre.y();
    const double half = std::sqrt(std::max(0.0, radius_px * radius_px - down * down));
    mask.fill(y, first_from(centre.x() - half), first_from(centre.x() + half));
  }
  return mask;
}

PixelMask PixelMask::polygon(Viewport viewport, std::span<const Eigen::Vector2d> corners) {
  PixelMask mask(viewport);
  if (corners.size() < 3) return mask;
  const auto [low, high] = std::ranges::minmax(corners, {}, [](const Eigen::Vector2d& c) { return c.y(); });
  const int bottom = std::min(first_from(high.y()), mask.viewport_.height);
  for (int y = std::max(0, first_from(low.y())); y < bottom; ++y) {
    const std::vector<double> xs = crossings(corners, y + 0.5);
    for (std::size_t i = 0; i + 1 < xs.size(); i += 2) mask.fill(y, first_from(xs[i]), first_from(xs[i + 1]));
  }
  return mask;
}

void PixelMask::add(const PixelMask& other) {
  if (other.empty()) return;
  std::ranges::transform(words_, other.words_, words_.begin(), std::bit_or());
  const bool alone = empty();
  left_ = alone ? other.left_ : std::min(left_, other.left_);
  top_ = alone ? other.top_ : std::min(top_, other.top_);
  right_ = std::max(right_, other.right_);
  bottom_ = std::max(bottom_, other.bottom_);
}

void PixelMask::fill(int y, int begin, int end) {
  begin = std::max(begin, 0);
  end = std::min(end, viewport_.width);
  if (begin >= end) return;
  std::uint32_t* row = words_.data() + static_cast<std::size_t>(y) * words_a_row_;
  for (int x = begin; x < end; ++x) row[x / 32] |= 1u << (x % 32);
  const bool first = empty();
  left_ = first ? begin : std::min(left_, begin);
  right_ = std::max(right_, end);
  top_ = first ? y : std::min(top_, y);
  bottom_ = std::max(bottom_, y + 1);
}

}  // namespace sweepmark
