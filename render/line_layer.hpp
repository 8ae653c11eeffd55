// Boxes, grids and arrows as lines on the screen: cut at the near plane and projected here, drawn by whoever
// shows them.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <span>
#include <vector>

#include "core/geometry/box3.hpp"
#include "render/colour.hpp"
#include "render/view_camera.hpp"

namespace sweepmark {

struct ScreenLine {
  Eigen::Vector2f a, b;  // pixels, (0, 0) upper left
  Rgba colour;
  float width;  // pixels
};

// Cuts a segment to what lies in front of the eye and projects it; empty where none of it does.
std::optional<ScreenLine> project_line(const Point<World>& a, const Point<World>& b, Rgba colour, float width,
                                       const ViewCamera& camera, Viewport viewport);

// Twelve edges, a cross on the front face and an arrow along the heading.
std::vector<ScreenLine> box_lines(const Box3<World>& box, Rgba colour, float width, const ViewCamera& camera,
                                  Viewport viewport);

// Rings every `step` metres about `centre` on the plane z = centre.z, up to `last`.
std::vector<ScreenLine> range_rings(const Point<World>& centre, double step, double last, Rgba colour,
                                    const ViewCamera& camera, Viewport viewport);

// The nearest box a ray passes through: index and distance along the ray.
struct BoxHit {
  std::size_t index;
  double distance;
};
std::optional<BoxHit> pick_box(std::span<const Box3<World>> boxes, const ViewRay& ray);

}  // namespace sweepmark
