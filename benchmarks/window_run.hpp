// The real window as a program of its own, on drives as a user opens them.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/scratch_folder.hpp"

namespace sweepmark::bench {

struct DriveCase {
  std::string name;
  std::vector<std::string> arguments;  // of sweepmark
};

// Those that are there: KITTI tracking 0052 (one camera) and the sample drive (three).
std::vector<DriveCase> window_drives();
bool window_is_built();

// One run of the window in a folder of its own: its labels, its state, its script and what it writes.
class WindowRun {
 public:
  explicit WindowRun(const DriveCase& drive);
  ~WindowRun();
  WindowRun(const WindowRun&) = delete;
  WindowRun& operator=(const WindowRun&) = delete;

  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  void replay(const std::vector<nlohmann::json>& script, bool quit);
  void open(const std::string& timings_file);  // as a person does; it stays open
  // Whether the program wrote a file within a minute.
  bool wait_for(const std::string& name) const;
  bool finish();  // true where it ended well
  nlohmann::json timings(const std::string& name) const;
  double cpu_seconds() const;  // of the process, user and system

 private:
  void start(const std::vector<std::string>& more);

  const DriveCase& drive_;
  ScratchFolder folder_;
  pid_t pid_ = 0;
};

}  // namespace sweepmark::bench
