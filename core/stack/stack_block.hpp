// The part of a stack that is built, written and read as one: about a million points of sweeps that follow
// each other.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/base/ids.hpp"
#include "core/cloud/point_cloud.hpp"

namespace sweepmark {

inline constexpr std::size_t stack_levels = 3;
inline constexpr std::size_t stack_block_points = 1 << 20, stack_block_slots = 256;

// A point's "source" is slot << 24 | row − first_row: which row of which sweep's file it is
// (PointCloud::file_row). Rows, not places in memory, since labels go by rows and need no sweep to be read. A
// slot reaches over 2^24 rows; a sweep of more has several.
struct StackSlot {
  std::uint32_t sweep = 0, first_row = 0;
  bool operator==(const StackSlot&) const = default;
};
inline constexpr unsigned stack_row_bits = 24;

struct StackRow {
  std::uint32_t sweep = 0;  // of the drive
  std::uint32_t row = 0;    // of its file
  auto operator<=>(const StackRow&) const = default;
};

// Points of one moving object about its box: x along its length, in BoxLocal.
struct StackMover {
  TrackId track;
  PointCloud cloud;  // channel "intensity" where the block has it
};

// World-frame points about `layers[0].origin`, whole metres, the same for all layers. Layer 0 has the first
// sixteenth of each chunk of the block's detail order (detail_order.hpp), layer 1 what is missing to a
// quarter, layer 2 the rest; each layer lists all chunks, with the points that lie in the layers before as
// `before`. Channels "intensity" (float, where a sweep of the block has it) and "source" (uint32).
struct StackBlock {
  std::vector<StackSlot> slots;
  std::array<PointCloud, stack_levels> layers;
  std::vector<StackMover> movers;
  std::vector<std::uint32_t> unreadable;  // sweeps that came to nothing while the block was built
  std::size_t points() const;             // of all layers
};

// Puts a cloud in detail order and cuts it into layers; file_row is left out. A chunk too small to reach a
// layer is listed there all the same, with no points; the bounds are those of the whole chunk.
std::array<PointCloud, stack_levels> in_layers(const PointCloud& cloud, unsigned threads = 0);

// Which row of which sweep a point of a layer is. Nothing where `source` names no slot of the block.
std::optional<StackRow> row_of(std::span<const StackSlot> slots, std::uint32_t source);
// The other way: for each point of a layer its row of `sweep`, where it is of that sweep; ascending by point.
struct StackPoint {
  std::uint32_t point = 0;  // of the layer
  std::uint32_t row = 0;    // of the sweep's file
  auto operator<=>(const StackPoint&) const = default;
};
std::vector<StackPoint> points_of_sweep(std::span<const StackSlot> slots, const PointCloud& layer,
                                        std::uint32_t sweep);

}  // namespace sweepmark
