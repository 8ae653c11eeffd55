// A folder of a test's own, gone when the test ends.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/scratch_folder.hpp"

namespace sweepmark::test {

class TemporaryFolder {
 public:
  TemporaryFolder() : folder_(ScratchFolder::make("test").value()) {}
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return folder_.path(); }
  std::filesystem::path operator/(const std::filesystem::path& relative) const { return folder_ / relative; }
  // Writes a file under the folder, making the folders on the way; returns its path.
  std::filesystem::path write(const std::filesystem::path& relative, std::string_view content) const;

 private:
  ScratchFolder folder_;
};

}  // namespace sweepmark::test
