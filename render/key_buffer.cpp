#include "render/key_buffer.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <new>

namespace sweepmark {

namespace {
constexpr std::size_t huge_page = std::size_t{2} << 20;
}

KeyBuffer::KeyBuffer(std::size_t count) : touched_(count / keys_a_block, 0) {
  const std::size_t bytes = (count * sizeof(PixelKey) + huge_page - 1) / huge_page * huge_page;
  keys_.reset(static_cast<PixelKey*>(std::aligned_alloc(huge_page, bytes)));
  if (!keys_) throw std::bad_alloc();
  madvise(keys_.get(), bytes, MADV_HUGEPAGE);  // advice only: nothing is lost where it is refused
  std::fill_n(keys_.get(), count, no_point);
}

void KeyBuffer::clear() {
  for (std::size_t block = 0; block < touched_.size(); ++block)
    if (touched_[block]) std::fill_n(keys_.get() + block * keys_a_block, keys_a_block, no_point);
  std::ranges::fill(touched_, std::uint8_t{0});
}

}  // namespace sweepmark
