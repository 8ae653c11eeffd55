// How a labels file is opened: where it lies, who else has it, what its medium allows. Private to core/store.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/store/presence.hpp"
#include "core/store/sqlite_handle.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark {

// A file with its journal or log beside it, copied to a folder of its own that goes when this does.
class WorkingCopy {
 public:
  static Result<std::unique_ptr<WorkingCopy>> of(const std::filesystem::path& file);
  ~WorkingCopy();
  WorkingCopy(const WorkingCopy&) = delete;
  WorkingCopy& operator=(const WorkingCopy&) = delete;
  const std::filesystem::path& file() const { return file_; }

 private:
  explicit WorkingCopy(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path folder_, file_;
};

struct OpenedFile {
  std::unique_ptr<WorkingCopy> copy;  // where the file itself could not be read without writing beside it
  std::unique_ptr<Presence> presence;
  Database database;            // closed before the two above go
  std::filesystem::path shown;  // as the caller named it
  FileSystemKind file_system = FileSystemKind::local;
  std::vector<std::string> notices;  // what was met while opening
};

Result<OpenedFile> open_for_writing(const std::filesystem::path& file, const SqliteOptions& options);
Result<OpenedFile> open_for_reading(const std::filesystem::path& file, const SqliteOptions& options);

// The bytes that "<file>-wal" or "<file>-journal" hold; 0 where there is none.
std::uintmax_t side_file_size(const std::filesystem::path& file, std::string_view suffix);

}  // namespace sweepmark
