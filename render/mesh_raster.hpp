// Fills triangles into a grid of keys, beside the points of the software backend.
#pragma once

#include <span>

#include "render/splat_kernels.hpp"
#include "render/triangle_mesh.hpp"
#include "render/view_camera.hpp"

namespace sweepmark {

// Lowers the key of every pixel of `keys` (viewport.width × viewport.height, rows from the top) whose centre
// a triangle covers; triangle i has the id first_id + i. Depth is that of the surface at the pixel's centre.
// Parts nearer than the camera's near plane are cut off.
void fill_mesh(const SceneMesh& mesh, std::uint32_t first_id, const ViewCamera& camera, Viewport viewport,
               std::span<PixelKey> keys);

}  // namespace sweepmark
