// Whole files in memory, with errors that name the file.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark {

Result<std::vector<std::byte>> read_bytes(const std::filesystem::path& file);
Result<std::string> read_text(const std::filesystem::path& file);

// The first `count` bytes, or fewer where the file is shorter: for probing.
Result<std::string> read_head(const std::filesystem::path& file, std::size_t count);

// Replaces `file` as one step: a crash or a full disk leaves the old content or the new, never a part.
Result<void> write_text_atomically(const std::filesystem::path& file, std::string_view content);

// Regular files of `folder` whose name ends in `extension` (".pcd"; "" takes all), sorted by name with
// numbers in numeric order (2 before 10). A folder that cannot be read is an error.
Result<std::vector<std::filesystem::path>> files_in(const std::filesystem::path& folder,
                                                    std::string_view extension);

}  // namespace sweepmark
