// A display to draw on where there is none.
#pragma once

#include <sys/types.h>

#include "core/base/result.hpp"

namespace sweepmark::sample {

// Debian's VTK draws through X even off screen, and ends the process where there is no display. This finds
// the display of the environment, or starts an Xvfb of its own, sets DISPLAY to it and ends it when destroyed
// (or when this process dies).
class VirtualDisplay {
 public:
  static Result<VirtualDisplay> open();
  ~VirtualDisplay();
  VirtualDisplay(VirtualDisplay&& other) noexcept;
  VirtualDisplay& operator=(VirtualDisplay&&) = delete;

  bool is_own() const { return server_ > 0; }

 private:
  explicit VirtualDisplay(pid_t server) : server_(server) {}
  pid_t server_ = 0;  // 0: somebody else's
};

}  // namespace sweepmark::sample
