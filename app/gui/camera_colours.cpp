#include "app/gui/camera_colours.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace sweepmark::gui {

namespace {

// The pixel of the decoded image in which a place of the stored one lies.
std::uint32_t colour_at(const ReducedImage& image, float u, float v) {
  const auto along = [](float at, int full, int decoded) {
    const double share = (static_cast<double>(at) + 0.5) / full;
    return std::clamp(static_cast<int>(share * decoded), 0, decoded - 1);
  };
  const int x = along(u, image.full_width, image.pixels.width),
            y = along(v, image.full_height, image.pixels.height);
  std::uint32_t packed = 0;
  const std::size_t pixel = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.pixels.width) +
                            static_cast<std::size_t>(x);
  std::memcpy(&packed, image.pixels.rgba.data() + 4 * pixel, sizeof packed);
  return packed;
}

// 0 in the middle of the image, 1 half way along an edge of it.
float off_centre(const ReducedImage& image, const ProjectedPoint& point) {
  const float half_width = 0.5f * static_cast<float>(image.full_width),
              half_height = 0.5f * static_cast<float>(image.full_height);
  return std::hypot((point.u + 0.5f) / half_width - 1, (point.v + 0.5f) / half_height - 1);
}

}  // namespace

std::vector<std::uint32_t> camera_colours(std::size_t count, std::span<const SeenBy> cameras) {
  std::vector<std::uint32_t> colours(count, 0);
  std::vector<float> best(count, std::numeric_limits<float>::infinity());
  for (const SeenBy& camera : cameras)
    for (const ProjectedPoint& point : camera.points.points()) {
      if (!point.visible) continue;
      const float off = off_centre(camera.image, point);
      if (off >= best[point.index]) continue;
      best[point.index] = off;
      colours[point.index] = colour_at(camera.image, point.u, point.v);
    }
  return colours;
}

// A camera whose image cannot be read colours nothing; the others do.
Result<SweepColours> load_colours(const Drive& drive, ImageProjector::Sweeps& sweeps,
                                  ImageProjector& projector, const ColoursKey& key) {
  constexpr int reduction = 2;
  SWEEPMARK_TRY(cloud, sweeps.get(key.sweep));
  std::vector<ImageProjector::Loaded> projections;
  std::vector<ReducedImage> images;
  for (const ColouredBy& camera : key.cameras) {
    auto projection = projector.get(camera.projection);
    const auto& entries = drive.images.at(camera.projection.camera);
    auto image = read_reduced_image(entries.at(camera.image).file, reduction);
    if (!projection || !image) continue;
    projections.push_back(std::move(projection));
    images.push_back(std::move(*image));
  }
  std::vector<SeenBy> seen;
  for (std::size_t i = 0; i < images.size(); ++i) seen.push_back({*projections[i], images[i]});
  return SweepColours{
      std::make_shared<const std::vector<std::uint32_t>>(camera_colours(cloud->size(), seen))};
}

}  // namespace sweepmark::gui
