// A scene as files that ParaView opens: points with their channels and labels, boxes, meshes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/geometry/box3.hpp"
#include "render/point_backend.hpp"
#include "render/triangle_mesh.hpp"

namespace sweepmark {

struct SceneBox {
  Box3<World> box;
  std::uint32_t track = 0;
  std::uint16_t class_id = 0;
  std::string class_name;
};

struct ParaviewScene {
  std::span<const ScenePoints> points;
  std::span<const SceneBox> boxes;
  std::span<const SceneMesh> meshes;
};

// Writes `file` (.vtm) and, in the folder beside it that has its name without the ending, one .vtp file a
// cloud, one for all boxes and one a mesh. Coordinates are double precision, metres, world frame. Points
// carry their channels under the same names, and "class" and "instance" where they are labelled; boxes
// "track", "class" and "class_name". Existing files of these names are replaced. Errors name the file that
// could not be written.
Result<void> write_paraview_scene(const ParaviewScene& scene, const std::filesystem::path& file);

}  // namespace sweepmark
