#include "render/line_layer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace sweepmark {

namespace {

constexpr int ring_segments = 96;

// A world point as the camera sees it: right, up, ahead of the eye; metres.
Eigen::Vector3d seen_from(const ViewCamera& camera, const Point<World>& point) {
  const Eigen::Vector3d from_eye = point.metres - camera.eye().metres;
  return {from_eye.dot(camera.right()), from_eye.dot(camera.up()), from_eye.dot(camera.forward())};
}

Eigen::Vector2f pixel_of(const Eigen::Vector3d& seen, const ViewCamera& camera, Viewport viewport) {
  const double shrink = camera.orthographic ? 1.0 : camera.distance / seen.z();
  const double pixels_per_metre = shrink / camera.metres_per_pixel(viewport);
  return Eigen::Vector2d(0.5 * viewport.width + seen.x() * pixels_per_metre,
                         0.5 * viewport.height - seen.y() * pixels_per_metre)
      .cast<float>();
}

void append(std::vector<ScreenLine>& lines, const std::optional<ScreenLine>& line) {
  if (line) lines.push_back(*line);
}

// Where the arrow of a box runs, in the box's own frame: shaft, then the two strokes of its head.
std::array<std::array<Point<BoxLocal>, 2>, 3> heading_arrow(const Eigen::Vector3d& size) {
  const double reach = std::clamp(0.4 * size.x(), 0.3, 2.5);
  const double head = 0.3 * reach;
  const Point<BoxLocal> tail(0.5 * size.x(), 0.0, 0.0), tip(0.5 * size.x() + reach, 0.0, 0.0);
  const Point<BoxLocal> left(tip.x() - head, head, 0.0), right(tip.x() - head, -head, 0.0);
  return {{{tail, tip}, {tip, left}, {tip, right}}};
}

// Distance along a ray to a box, 0 where it begins inside (slab test; Kay and Kajiya 1986).
std::optional<double> meet_box(const Box3<World>& box, const ViewRay& ray) {
  const Pose<BoxLocal, World> box_from_world = box.pose.inverse();
  const Eigen::Vector3d origin = (box_from_world * ray.origin).metres;
  const Eigen::Vector3d direction = box_from_world.rotation() * ray.direction;
  double enter = 0.0, leave = std::numeric_limits<double>::infinity();
  for (int axis = 0; axis < 3; ++axis) {
    const double half = 0.5 * box.size[axis];
    if (direction[axis] == 0.0) {
      if (std::abs(origin[axis]) > half) return std::nullopt;
      continue;
    }
    const double a = (-half - origin[axis]) / direction[axis], b = (half - origin[axis]) / direction[axis];
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  return enter <= leave ? std::optional(enter) : std::nullopt;
}

}  // namespace

std::optional<ScreenLine> project_line(const Point<World>& a, const Point<World>& b, Rgba colour, float width,
                                       const ViewCamera& camera, Viewport viewport) {
  const double near = depth_range(camera).near;
  Eigen::Vector3d from = seen_from(camera, a), to = seen_from(camera, b);
  if (from.z() < near && to.z() < near) return std::nullopt;
  const double crossing = (near - from.z()) / (to.z() - from.z());
  if (from.z() < near) {
    from += crossing * (to - from);
    from.z() = near;
  } else if (to.z() < near) {
    to = from + crossing * (to - from);
    to.z() = near;
  }
  return ScreenLine{pixel_of(from, camera, viewport), pixel_of(to, camera, viewport), colour, width};
}

std::vector<ScreenLine> box_lines(const Box3<World>& box, Rgba colour, float width, const ViewCamera& camera,
                                  Viewport viewport) {
  const std::array<Point<World>, 8> corners = box.corners();
  std::vector<ScreenLine> lines;
  const auto add = [&](const Point<World>& a, const Point<World>& b) {
    append(lines, project_line(a, b, colour, width, camera, viewport));
  };
  for (const auto& [a, b] : box_edges) add(corners[a], corners[b]);
  add(corners[1], corners[7]);  // the cross on the front face, whose corners have bit 0 set
  add(corners[3], corners[5]);
  for (const auto& [a, b] : heading_arrow(box.size)) add(box.pose * a, box.pose * b);
  return lines;
}

std::vector<ScreenLine> range_rings(const Point<World>& centre, double step, double last, Rgba colour,
                                    const ViewCamera& camera, Viewport viewport) {
  std::vector<ScreenLine> lines;
  if (!(step > 0.0)) return lines;
  const auto on_ring = [&centre](double radius, int i) {
    const double angle = 2.0 * std::numbers::pi * i / ring_segments;
    return Point<World>(centre.metres + radius * Eigen::Vector3d(std::cos(angle), std::sin(angle), 0.0));
  };
  const int rings = static_cast<int>(std::floor(last / step + 1e-9));
  for (int ring = 1; ring <= rings; ++ring)
    for (int i = 0; i < ring_segments; ++i)
      append(lines, project_line(on_ring(ring * step, i), on_ring(ring * step, i + 1), colour, 1.0f, camera,
                                 viewport));
  return lines;
}

std::optional<BoxHit> pick_box(std::span<const Box3<World>> boxes, const ViewRay& ray) {
  std::optional<BoxHit> nearest;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (const std::optional<double> distance = meet_box(boxes[i], ray);
        distance && (!nearest || *distance < nearest->distance))
      nearest = BoxHit{i, *distance};
  return nearest;
}

}  // namespace sweepmark
