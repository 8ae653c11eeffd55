// Large clouds for tests, as detail order leaves them: chunks that lie together, each shuffled.
#pragma once

#include <algorithm>
#include <memory>
#include <random>

#include "render/point_backend.hpp"

namespace sweepmark::test {

// A floor of `side` × `side` metres about the origin, a hundred chunks.
inline std::shared_ptr<PointCloud> chunked_floor(std::size_t points_a_chunk, float side, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> share(0.0f, 1.0f);
  auto cloud = std::make_shared<PointCloud>();
  const float cell = side / 10.0f;
  for (int i = 0; i < 100; ++i) {
    CloudChunk chunk;
    chunk.begin = static_cast<std::uint32_t>(cloud->size());
    chunk.low = {cell * static_cast<float>(i % 10) - side / 2, cell * static_cast<float>(i / 10) - side / 2,
                 0.0f};
    chunk.high = chunk.low + Eigen::Vector3f(cell, cell, 0.3f);
    for (std::size_t k = 0; k < points_a_chunk; ++k) {
      cloud->x.push_back(chunk.low.x() + cell * share(random));
      cloud->y.push_back(chunk.low.y() + cell * share(random));
      cloud->z.push_back(0.3f * share(random));
    }
    chunk.end = static_cast<std::uint32_t>(cloud->size());
    cloud->chunks.push_back(chunk);
  }
  return cloud;
}

}  // namespace sweepmark::test
