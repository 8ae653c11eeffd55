// How long the window's frames took, for benchmarks that drive it by a replay.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark::gui {

class Timings {
 public:
  void add_frame(double milliseconds) { frames_ms_.push_back(milliseconds); }
  // {"since_start_ms": of the process, "resident_mb": now, "frames_ms": [since the last writing]}; then
  // starts anew.
  Result<void> write(const std::filesystem::path& file);

 private:
  std::vector<double> frames_ms_;
};

}  // namespace sweepmark::gui
