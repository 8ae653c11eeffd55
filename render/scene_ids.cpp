#include "render/scene_ids.hpp"

namespace sweepmark {

SceneIds::SceneIds(std::span<const ScenePoints> scene) {
  first_.reserve(scene.size());
  for (const ScenePoints& points : scene) {
    const std::size_t size = points.cloud->size();
    const std::size_t pieces = (size + points_a_piece - 1) / points_a_piece;
    if (pieces_.size() + pieces > most_pieces) break;
    const auto scene_index = static_cast<std::uint32_t>(first_.size());
    first_.push_back(static_cast<std::uint32_t>(pieces_.size() * points_a_piece));
    for (std::size_t piece = 0; piece < pieces; ++piece)
      pieces_.push_back({scene_index, static_cast<std::uint32_t>(piece * points_a_piece)});
  }
}

}  // namespace sweepmark
