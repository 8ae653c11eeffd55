// Memory for a grid of keys. On huge pages where the system has them: points fall anywhere on the grid, and
// with small pages each would cost a walk of the page table as well.
#pragma once

#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "render/splat_kernels.hpp"

namespace sweepmark {

class KeyBuffer {
 public:
  explicit KeyBuffer(std::size_t count);  // all no_point; whole blocks

  PixelKey* data() { return keys_.get(); }
  const PixelKey* data() const { return keys_.get(); }
  // For each block of keys_a_block keys whether there may be a point in it: what is empty is neither read nor
  // cleared.
  std::uint8_t* touched() { return touched_.data(); }
  std::span<const std::uint8_t> touched() const { return touched_; }
  void clear();

 private:
  struct Free {
    void operator()(PixelKey* keys) const { std::free(keys); }
  };
  std::unique_ptr<PixelKey[], Free> keys_;
  std::vector<std::uint8_t> touched_;
};

}  // namespace sweepmark
