// Surfaces as the software backend sees them, pixel by pixel, beside its points.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "render/splat_kernels.hpp"
#include "render/triangle_mesh.hpp"
#include "render/view_camera.hpp"

namespace sweepmark {

// The nearest surface at every pixel whose centre a triangle covers. Parts nearer than the camera's near
// plane are cut off. For one thread.
class MeshPicture {
 public:
  void draw(std::span<const SceneMesh> meshes, const ViewCamera& camera, Viewport viewport);

  bool empty() const { return keys_.empty(); }
  // Rows from the top; valid where there are meshes.
  bool hides(int x, int y, PixelKey point) const { return key_at(x, y) < (point >> 32 << 32); }
  float depth_at(int x, int y) const { return depth_of(key_at(x, y)); }
  std::uint32_t colour_at(int x, int y) const { return colours_[id_of(key_at(x, y))]; }

 private:
  PixelKey key_at(int x, int y) const {
    return keys_[static_cast<std::size_t>(y) * static_cast<std::size_t>(viewport_.width) +
                 static_cast<std::size_t>(x)];
  }

  Viewport viewport_;
  std::vector<PixelKey> keys_;          // the id is the triangle's number, one mesh after the other
  std::vector<std::uint32_t> colours_;  // of each triangle, packed
};

}  // namespace sweepmark
