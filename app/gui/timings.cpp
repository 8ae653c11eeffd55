#include "app/gui/timings.hpp"

#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "core/base/files.hpp"
#include "core/base/text.hpp"

namespace sweepmark::gui {

namespace {

// Files of /proc have no size, so they are read as a stream.
std::string line_of(const char* file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

// Linux keeps when a process began as clock ticks since boot: the 22nd field of its stat file (proc(5)).
Result<double> milliseconds_since_start() {
  const std::string stat = line_of("/proc/self/stat");
  // The second field, the program's name in brackets, may hold blanks.
  const auto fields = split_blanks(std::string_view(stat).substr(std::min(stat.size(), stat.rfind(')') + 1)));
  const auto ticks = fields.size() > 19 ? parse_int(fields[19]) : std::nullopt;
  if (!ticks)
    return fail(ErrorCode::internal, "the start of the process cannot be read", at_file("/proc/self/stat"));
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  const double seconds = static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
  return 1e3 * (seconds - static_cast<double>(*ticks) / static_cast<double>(::sysconf(_SC_CLK_TCK)));
}

Result<double> resident_megabytes() {
  const std::string statm = line_of("/proc/self/statm");
  const auto fields = split_blanks(statm);
  const auto pages = fields.size() > 1 ? parse_int(fields[1]) : std::nullopt;
  if (!pages)
    return fail(ErrorCode::internal, "the memory in use cannot be read", at_file("/proc/self/statm"));
  return static_cast<double>(*pages) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1024.0 * 1024.0);
}

}  // namespace

void Timings::note_first_picture() {
  first_picture_ms_ = milliseconds_since_start().value_or(0);
}

Result<void> Timings::write(const std::filesystem::path& file) {
  SWEEPMARK_TRY(since_start, milliseconds_since_start());
  SWEEPMARK_TRY(resident, resident_megabytes());
  const nlohmann::json j = {{"first_picture_ms", first_picture_ms_},
                            {"since_start_ms", since_start},
                            {"elapsed_ms", since_start - std::exchange(written_ms_, since_start)},
                            {"resident_mb", resident},
                            {"frames_ms", frames_ms_}};
  frames_ms_.clear();
  return write_text_atomically(file, j.dump() + "\n");
}

}  // namespace sweepmark::gui
