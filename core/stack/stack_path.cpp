#include "core/stack/stack_path.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

fs::path home_folder() {
  if (const char* home = std::getenv("HOME"); home && *home) return home;
  const passwd* user = ::getpwuid(::getuid());
  return user && user->pw_dir ? fs::path(user->pw_dir) : fs::temp_directory_path();
}

// Names of drives come from files of any kind.
std::string as_file_name(std::string name) {
  constexpr std::size_t longest = 100;  // file systems take 255 bytes
  name.resize(std::min(name.size(), longest));
  std::ranges::replace_if(
      name, [](unsigned char c) { return !std::isalnum(c) && c != '-' && c != '_' && c != '.'; }, '-');
  return name;
}

}  // namespace

fs::path stack_cache_folder() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  const fs::path base = cache && fs::path(cache).is_absolute() ? fs::path(cache) : home_folder() / ".cache";
  return base / "sweepmark/stacks";
}

fs::path default_stack_path(const Drive& drive, const StackSource& source) {
  return stack_cache_folder() / fmt::format("{}-{:016x}.stack", as_file_name(drive.name), source.fingerprint);
}

}  // namespace sweepmark
