// Surfaces shown among points: a vehicle's body, a sensor's housing, a model of a street.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "render/colour.hpp"

namespace sweepmark {

// In its own frame, metres. A value that is shared once it is made.
struct TriangleMesh {
  std::vector<Eigen::Vector3f> positions;
  std::vector<std::array<std::uint32_t, 3>> triangles;  // of positions
  std::vector<Rgba> colours;                            // a triangle each, or empty

  std::size_t bytes() const {
    return positions.size() * sizeof(Eigen::Vector3f) + triangles.size() * sizeof(triangles[0]) +
           colours.size() * sizeof(Rgba);
  }
};

// A mesh in a scene. Lit from the eye, from both sides; hides points behind it and is hidden by points
// before.
struct SceneMesh {
  std::shared_ptr<const TriangleMesh> mesh;
  Eigen::Matrix4d world_from_mesh = Eigen::Matrix4d::Identity();
  Rgba colour{168, 176, 188, 255};  // where the mesh has no colours of its own
};

// The colour of a triangle seen along `view_direction` (unit, world): darker the more it is turned away.
Rgba lit_colour(const SceneMesh& scene_mesh, std::uint32_t triangle, const Eigen::Vector3d& view_direction);

}  // namespace sweepmark
