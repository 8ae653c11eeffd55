// A camera image at the size it is needed.
#pragma once

#include "core/drive/image.hpp"

namespace sweepmark {

struct ReducedImage {
  Image pixels;
  int full_width = 0, full_height = 0;  // of the stored image, which calibration refers to

  std::size_t bytes() const { return pixels.bytes(); }
};

// As read_image. `reduction` 1, 2, 4 or 8: decoded at this part of its width and height, which saves a JPEG
// most of the work.
Result<ReducedImage> read_reduced_image(const std::filesystem::path& file, int reduction);

}  // namespace sweepmark
