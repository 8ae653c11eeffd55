#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <numbers>

#include "calibration/projection.hpp"
#include "core/base/units.hpp"

namespace sweepmark {

namespace {

using Polyline = std::vector<Eigen::Vector2d>;

// An edge as directions from the camera: an arc of a great circle. Going along it by angle needs no near
// plane and puts the samples where the image needs them, whether the edge passes close by or far away.
class Arc {
 public:
  Arc(const Eigen::Vector3d& from, const Eigen::Vector3d& to) : first_(from.normalized()) {
    const Eigen::Vector3d second = to.normalized();
    const Eigen::Vector3d across = second - second.dot(first_) * first_;
    angle_ = std::atan2(across.norm(), second.dot(first_));
    if (across.norm() > 1e-12) across_ = across.normalized();
  }
  // The ends are seen in one direction or in no definite one: the edge leads through the camera.
  bool passes_through_camera() const {
    return !first_.allFinite() || !std::isfinite(angle_) || angle_ > std::numbers::pi - 1e-6;
  }
  int steps() const {
    constexpr double step = radians_from_degrees(0.5);
    return std::max(1, static_cast<int>(std::ceil(angle_ / step)));
  }
  Point<Camera> at(double share) const {
    return Point<Camera>(std::cos(share * angle_) * first_ + std::sin(share * angle_) * across_);
  }

 private:
  Eigen::Vector3d first_, across_ = Eigen::Vector3d::Zero();
  double angle_;
};

// The last place towards `lost` that the lens still covers.
Eigen::Vector2d rim_pixel(const Arc& arc, const CameraModel& model, double kept, double lost) {
  Eigen::Vector2d pixel = *model.pixel_from(arc.at(kept));
  for (int i = 0; i < 40; ++i) {
    const double middle = 0.5 * (kept + lost);
    const auto seen = model.pixel_from(arc.at(middle));
    (seen ? kept : lost) = middle;
    if (seen) pixel = *seen;
  }
  return pixel;
}

// The runs of an arc that the lens covers.
std::vector<Polyline> covered_runs(const Arc& arc, const CameraModel& model) {
  std::vector<Polyline> runs;
  const int steps = arc.steps();
  bool covered = false;
  for (int i = 0; i <= steps; ++i) {
    const double share = static_cast<double>(i) / steps, before = static_cast<double>(i - 1) / steps;
    const auto pixel = model.pixel_from(arc.at(share));
    if (pixel && !covered) runs.emplace_back();
    if (pixel && !covered && i > 0) runs.back().push_back(rim_pixel(arc, model, share, before));
    if (!pixel && covered) runs.back().push_back(rim_pixel(arc, model, before, share));
    if (pixel) runs.back().push_back(*pixel);
    covered = pixel.has_value();
  }
  return runs;
}

// The part of a segment inside a rectangle, as shares of its length (Liang & Barsky 1984); empty where none
// is.
std::optional<std::pair<double, double>> part_inside(const Eigen::Vector2d& a, const Eigen::Vector2d& b,
                                                     const PixelRectangle& r) {
  double enter = 0, leave = 1;
  const auto cut = [&](double direction, double room) {
    if (direction == 0) return room >= 0;
    const double share = room / direction;
    if (direction < 0) enter = std::max(enter, share);
    if (direction > 0) leave = std::min(leave, share);
    return enter <= leave;
  };
  const Eigen::Vector2d d = b - a;
  if (!cut(-d.x(), a.x() - r.left) || !cut(d.x(), r.right - a.x()) || !cut(-d.y(), a.y() - r.top) ||
      !cut(d.y(), r.bottom - a.y()))
    return std::nullopt;
  return std::pair(enter, leave);
}

std::vector<Polyline> cut_to(const PixelRectangle& rectangle, const Polyline& run) {
  std::vector<Polyline> pieces;
  bool open = false;
  for (std::size_t i = 0; i + 1 < run.size(); ++i) {
    const auto part = part_inside(run[i], run[i + 1], rectangle);
    if (!part) {
      open = false;
      continue;
    }
    const Eigen::Vector2d along = run[i + 1] - run[i];
    if (!open || part->first > 0) pieces.push_back({run[i] + part->first * along});
    pieces.back().push_back(run[i] + part->second * along);
    open = part->second == 1;
  }
  return pieces;
}

PixelRectangle image_of(const CameraModel& model, double margin) {
  const CameraIntrinsics& camera = model.intrinsics();
  return {-0.5 - margin, -0.5 - margin, camera.width - 0.5 + margin, camera.height - 0.5 + margin};
}

std::vector<Polyline> edge_pieces(const Box3<Camera>& box, unsigned edge, const CameraModel& model,
                                  const PixelRectangle& region) {
  const auto corners = box.corners();
  const Arc arc(corners[box_edges[edge][0]].metres, corners[box_edges[edge][1]].metres);
  std::vector<Polyline> pieces;
  if (arc.passes_through_camera()) return pieces;
  for (const Polyline& run : covered_runs(arc, model))
    std::ranges::move(cut_to(region, run), std::back_inserter(pieces));
  return pieces;
}

Eigen::Vector3d camera_in_box(const Box3<Camera>& box) {
  return (box.pose.inverse() * Point<Camera>()).metres;
}

// An edge runs along one axis of the box and lies on the two faces across the others; each looks at the
// camera where the camera is on its outer side.
bool on_far_side(const Box3<Camera>& box, unsigned edge) {
  const Eigen::Vector3d camera = camera_in_box(box), half = 0.5 * box.size;
  if ((camera.cwiseAbs().array() <= half.array()).all()) return false;  // from inside everything is in sight
  const unsigned corner = box_edges[edge][0], own_axis = corner ^ box_edges[edge][1];
  for (int axis = 0; axis < 3; ++axis) {
    const unsigned bit = 1u << axis;
    if (bit == own_axis) continue;
    const double outward = (corner & bit) ? camera[axis] : -camera[axis];
    if (outward > half[axis]) return false;
  }
  return true;
}

// Slab test in the box's own frame.
bool ray_meets(const Box3<Camera>& box, const Point<Camera>& ray) {
  const Eigen::Vector3d origin = camera_in_box(box), direction = box.pose.rotation().conjugate() * ray.metres;
  double enter = 0, leave = std::numeric_limits<double>::infinity();
  for (int axis = 0; axis < 3; ++axis) {
    const double half = 0.5 * box.size[axis];
    if (direction[axis] == 0) {
      if (std::abs(origin[axis]) > half) return false;
      continue;
    }
    const double a = (-half - origin[axis]) / direction[axis], b = (half - origin[axis]) / direction[axis];
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  return enter <= leave;
}

// Pixels at the limit of the lens where the box goes on beyond it: half a degree apart, for the outline there
// is round.
Polyline rim_on_box(const Box3<Camera>& box, const CameraModel& model) {
  const auto corners = box.corners();
  if (std::ranges::all_of(corners,
                          [&](const Point<Camera>& corner) { return model.pixel_from(corner).has_value(); }))
    return {};
  Polyline rim;
  constexpr int samples = 720;
  const double angle = model.max_angle() * (1 - 1e-9);
  for (int i = 0; i < samples; ++i) {
    const double turn = 2 * std::numbers::pi * i / samples;
    const Point<Camera> ray(std::sin(angle) * std::cos(turn), std::sin(angle) * std::sin(turn),
                            std::cos(angle));
    if (!ray_meets(box, ray)) continue;
    if (const auto pixel = model.pixel_from(ray); pixel && model.in_image(*pixel)) rim.push_back(*pixel);
  }
  return rim;
}

}  // namespace

std::vector<ProjectedEdge> project_box(const Box3<Camera>& box, const CameraModel& model) {
  const CameraIntrinsics& camera = model.intrinsics();
  const PixelRectangle region = image_of(model, 0.1 * std::max(camera.width, camera.height));
  std::vector<ProjectedEdge> edges;
  for (unsigned edge = 0; edge < box_edges.size(); ++edge)
    for (Polyline& piece : edge_pieces(box, edge, model, region))
      edges.push_back({edge, on_far_side(box, edge), std::move(piece)});
  return edges;
}

// The outline of what is in view is made of pieces of edges, of those corners of the image that the box
// covers, and of the lens's rim across the box.
std::optional<PixelRectangle> box_bounds(const Box3<Camera>& box, const CameraModel& model) {
  const PixelRectangle image = image_of(model, 0);
  std::optional<PixelRectangle> bounds;
  const auto include = [&bounds](const Eigen::Vector2d& pixel) {
    if (!bounds) bounds = PixelRectangle{pixel.x(), pixel.y(), pixel.x(), pixel.y()};
    bounds = PixelRectangle{std::min(bounds->left, pixel.x()), std::min(bounds->top, pixel.y()),
                            std::max(bounds->right, pixel.x()), std::max(bounds->bottom, pixel.y())};
  };
  for (unsigned edge = 0; edge < box_edges.size(); ++edge)
    for (const Polyline& piece : edge_pieces(box, edge, model, image)) std::ranges::for_each(piece, include);
  for (const double x : {image.left, image.right})
    for (const double y : {image.top, image.bottom})
      if (const auto ray = model.ray_from({x, y}); ray && ray_meets(box, *ray)) include({x, y});
  std::ranges::for_each(rim_on_box(box, model), include);
  return bounds;
}

}  // namespace sweepmark
