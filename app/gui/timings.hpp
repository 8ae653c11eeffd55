// How long the window's frames took, for benchmarks that drive it by a replay.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark::gui {

class Timings {
 public:
  void add_frame(double milliseconds) { frames_ms_.push_back(milliseconds); }
  void note_first_picture();
  bool has_first_picture() const { return first_picture_ms_ >= 0; }
  // {"first_picture_ms": after the process began, −1 before there was one; "since_start_ms": now after that,
  // "elapsed_ms": since the last writing, "resident_mb": now, "frames_ms": [since the last writing]}; then
  // starts anew.
  Result<void> write(const std::filesystem::path& file);

 private:
  double first_picture_ms_ = -1, written_ms_ = 0;
  std::vector<double> frames_ms_;
};

}  // namespace sweepmark::gui
