// The labels file: SQLite, one file a drive, beside the drive.
#pragma once

#include <filesystem>
#include <memory>

#include "core/store/label_store.hpp"

namespace sweepmark {

enum class FileSystemKind { local, network };
// By the magic number of statfs(2).
FileSystemKind file_system_kind(const std::filesystem::path& path);

struct SqliteOptions {
  bool read_only = false;       // for looking into a file: append fails with ErrorCode::read_only
  std::int64_t page_limit = 0;  // pages of 4 kB the file may have; 0: no limit. Tests fill a "disk" with it
  int busy_timeout_ms = 5000;   // how long others are waited for, once the file is open
  std::optional<FileSystemKind> pretend_file_system = {};  // tests
};

// Opens or creates. Write-ahead log with synchronous=FULL on a local disk; on a network file system a
// rollback journal, because SQLite's shared memory does not work there, and a notice says so. Errors:
// newer_version, malformed (not a labels file, or damaged), read_only, unreadable, no_space; all name the
// file.
Result<std::unique_ptr<LabelStore>> open_sqlite_store(const std::filesystem::path& file,
                                                      const SqliteOptions& options = {});

// Copies every whole commit of a damaged file into a new one. Says how many were saved and what was met.
struct RecoveryReport {
  std::size_t commits_saved = 0;
  bool complete = true;               // nothing was met that could not be kept
  std::vector<std::string> messages;  // what was saved and lost, a sentence each
};
Result<RecoveryReport> recover_sqlite_store(const std::filesystem::path& damaged,
                                            const std::filesystem::path& target);

}  // namespace sweepmark
