// Meshes from files: STL, OBJ, PLY, glTF (.gltf, .glb).
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "core/base/result.hpp"
#include "render/triangle_mesh.hpp"

namespace sweepmark {

// Endings of the files that can be read, in lower case with the dot.
std::span<const std::string_view> mesh_file_endings();

// Reads by the file's ending. Faces of more corners are cut into triangles; lines and loose points are left
// out. Coordinates are taken as metres, axes as the file has them, but glTF's y-up is turned to z-up. Errors:
// no such file, an ending that is not known, a file the reader does not understand, one without triangles.
// Never throws.
Result<TriangleMesh> read_mesh(const std::filesystem::path& file);

}  // namespace sweepmark
