// Points that await being written to a key grid. The grid exceeds the near caches and points fall anywhere on
// it, so each place is asked for when its point is met and written some hundred points later, when it has
// arrived.
#pragma once

#include <array>

#include "render/splat_kernels.hpp"

namespace sweepmark {

struct SplatBlock {
  static constexpr std::size_t full = 256;
  static constexpr std::size_t room = full + 8;  // a last step of eight may run over

  explicit SplatBlock(const KeyGrid& grid) : keys(grid.keys), touched(grid.touched) {}

  void expect(std::size_t i) const { __builtin_prefetch(keys + place[i], 1); }
  void flush() {
    // Copies, for a byte that is written may be anything of ours to the compiler.
    PixelKey* const grid_keys = keys;
    std::uint8_t* const grid_touched = touched;
    const std::size_t end = count;
    for (std::size_t i = 0; i < end; ++i) {
      const std::uint32_t at = place[i];
      const PixelKey key = static_cast<PixelKey>(depth_bits[i]) << 32 | id[i];
      if (key >= grid_keys[at]) continue;
      grid_keys[at] = key;
      grid_touched[at / keys_a_block] = 1;
    }
    count = 0;
  }

  PixelKey* keys;
  std::uint8_t* touched;
  std::size_t count = 0;
  alignas(32) std::array<std::uint32_t, room> place;
  alignas(32) std::array<std::uint32_t, room> depth_bits;
  alignas(32) std::array<std::uint32_t, room> id;
};

// Points begin … end − 1 of `run`, one at a time.
void splat_each(const SplatRun& run, const CloudProjection& projection, const KeyGrid& grid,
                std::size_t begin, SplatBlock& block);

}  // namespace sweepmark
