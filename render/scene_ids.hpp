// One number for every point of a scene, so that a picture can hold a point in 32 bits; and the search for a
// point in such a picture.
#pragma once

#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "render/point_backend.hpp"
#include "render/splat_kernels.hpp"

namespace sweepmark {

// An id is the number of a piece and, in its lower 16 bits, the place of the point in that piece; a cloud
// takes as many pieces of 65,536 points as it needs. So the point of an id is found without a search however
// many clouds there are, ids ascend through the scene, and those of the first clouds do not depend on what
// follows. Clouds for which no pieces are left have no ids and are not drawn.
class SceneIds {
 public:
  static constexpr std::uint32_t none = 0xffffffff;
  static constexpr std::size_t points_a_piece = 1 << 16;

  SceneIds() = default;
  explicit SceneIds(std::span<const ScenePoints> scene);

  std::size_t clouds() const { return first_.size(); }
  // Point i of the cloud has the id first_of(scene_index) + i.
  std::uint32_t first_of(std::size_t scene_index) const { return first_[scene_index]; }
  // Where `id` was given out.
  PointId point_of(std::uint32_t id) const {
    const PointId& first = pieces_[id / points_a_piece];
    return {first.scene_index, first.point + id % static_cast<std::uint32_t>(points_a_piece)};
  }

 private:
  static constexpr std::size_t most_pieces = (1 << 16) - 1;  // the last would hold `none`

  std::vector<std::uint32_t> first_;  // ascending
  std::vector<PointId> pieces_;       // the first point of each
};

// Calls `take(SceneRun)` for what `part` draws of the scene's clouds that have ids, runs without points left
// out.
template <class Take>
void for_each_run(std::span<const ScenePoints> scene, const SceneIds& ids, const DrawPart& part,
                  const Take& take) {
  const auto take_within_cloud = [&](SceneRun run) {
    if (run.scene_index >= ids.clouds()) return;
    run.end = std::min(run.end, static_cast<std::uint32_t>(scene[run.scene_index].cloud->size()));
    if (run.begin < run.end) take(run);
  };
  if (part.runs)
    for (const SceneRun& run : *part.runs) take_within_cloud(run);
  else
    for (std::uint32_t i = 0; i < ids.clouds(); ++i)
      take_within_cloud({i, 0, std::numeric_limits<std::uint32_t>::max()});
}

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
