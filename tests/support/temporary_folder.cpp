#include "tests/support/temporary_folder.hpp"

#include <fstream>

namespace sweepmark::test {
namespace fs = std::filesystem;

fs::path TemporaryFolder::write(const fs::path& relative, std::string_view content) const {
  const fs::path file = folder_ / relative;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary).write(content.data(), static_cast<std::streamsize>(content.size()));
  return file;
}

}  // namespace sweepmark::test
