// Pictures of a scene without a window: for the command line, reports and tests.
#pragma once

#include <cstdint>
#include <span>

#include "core/drive/image.hpp"
#include "render/line_layer.hpp"
#include "render/point_backend.hpp"

namespace sweepmark {

// Draws lines over a picture of viewport.width × viewport.height pixels (rows from the top, r g b a in
// memory), in their order, with smooth edges and round ends. Lines may lie outside the picture in part or in
// whole; what is not finite is left out.
void draw_lines(std::span<const ScreenLine> lines, Viewport viewport, std::span<std::uint32_t> rgba);

// Points and surfaces by the software backend, then lines over them.
Image draw_picture(std::span<const ScenePoints> scene, std::span<const SceneMesh> meshes,
                   const PointStyle& style, std::span<const ScreenLine> lines, const ViewCamera& camera,
                   Viewport viewport);

}  // namespace sweepmark
