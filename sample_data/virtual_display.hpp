// A display to draw on where there is none.
#pragma once

#include <optional>

#include "sample_data/display/virtual_display.hpp"

namespace sweepmark::sample {

// Debian's VTK draws through X even off screen, and ends the process where there is no display. This finds
// the display of the environment, or starts one of its own.
class VirtualDisplay {
 public:
  static Result<VirtualDisplay> open();

  bool is_own() const { return own_.has_value(); }

 private:
  std::optional<sweepmark::VirtualDisplay> own_;
};

}  // namespace sweepmark::sample
