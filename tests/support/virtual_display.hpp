// A display for tests that need a window where there is none.
#pragma once

#include <memory>
#include <utility>

#include "sample_data/display/virtual_display.hpp"

namespace sweepmark::test {

class VirtualDisplay {
 public:
  // Null where Xvfb cannot be started. Call before any thread and any window is made.
  static std::unique_ptr<VirtualDisplay> start() {
    auto display = sweepmark::VirtualDisplay::start();
    return display ? std::unique_ptr<VirtualDisplay>(new VirtualDisplay(std::move(*display))) : nullptr;
  }

 private:
  explicit VirtualDisplay(sweepmark::VirtualDisplay display) : display_(std::move(display)) {}
  sweepmark::VirtualDisplay display_;
};

}  // namespace sweepmark::test
