#include "render/picture.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <utility>

namespace sweepmark {

namespace {

struct Segment {
  Eigen::Vector2d a, b;
};

// The part of a segment inside a rectangle (Liang and Barsky 1984).
std::optional<Segment> cut(const Segment& segment, const Eigen::Vector2d& low, const Eigen::Vector2d& high) {
  const Eigen::Vector2d along = segment.b - segment.a;
  double enter = 0.0, leave = 1.0;
  for (int axis = 0; axis < 2; ++axis) {
    if (along[axis] == 0.0) {
      if (segment.a[axis] < low[axis] || segment.a[axis] > high[axis]) return std::nullopt;
      continue;
    }
    const double p = (low[axis] - segment.a[axis]) / along[axis],
                 q = (high[axis] - segment.a[axis]) / along[axis];
    enter = std::max(enter, std::min(p, q));
    leave = std::min(leave, std::max(p, q));
  }
  if (enter > leave) return std::nullopt;
  return Segment{segment.a + enter * along, segment.a + leave * along};
}

double distance_to(const Segment& segment, const Eigen::Vector2d& place) {
  const Eigen::Vector2d along = segment.b - segment.a;
  const double square = along.squaredNorm();
  const double t = square > 0.0 ? std::clamp((place - segment.a).dot(along) / square, 0.0, 1.0) : 0.0;
  return (place - segment.a - t * along).norm();
}

std::uint32_t blended(std::uint32_t under, Rgba over, double coverage) {
  auto channels = std::bit_cast<std::array<std::uint8_t, 4>>(under);
  const std::array<std::uint8_t, 3> ink = {over.r, over.g, over.b};
  const double share = coverage * over.a / 255.0;
  for (std::size_t i = 0; i < 3; ++i)
    channels[i] = static_cast<std::uint8_t>(std::lround(channels[i] + share * (ink[i] - channels[i])));
  channels[3] = static_cast<std::uint8_t>(std::lround(channels[3] + share * (255 - channels[3])));
  return std::bit_cast<std::uint32_t>(channels);
}

// Steps along the line's longer direction and, at each step, over the pixels across it that it may touch.
void draw_line(const ScreenLine& line, Viewport viewport, std::span<std::uint32_t> rgba) {
  const double half = 0.5 * std::max(line.width, 0.0f);
  const double reach = half + 1.0;  // a smooth edge is a pixel wide
  const Eigen::Vector2d size(viewport.width, viewport.height), reach_both(reach, reach);
  const std::optional<Segment> visible =
      cut({line.a.cast<double>(), line.b.cast<double>()}, -reach_both, size + reach_both);
  if (!visible) return;
  const Eigen::Vector2d along = visible->b - visible->a;
  const int major = std::abs(along.x()) >= std::abs(along.y()) ? 0 : 1, minor = 1 - major;
  const double slope = along[major] == 0.0 ? 0.0 : along[minor] / along[major];
  const double across = reach * std::sqrt(1.0 + slope * slope) + std::abs(slope);
  const auto pixels_between = [&](double low, double high, int axis) {
    return std::pair(std::max(0, static_cast<int>(std::floor(low))),
                     std::min(static_cast<int>(size[axis]) - 1, static_cast<int>(std::ceil(high))));
  };
  const auto [first, last] = pixels_between(std::min(visible->a[major], visible->b[major]) - reach,
                                            std::max(visible->a[major], visible->b[major]) + reach, major);
  for (int step = first; step <= last; ++step) {
    const double middle = visible->a[minor] + slope * (step + 0.5 - visible->a[major]);
    const auto [low, high] = pixels_between(middle - across, middle + across, minor);
    for (int side = low; side <= high; ++side) {
      const int x = major == 0 ? step : side, y = major == 0 ? side : step;
      const double coverage = std::clamp(half + 0.5 - distance_to(*visible, {x + 0.5, y + 0.5}), 0.0, 1.0);
      if (coverage <= 0.0) continue;
      std::uint32_t& pixel = rgba[static_cast<std::size_t>(y) * static_cast<std::size_t>(viewport.width) +
                                  static_cast<std::size_t>(x)];
      pixel = blended(pixel, line.colour, coverage);
    }
  }
}

}  // namespace

void draw_lines(std::span<const ScreenLine> lines, Viewport viewport, std::span<std::uint32_t> rgba) {
  for (const ScreenLine& line : lines)
    if (line.a.allFinite() && line.b.allFinite() && std::isfinite(line.width))
      draw_line(line, viewport, rgba);
}

Image draw_picture(std::span<const ScenePoints> scene, std::span<const SceneMesh> meshes,
                   const PointStyle& style, std::span<const ScreenLine> lines, const ViewCamera& camera,
                   Viewport viewport) {
  const std::unique_ptr<PointBackend> backend = make_software_backend();
  backend->draw(scene, style, camera, viewport, {.meshes = meshes});
  std::vector<std::uint32_t> rgba = backend->read_back();
  draw_lines(lines, viewport, rgba);
  Image image{viewport.width, viewport.height, std::vector<std::uint8_t>(4 * rgba.size())};
  std::memcpy(image.rgba.data(), rgba.data(), image.rgba.size());
  return image;
}

}  // namespace sweepmark
