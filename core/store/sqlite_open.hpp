// How a labels file is opened: where it lies, who else has it, what its medium allows. Private to core/store.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/scratch_folder.hpp"
#include "core/store/presence.hpp"
#include "core/store/sqlite_handle.hpp"
#include "core/store/sqlite_store.hpp"

namespace sweepmark {

// A file with its journal or log beside it, copied to a folder of its own that goes when this does.
class WorkingCopy {
 public:
  static Result<std::unique_ptr<WorkingCopy>> of(const std::filesystem::path& file);
  const std::filesystem::path& file() const { return file_; }

 private:
  explicit WorkingCopy(ScratchFolder folder) : folder_(std::move(folder)), file_(folder_ / "labels") {}
  ScratchFolder folder_;
  std::filesystem::path file_;
};

// Which file lies at a path: its device and number there.
struct FileIdentity {
  dev_t device = 0;
  ino_t number = 0;
  bool operator==(const FileIdentity&) const = default;
};
std::optional<FileIdentity> identity_of(const std::filesystem::path& path);  // nothing where there is no file

struct OpenedFile {
  std::unique_ptr<WorkingCopy> copy;  // where the file itself could not be read without writing beside it
  std::unique_ptr<Presence> presence;
  Database database;            // closed before the two above go
  std::filesystem::path shown;  // as the caller named it
  FileSystemKind file_system = FileSystemKind::local;
  std::vector<std::string> notices;      // what was met while opening
  std::filesystem::path named;           // `shown`, whatever folder the process goes to
  std::optional<FileIdentity> identity;  // what lay there when it was opened for writing
};

Result<OpenedFile> open_for_writing(const std::filesystem::path& file, const SqliteOptions& options);
Result<OpenedFile> open_for_reading(const std::filesystem::path& file, const SqliteOptions& options);

// The bytes that "<file>-wal" or "<file>-journal" hold; 0 where there is none.
std::uintmax_t side_file_size(const std::filesystem::path& file, std::string_view suffix);

}  // namespace sweepmark
