// Which points of a scene lie under the pixels a gesture chose.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "render/pixel_mask.hpp"
#include "render/point_backend.hpp"
#include "render/thread_team.hpp"

namespace sweepmark {

// Points of one cloud of a scene, a bit each.
struct SelectedPoints {
  std::uint32_t scene_index = 0;
  std::vector<std::uint64_t> bits;  // point i is bit i % 64 of word i / 64
  std::size_t count = 0;            // of set bits; never 0

  bool has(std::uint32_t point) const { return bits[point / 64] >> (point % 64) & 1u; }
  std::vector<std::uint32_t> points() const;  // ascending
};

// Every point, seen or hidden by others, whose pixel is in the mask: of a frustum where the mask is a shape.
// By scene index; clouds without such points are left out. A chunk out of the mask's bounds costs nothing.
std::vector<SelectedPoints> points_under(std::span<const ScenePoints> scene, const ViewCamera& camera,
                                         const PixelMask& mask, ThreadTeam& team);

// Only the points that are seen in the backend's last picture, which must be complete and of the mask's
// viewport. `scene` is the one that was drawn.
std::vector<SelectedPoints> visible_points_under(PointBackend& backend, std::span<const ScenePoints> scene,
                                                 const PixelMask& mask);

}  // namespace sweepmark
