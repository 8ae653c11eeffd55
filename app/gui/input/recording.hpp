// Recordings of a session's input: JSON lines, one directive each. Written by Recorder, read by read_script.
#pragma once

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/gui/input/input_frame.hpp"
#include "core/base/result.hpp"

namespace sweepmark::gui {

class Recorder {
 public:
  static Result<Recorder> open(const std::filesystem::path& file);
  // Written out at once, so that a session that ends badly can be replayed up to its end.
  void add(const InputFrame& frame);

 private:
  explicit Recorder(std::ofstream out);
  std::ofstream out_;
  InputFrame last_;
};

struct ScriptLine {
  std::size_t line = 0;  // 1-based, for messages
  nlohmann::json directive;
};

// Blank lines and lines that start with '#' are left out. Every other line is an object with one directive
// that is known; the error names the file and the line.
Result<std::vector<ScriptLine>> read_script(const std::filesystem::path& file);

}  // namespace sweepmark::gui
