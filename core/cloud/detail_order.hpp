// An order of points in which any beginning of a part is a thinner picture of it: what lets a large cloud be
// drawn as far as the time of a frame goes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/cloud/point_cloud.hpp"

namespace sweepmark {

inline constexpr std::size_t chunk_points_least = 32'768, chunk_points_most = 65'536;

// Points are sorted along a Morton curve (morton_grid.hpp) and cut into chunks of chunk_points_least …
// chunk_points_most points (a cloud of fewer is one chunk), each time at the place in that window where the
// highest bit of the code changes: chunks are cells of an octree or neighbouring ones. Inside a chunk the
// points go by the bit-reversed number of their rank (van der Corput, Verteilungsfunktionen, 1935), so that
// any beginning of a chunk is spread evenly along the curve and so over the chunk. Drawing beginnings first:
// Schütz, Mandlburger, Otepka, Wimmer, Progressive real-time rendering of one billion points, 2020.
// The same cloud always comes out in the same order.
struct DetailOrder {
  std::vector<std::uint32_t> order;  // the point that comes to each place
  std::vector<CloudChunk> chunks;    // with their bounds
};
// At most 2^32 − 1 points. `threads` 0: as many as there are cores. While it runs it takes 12 bytes a point.
DetailOrder detail_order_of(const PointCloud& cloud, unsigned threads = 0);

// Puts a cloud in that order, in place: coordinates, channels and file_row, which then says the row of each
// point. Channel by channel, so that beside the order (4 bytes a point) only one channel's values are held
// twice.
void put_in_detail_order(PointCloud& cloud, unsigned threads = 0);

}  // namespace sweepmark
