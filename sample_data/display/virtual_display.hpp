// A display for programs that draw through X where there is none.
#pragma once

#include <sys/types.h>

#include "core/base/result.hpp"

namespace sweepmark {

// An Xvfb of our own, gone when this goes or when the process dies. Not for a process that has other threads.
class VirtualDisplay {
 public:
  // Starts Xvfb on a free number and points DISPLAY at it.
  static Result<VirtualDisplay> start();
  ~VirtualDisplay();
  VirtualDisplay(VirtualDisplay&& other) noexcept;
  VirtualDisplay& operator=(VirtualDisplay&&) = delete;

 private:
  explicit VirtualDisplay(pid_t server) : server_(server) {}
  pid_t server_ = 0;  // 0: handed on
};

}  // namespace sweepmark
