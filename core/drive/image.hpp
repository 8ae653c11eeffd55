// A decoded camera image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark {

struct Image {
  int width = 0, height = 0;
  std::vector<std::uint8_t> rgba;  // 4·width·height, rows from the top, alpha 255

  std::size_t bytes() const { return rgba.size(); }
};

// Any format OpenCV decodes (JPEG, PNG, …), orientation tags ignored: calibration refers to the stored
// pixels.
Result<Image> read_image(const std::filesystem::path& file);
// Width and height without decoding the pixels where the format allows it (JPEG, PNG).
struct ImageSize {
  int width = 0, height = 0;
};
Result<ImageSize> read_image_size(const std::filesystem::path& file);
Result<void> write_png(const Image& image, const std::filesystem::path& file);

}  // namespace sweepmark
