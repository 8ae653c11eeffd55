#include "render/picture_keys.hpp"

#include <algorithm>

namespace sweepmark {

namespace {

std::vector<PixelKey> last_keys(const PointSquares& squares) {
  std::vector<PixelKey> last(static_cast<std::size_t>(squares.largest), no_point);
  if (squares.by_depth)
    for (std::size_t d = 1; d < last.size(); ++d) last[d] = last_key_at(squares.reach[d - 1]);
  return last;
}

}  // namespace

KeyRows::KeyRows(std::span<const KeyBuffer> grids, const KeyLayout& layout, const PointSquares& squares,
                 const SplatKernels& kernels, int first)
    : grids_(grids),
      layout_(layout),
      kernels_(kernels),
      last_key_(last_keys(squares)),
      gathered_(layout.stride, no_point),
      gathered_filled_(layout.blocks_across() + 1),
      ring_(last_key_.size(), {std::vector<PixelKey>(layout.blocks_across() * keys_a_block),
                               std::vector<std::uint8_t>(layout.blocks_across())}),
      next_(first - squares.largest + 1),
      keys_(layout.blocks_across() * keys_a_block),
      filled_(layout.blocks_across()) {
  while (next_ < first) {
    gather(next_);
    widen(ring_[static_cast<std::size_t>(next_ + KeyLayout::margin) % ring_.size()]);
    ++next_;
  }
}

void KeyRows::gather(int y) {
  const std::size_t begin = layout_.place_of(0, y) - keys_a_block;
  for (std::size_t block = 0; block < gathered_filled_.size(); ++block) {
    PixelKey* out = gathered_.data() + block * keys_a_block;
    const std::size_t place = begin + block * keys_a_block;
    bool filled = false;
    for (const KeyBuffer& grid : grids_) {
      if (!grid.touched()[place / keys_a_block]) continue;
      if (filled)
        kernels_.lesser(out, out, grid.data() + place, no_point, keys_a_block);
      else
        std::copy_n(grid.data() + place, keys_a_block, out);
      filled = true;
    }
    if (!filled && gathered_filled_[block]) std::fill_n(out, keys_a_block, no_point);
    gathered_filled_[block] = filled;
  }
}

void KeyRows::widen(Row& row) const {
  for (std::size_t block = 0; block < row.filled.size(); ++block) {
    const PixelKey* from = gathered_.data() + (block + 1) * keys_a_block;
    PixelKey* out = row.keys.data() + block * keys_a_block;
    row.filled[block] = gathered_filled_[block] || gathered_filled_[block + 1];
    std::copy_n(from, keys_a_block, out);
    if (!row.filled[block]) continue;
    for (std::size_t d = 1; d < last_key_.size(); ++d)
      kernels_.lesser(out, out, from - d, last_key_[d], keys_a_block);
  }
}

void KeyRows::next() {
  const auto slot_of = [&](int y) -> Row& {
    return ring_[static_cast<std::size_t>(y + KeyLayout::margin) % ring_.size()];
  };
  Row& own = slot_of(next_);
  gather(next_);
  widen(own);
  keys_ = own.keys;
  filled_ = own.filled;
  for (int d = 1; d < static_cast<int>(ring_.size()); ++d) {
    const Row& above = slot_of(next_ - d);
    for (std::size_t block = 0; block < filled_.size(); ++block) {
      if (!above.filled[block]) continue;
      PixelKey* out = keys_.data() + block * keys_a_block;
      kernels_.lesser(out, out, above.keys.data() + block * keys_a_block,
                      last_key_[static_cast<std::size_t>(d)], keys_a_block);
      filled_[block] = 1;
    }
  }
  ++next_;
}

PixelKey key_at(std::span<const KeyBuffer> grids, const KeyLayout& layout, const PointSquares& squares, int x,
                int y) {
  const std::vector<PixelKey> last = last_keys(squares);
  PixelKey least = no_point;
  for (int down = 0; down < squares.largest; ++down)
    for (int along = 0; along < squares.largest; ++along)
      for (const KeyBuffer& grid : grids) {
        const PixelKey key = grid.data()[layout.place_of(x - along, y - down)];
        if (key <= last[static_cast<std::size_t>(std::max(along, down))]) least = std::min(least, key);
      }
  return least;
}

}  // namespace sweepmark
