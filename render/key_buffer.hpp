// Memory for a grid of keys. On huge pages where the system has them: points fall anywhere on the grid, and
// with small pages each would cost a walk of the page table as well.
#pragma once

#include <cstdlib>
#include <memory>
#include <span>

#include "render/splat_kernels.hpp"

namespace sweepmark {

class KeyBuffer {
 public:
  KeyBuffer() = default;
  explicit KeyBuffer(std::size_t count);  // all no_point

  PixelKey* data() { return keys_.get(); }
  const PixelKey* data() const { return keys_.get(); }
  std::size_t size() const { return size_; }

 private:
  struct Free {
    void operator()(PixelKey* keys) const { std::free(keys); }
  };
  std::unique_ptr<PixelKey[], Free> keys_;
  std::size_t size_ = 0;
};

}  // namespace sweepmark
