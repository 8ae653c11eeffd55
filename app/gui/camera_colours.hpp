// The colour that the cameras see at each point of a sweep, worked out in the background. No ImGui, no GL.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "app/gui/image_projection.hpp"
#include "core/drive/reduced_image.hpp"

namespace sweepmark::gui {

struct SeenBy {
  const ImageProjection& points;
  const ReducedImage& image;
};

// A packed colour for each of `count` points, from the camera that sees it best: of those whose view of it
// nothing hides, the one in whose image it lies nearest to the middle (by shares of the image's half width
// and half height), for there lenses are sharpest and best calibrated. 0 where no camera sees the point.
std::vector<std::uint32_t> camera_colours(std::size_t count, std::span<const SeenBy> cameras);

struct ColouredBy {
  ProjectionKey projection;
  std::size_t image = 0;  // in Drive::images of its camera
  auto operator<=>(const ColouredBy&) const = default;
};
struct ColoursKey {
  std::size_t sweep = 0;
  std::vector<ColouredBy> cameras;
  auto operator<=>(const ColoursKey&) const = default;
};
struct SweepColours {
  std::shared_ptr<const std::vector<std::uint32_t>> by_point;
  std::size_t bytes() const { return by_point->size() * sizeof(std::uint32_t); }
};
using ColoursCache = Cache<ColoursKey, SweepColours>;

// What a ColoursCache loads. Images are decoded at half their size: finer than a lidar's points lie.
Result<SweepColours> load_colours(const Drive& drive, ImageProjector::Sweeps& sweeps,
                                  ImageProjector& projector, const ColoursKey& key);

}  // namespace sweepmark::gui
