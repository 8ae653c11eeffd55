// One number for every point of a scene, so that a picture can hold a point in 32 bits; and the search for a
// point in such a picture.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "render/point_backend.hpp"
#include "render/splat_kernels.hpp"

namespace sweepmark {

// The points of a scene's clouds, numbered one cloud after the other. Holds no more than 2³² − 2 points:
// clouds past that have no numbers and are not drawn.
class SceneIds {
 public:
  static constexpr std::uint32_t none = 0xffffffff;

  SceneIds() = default;
  explicit SceneIds(std::span<const ScenePoints> scene);

  std::size_t clouds() const { return first_.size(); }
  std::uint32_t first_of(std::size_t scene_index) const { return first_[scene_index]; }
  // Where `id` was given out.
  PointId point_of(std::uint32_t id) const;

 private:
  std::vector<std::uint32_t> first_;  // ascending
};

// The key nearest to the pixel (x, y) within `radius` pixels, by distance on the screen, then by key.
// `key_at(x, y)` is only asked for pixels of the viewport.
template <class KeyAt>
PixelKey nearest_key(int x, int y, int radius, Viewport viewport, const KeyAt& key_at) {
  PixelKey nearest = no_point;
  int nearest_square = radius * radius + 1;
  for (int row = std::max(0, y - radius); row <= std::min(viewport.height - 1, y + radius); ++row)
    for (int column = std::max(0, x - radius); column <= std::min(viewport.width - 1, x + radius); ++column) {
      const int square = (row - y) * (row - y) + (column - x) * (column - x);
      if (square > nearest_square || square > radius * radius) continue;
      const PixelKey key = key_at(column, row);
      if (key == no_point || (square == nearest_square && key >= nearest)) continue;
      nearest = key;
      nearest_square = square;
    }
  return nearest;
}

}  // namespace sweepmark
