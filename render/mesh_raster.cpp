#include "render/mesh_raster.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include "render/cloud_projection.hpp"

namespace sweepmark {

namespace {

// (u, v, 1) · weight with weight = depth in perspective and 1 otherwise, and the depth.
struct Corner {
  double u, v, weight, depth;
};

Corner mixed(const Corner& a, const Corner& b, double share) {
  const auto mix = [share](double from, double to) { return from + share * (to - from); };
  return {mix(a.u, b.u), mix(a.v, b.v), mix(a.weight, b.weight), mix(a.depth, b.depth)};
}

// What of a triangle is farther than `near`: three or four corners, or none.
struct Clipped {
  std::array<Corner, 4> corners;
  std::size_t count = 0;
};

Clipped clipped(const std::array<Corner, 3>& triangle, double near) {
  Clipped result;
  for (std::size_t i = 0; i < 3; ++i) {
    const Corner &a = triangle[i], &b = triangle[(i + 1) % 3];
    if (a.depth >= near) result.corners[result.count++] = a;
    if ((a.depth >= near) != (b.depth >= near))
      result.corners[result.count++] = mixed(a, b, (near - a.depth) / (b.depth - a.depth));
  }
  return result;
}

struct Pixel {
  double u, v, inverse;  // inverse: 1 / depth in perspective, else depth; linear over the picture
};

class TriangleFiller {
 public:
  TriangleFiller(bool perspective, double far, Viewport viewport, std::span<PixelKey> keys)
      : perspective_(perspective), far_(far), viewport_(viewport), keys_(keys) {}

  void fill(const Corner& a, const Corner& b, const Corner& c, std::uint32_t id) const {
    const std::array<Pixel, 3> p = {pixel_of(a), pixel_of(b), pixel_of(c)};
    const double twice_area = cross(p[0], p[1], p[2].u, p[2].v);
    if (!(std::abs(twice_area) > 1e-12)) return;
    const auto [left, right] = bounds(p[0].u, p[1].u, p[2].u, viewport_.width);
    const auto [top, bottom] = bounds(p[0].v, p[1].v, p[2].v, viewport_.height);
    for (int y = top; y < bottom; ++y)
      for (int x = left; x < right; ++x) {
        const double wa = cross(p[1], p[2], x + 0.5, y + 0.5) / twice_area,
                     wb = cross(p[2], p[0], x + 0.5, y + 0.5) / twice_area, wc = 1.0 - wa - wb;
        if (wa < 0.0 || wb < 0.0 || wc < 0.0) continue;
        lower(x, y, wa * p[0].inverse + wb * p[1].inverse + wc * p[2].inverse, id);
      }
  }

 private:
  Pixel pixel_of(const Corner& corner) const {
    return {corner.u / corner.weight, corner.v / corner.weight,
            perspective_ ? 1.0 / corner.depth : corner.depth};
  }
  static double cross(const Pixel& from, const Pixel& to, double u, double v) {
    return (to.u - from.u) * (v - from.v) - (to.v - from.v) * (u - from.u);
  }
  static std::pair<int, int> bounds(double a, double b, double c, int size) {
    const double low = std::clamp(std::min({a, b, c}), 0.0, static_cast<double>(size)),
                 high = std::clamp(std::max({a, b, c}), 0.0, static_cast<double>(size));
    return {static_cast<int>(low), static_cast<int>(std::ceil(high))};
  }
  void lower(int x, int y, double inverse, std::uint32_t id) const {
    const double depth = perspective_ ? 1.0 / inverse : inverse;
    if (!(depth > 0.0 && depth <= far_)) return;
    const PixelKey key =
        static_cast<PixelKey>(std::bit_cast<std::uint32_t>(static_cast<float>(depth))) << 32 | id;
    PixelKey& held = keys_[static_cast<std::size_t>(y) * static_cast<std::size_t>(viewport_.width) +
                           static_cast<std::size_t>(x)];
    held = std::min(held, key);
  }

  bool perspective_;
  double far_;
  Viewport viewport_;
  std::span<PixelKey> keys_;
};

Corner corner_at(const CloudProjection& projection, const Eigen::Vector3f& p) {
  const auto value = [&](const PlaneRow& row) {
    return static_cast<double>(value_at(row, p.x(), p.y(), p.z()));
  };
  const double depth = value(projection.depth);
  return {value(projection.u), value(projection.v), projection.perspective ? depth : 1.0, depth};
}

void fill_mesh(const SceneMesh& mesh, std::uint32_t first_id, const ViewCamera& camera, Viewport viewport,
               std::span<PixelKey> keys) {
  const CloudProjection projection =
      cloud_projection(Eigen::Vector3d::Zero(), mesh.world_from_mesh, camera, viewport, 0.0);
  const TriangleFiller filler(projection.perspective, projection.far, viewport, keys);
  for (std::uint32_t i = 0; i < mesh.mesh->triangles.size(); ++i) {
    std::array<Corner, 3> triangle;
    for (std::size_t k = 0; k < 3; ++k)
      triangle[k] = corner_at(projection, mesh.mesh->positions[mesh.mesh->triangles[i][k]]);
    const Clipped part = clipped(triangle, projection.near);
    for (std::size_t k = 2; k < part.count; ++k)
      filler.fill(part.corners[0], part.corners[k - 1], part.corners[k], first_id + i);
  }
}

}  // namespace

void MeshPicture::draw(std::span<const SceneMesh> meshes, const ViewCamera& camera, Viewport viewport) {
  keys_.clear();
  colours_.clear();
  if (meshes.empty()) return;
  viewport_ = viewport;
  keys_.assign(static_cast<std::size_t>(viewport.width) * static_cast<std::size_t>(viewport.height),
               no_point);
  for (const SceneMesh& mesh : meshes) {
    fill_mesh(mesh, static_cast<std::uint32_t>(colours_.size()), camera, viewport, keys_);
    for (std::uint32_t i = 0; i < mesh.mesh->triangles.size(); ++i)
      colours_.push_back(lit_colour(mesh, i, camera.forward()).packed());
  }
}

}  // namespace sweepmark
