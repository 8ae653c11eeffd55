#include <fstream>
#include <sstream>
#include <string>

#include "benchmarks/stack_benchmarks.hpp"

namespace sweepmark::bench {

namespace {

std::size_t held_at_begin = 0;

// A line of /proc/self/status in bytes; "VmHWM" is the peak, "VmRSS" the present.
std::size_t status(const std::string& name) {
  std::ifstream lines("/proc/self/status");
  for (std::string line; std::getline(lines, line);)
    if (line.starts_with(name)) {
      std::istringstream rest(line.substr(name.size() + 1));
      std::size_t kilobytes = 0;
      rest >> kilobytes;
      return kilobytes << 10;
    }
  return 0;
}

}  // namespace

void begin_peak_memory() {
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew
  held_at_begin = status("VmRSS");
}

std::size_t peak_memory() {
  const std::size_t peak = status("VmHWM");
  return peak > held_at_begin ? peak - held_at_begin : 0;
}

}  // namespace sweepmark::bench
