// The keys of a picture, read from the grids that hold each point's first pixel. A point's square is drawn by
// letting every pixel take the least key of the square of pixels that ends at it: that costs the picture's
// area once instead of each point's. Where squares differ in size a key is left out past its own reach; as
// the nearer has the larger square, no key that is needed is hidden by one that is left out.
#pragma once

#include <span>
#include <vector>

#include "render/key_buffer.hpp"

namespace sweepmark {

// How the grids of one picture are laid out: a margin before the picture's columns and rows, so that squares
// over its border need no clipping.
struct KeyLayout {
  static constexpr int margin = largest_square;

  KeyLayout() = default;
  explicit KeyLayout(Viewport picture)
      : viewport(picture),
        stride((static_cast<std::uint32_t>(picture.width) + 2 * keys_a_block - 1) / keys_a_block *
               keys_a_block) {}

  std::size_t keys() const { return stride * static_cast<std::size_t>(viewport.height + margin); }
  std::size_t place_of(int x, int y) const {
    return static_cast<std::size_t>(y + margin) * stride + keys_a_block + static_cast<std::size_t>(x);
  }
  // Whole blocks of keys across the picture; the last may be cut by its border.
  std::size_t blocks_across() const { return stride / keys_a_block - 1; }
  // Blocks of the picture, so that pixel 0 begins one, and the block before them.
  Viewport viewport{0, 0};
  std::uint32_t stride = 0;
};

// Reads rows one after the other. For one thread; several may read the same grids.
class KeyRows {
 public:
  // Begins at row `first`. The grids and kernels outlive it.
  KeyRows(std::span<const KeyBuffer> grids, const KeyLayout& layout, const PointSquares& squares,
          const SplatKernels& kernels, int first);

  // Reads the next row. Valid until the next call: the keys of the row, in whole blocks, the last of which
  // may go past the picture's width; and whether a block has any.
  void next();
  const PixelKey* keys() const { return keys_.data(); }
  bool has_points(std::size_t block) const { return filled_[block]; }

 private:
  struct Row {
    std::vector<PixelKey> keys;  // widened along the row
    std::vector<std::uint8_t> filled;
  };
  void gather(int y);          // one row of all grids
  void widen(Row& row) const;  // along the row

  std::span<const KeyBuffer> grids_;
  KeyLayout layout_;
  const SplatKernels& kernels_;
  std::vector<PixelKey> last_key_;  // last_key_[d]: of a square wider than d pixels
  std::vector<PixelKey> gathered_;  // from the block before the picture on
  std::vector<std::uint8_t> gathered_filled_;
  std::vector<Row> ring_;  // as many rows as the largest square has
  int next_;
  std::vector<PixelKey> keys_;
  std::vector<std::uint8_t> filled_;
};

// The key of one pixel of the picture.
PixelKey key_at(std::span<const KeyBuffer> grids, const KeyLayout& layout, const PointSquares& squares, int x,
                int y);

}  // namespace sweepmark
