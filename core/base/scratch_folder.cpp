#include "core/base/scratch_folder.hpp"

#include <fmt/format.h>
#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace sweepmark {

Result<ScratchFolder> ScratchFolder::make(std::string_view purpose) {
  std::error_code error;
  const std::filesystem::path place = std::filesystem::temp_directory_path(error);
  if (error)
    return fail(ErrorCode::unreadable, "there is no folder for temporary files: " + error.message(),
                at_file(place));
  std::string name = (place / fmt::format("sweepmark-{}-XXXXXX", purpose)).string();
  if (::mkdtemp(name.data())) return ScratchFolder(name);
  return fail(errno == ENOSPC ? ErrorCode::no_space : ErrorCode::unreadable,
              fmt::format("no temporary folder can be made here: {}", std::strerror(errno)), at_file(place));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

}  // namespace sweepmark
