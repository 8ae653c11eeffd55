// A folder for what is needed for a while.
#pragma once

#include <filesystem>
#include <string_view>

#include "core/base/result.hpp"

namespace sweepmark {

// Made empty under the system's folder for temporary files, readable by this user alone; gone with everything
// in it when this goes.
class ScratchFolder {
 public:
  // `purpose` becomes part of its name: "exchange" makes sweepmark-exchange-XXXXXX.
  static Result<ScratchFolder> make(std::string_view purpose);
  ~ScratchFolder();
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::filesystem::path& relative) const { return path_ / relative; }

 private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;  // empty: handed on
};

}  // namespace sweepmark
