#include "render/triangle_mesh.hpp"

#include <Eigen/Geometry>
#include <cmath>

namespace sweepmark {

namespace {

constexpr double least_light = 0.35;  // of a surface seen edge on

}  // namespace

Rgba lit_colour(const SceneMesh& scene_mesh, std::uint32_t triangle, const Eigen::Vector3d& view_direction) {
  const TriangleMesh& mesh = *scene_mesh.mesh;
  const auto& [a, b, c] = mesh.triangles[triangle];
  const Eigen::Vector3d across = (mesh.positions[b] - mesh.positions[a]).cast<double>(),
                        along = (mesh.positions[c] - mesh.positions[a]).cast<double>();
  const Eigen::Vector3d normal =
      (scene_mesh.world_from_mesh.topLeftCorner<3, 3>() * across.cross(along)).stableNormalized();
  const double light = least_light + (1.0 - least_light) * std::abs(normal.dot(view_direction));
  const Rgba full = mesh.colours.empty() ? scene_mesh.colour : mesh.colours[triangle];
  const auto lit = [light](std::uint8_t channel) {
    return static_cast<std::uint8_t>(std::lround(light * channel));
  };
  return {lit(full.r), lit(full.g), lit(full.b), full.a};
}

}  // namespace sweepmark
