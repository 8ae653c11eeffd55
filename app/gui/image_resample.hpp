// A part of a camera image at the size it has on the window, beneath what was painted over it. No ImGui, no
// GL.
#pragma once

#include <cstdint>
#include <span>

#include "core/drive/reduced_image.hpp"

namespace sweepmark::gui {

// What is seen of an image, in pixels of the stored image: (0, 0) is the middle of its upper left one.
struct ImageWindow {
  double left = 0, top = 0, scale = 1;  // screen pixels an image pixel takes
};

// Puts the image beneath a canvas of packed colours with straight alpha (rows from the top), which becomes
// opaque; what lies outside the image becomes `background`. Where image pixels are smaller than the canvas's
// they are averaged, where they are larger they are interpolated.
void put_image_under(std::span<std::uint32_t> canvas, int width, int height, const ReducedImage& image,
                     const ImageWindow& window, std::uint32_t background);

}  // namespace sweepmark::gui
