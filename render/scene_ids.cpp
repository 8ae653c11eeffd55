#include "render/scene_ids.hpp"

#include <algorithm>

namespace sweepmark {

SceneIds::SceneIds(std::span<const ScenePoints> scene) {
  std::size_t next = 0;
  for (const ScenePoints& points : scene) {
    if (next + points.cloud->size() >= none) break;
    first_.push_back(static_cast<std::uint32_t>(next));
    next += points.cloud->size();
  }
}

PointId SceneIds::point_of(std::uint32_t id) const {
  // Clouds without points share their first number with the next one: the last of these is the one that has
  // the point.
  const auto after = std::ranges::upper_bound(first_, id);
  const auto index = static_cast<std::uint32_t>(after - first_.begin() - 1);
  return {index, id - first_[index]};
}

}  // namespace sweepmark
