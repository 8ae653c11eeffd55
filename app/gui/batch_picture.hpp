// The points of a batch cell as pixels. No ImGui, no GL.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "app/gui/batch_crop.hpp"
#include "render/colour.hpp"
#include "render/view_camera.hpp"

namespace sweepmark::gui {

// How a crop is looked at: along one side of a box, in its own orientation.
struct CropView {
  Box3<Ego> box;                // whose inside is bright
  Eigen::Vector3d middle;       // of the picture; ego frame
  Eigen::Vector3d right, up;    // of the screen; ego frame, unit
  double metres_per_pixel = 1;  // > 0
  double nearer = 1;            // what stands further than this before the middle is left out; metres
  double farther = 1;           // and what lies further than this behind it
  Viewport size;
  int point_size = 2;  // edge of a point's square, pixels
  ColourMap map = ColourMap::turbo;
};

// Points inside the box take the colours of the map by their height in it; outside they are a dim grey, on
// the ground a dimmer one. Inside wins over outside, outside over ground, within each the later point.
// Returns how many are inside. `canvas` has size.width × size.height pixels, rows from the top; others stay.
std::size_t paint_crop(const CloudCrop& crop, const CropView& view, std::span<std::uint32_t> canvas);

// Equal where the pictures are.
std::string key_of(const CropKey& crop, const CropView& view);

}  // namespace sweepmark::gui
