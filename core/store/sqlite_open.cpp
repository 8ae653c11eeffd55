#include "core/store/sqlite_open.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/base/files.hpp"
#include "core/store/log_tables.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view side_suffixes[] = {"-wal", "-journal"};

fs::path with_suffix(const fs::path& file, std::string_view suffix) {
  return fs::path(file).concat(suffix);
}

// One name for one file, however it was reached: lock and journal lie beside the file itself.
fs::path resolved(const fs::path& file) {
  std::error_code error;
  const fs::path result = fs::weakly_canonical(fs::absolute(file, error), error);
  return error ? file : result;
}

// Byte 18 of the header says which journal the file was last used with (SQLite file format, section 1.3.3).
bool uses_write_ahead_log(const fs::path& file) {
  const auto head = read_head(file, 20);
  return head && head->size() == 20 && (*head)[18] == 2;
}

FileSystemKind kind_of(const fs::path& file, const SqliteOptions& options) {
  return options.pretend_file_system ? *options.pretend_file_system : file_system_kind(file);
}

// SQLite would take such a scrap for a new file and write over it.
Result<void> check_not_a_scrap(const fs::path& place, const fs::path& shown) {
  constexpr std::uintmax_t smallest_page = 512;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(place, error);
  if (error || size == 0 || size >= smallest_page) return {};
  return fail(
      ErrorCode::malformed,
      fmt::format("a labels file was expected, found only {} bytes: it is something else, or its rest is "
                  "lost; it was left as it is",
                  size),
      at_file(shown));
}

// SQLite would take such a log for a leftover and delete it.
Result<void> check_no_orphaned_log(const fs::path& place, const fs::path& shown) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(place, error);
  if ((!error && size > 0) || side_file_size(place, "-wal") == 0) return {};
  return fail(ErrorCode::malformed,
              fmt::format("the labels file is {} but {} beside it still holds commits: put the file back, or "
                          "move that log away to "
                          "begin anew; nothing was changed",
                          error ? "missing" : "empty", with_suffix(shown, "-wal").string()),
              at_file(shown));
}

Result<void> check_place(const fs::path& place, const fs::path& shown) {
  std::error_code error;
  if (fs::is_directory(place, error))
    return fail(ErrorCode::unreadable, "a labels file was expected, found a folder", at_file(shown));
  if (!fs::exists(place, error)) {
    const fs::path folder = place.parent_path();
    if (!fs::is_directory(folder, error))
      return fail(ErrorCode::not_found,
                  fmt::format("the folder {} for the labels file does not exist", folder.string()),
                  at_file(shown));
    if (::access(folder.c_str(), W_OK | X_OK) != 0)
      return fail(
          ErrorCode::read_only,
          fmt::format("the labels file cannot be made: the folder {} cannot be written to", folder.string()),
          at_file(shown));
    return {};
  }
  if (::access(place.c_str(), R_OK) != 0)
    return fail(ErrorCode::unreadable, "the labels file may not be read", at_file(shown));
  return {};
}

// SQLite does not wait for others by itself when the journal changes; they have the file for moments only,
// when they make it too.
Result<std::string> journal_mode(const Database& database, std::string_view mode) {
  constexpr auto pause = std::chrono::milliseconds(10);
  auto patience = std::chrono::milliseconds(busy_timeout_ms);
  for (;; patience -= pause) {
    Result<std::string> present = database.text(fmt::format("PRAGMA journal_mode={}", mode));
    if (present || !database.busy() || patience <= pause) return present;
    std::this_thread::sleep_for(pause);
  }
}

// The file may have been used with a write-ahead log on another machine. Exclusive locking lets SQLite read
// that log without the shared memory that network file systems lack (SQLite documentation, "Write-Ahead
// Logging", section 8).
Result<void> use_rollback_journal(const Database& database) {
  SWEEPMARK_TRY(mode, journal_mode(database, "DELETE"));
  if (mode != "delete")
    return fail(ErrorCode::unreadable,
                "the labels file cannot be taken over from its write-ahead log: another window has it open; "
                "close that one first",
                at_file(database.file()));
  SWEEPMARK_CHECK(database.run("PRAGMA locking_mode=NORMAL"));
  SWEEPMARK_CHECK(database.integer("SELECT count(*) FROM sqlite_schema"));  // this lets the exclusive lock go
  // FULL does not sync the folder after the journal is deleted; then a power cut could bring the journal
  // back.
  return database.run("PRAGMA synchronous=EXTRA");
}

Result<void> use_journal(OpenedFile& opened) {
  if (opened.file_system == FileSystemKind::network) {
    opened.notices.push_back(fmt::format(
        "{} is on a network file system: labels are saved with a rollback journal, which is slower "
        "than the write-ahead log of a local disk, and just as safe",
        opened.shown.string()));
    return use_rollback_journal(opened.database);
  }
  SWEEPMARK_TRY(mode, journal_mode(opened.database, "WAL"));
  if (mode == "wal") return opened.database.run("PRAGMA synchronous=FULL");
  opened.notices.push_back(fmt::format(
      "{}: its file system does not allow a write-ahead log; labels are saved with a rollback journal",
      opened.shown.string()));
  return use_rollback_journal(opened.database);
}

// The name of a new file is durable only when its folder is.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

// As a URI that tells SQLite that nobody will change the file, so that it needs neither locks nor a log.
std::string immutable_uri(const fs::path& file) {
  std::string uri = "file:";
  for (const char c : file.string()) {
    if (c == '%' || c == '?' || c == '#')
      uri += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    else
      uri += c;
  }
  return uri + "?immutable=1";
}

Result<Database> readable(Result<Database> database) {
  if (!database) return database;
  SWEEPMARK_TRY(content, check_content(*database));
  if (content == Content::nothing)
    return fail(ErrorCode::malformed, "a labels file was expected, found an empty database",
                at_file(database->file()));
  SWEEPMARK_CHECK(check_tables(*database));
  SWEEPMARK_CHECK(database->run("PRAGMA query_only=ON"));
  database->tidy_on_close(true);
  return database;
}

bool has_side_file(const fs::path& place) {
  return std::ranges::any_of(side_suffixes,
                             [&](std::string_view suffix) { return side_file_size(place, suffix) > 0; });
}

// A medium that cannot be written to has no room for the log's shared memory. Without a log nothing is lost
// by reading the file alone; with one, the two are put together in a copy.
Result<OpenedFile> open_on_read_only_medium(const fs::path& place, OpenedFile&& opened) {
  if (!has_side_file(place)) {
    SWEEPMARK_TRY(database, readable(Database::open(opened.shown, immutable_uri(place),
                                                    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI)));
    opened.database = std::move(database);
    return std::move(opened);
  }
  SWEEPMARK_TRY(copy, WorkingCopy::of(place));
  SWEEPMARK_TRY(database,
                readable(Database::open(opened.shown, copy->file().string(), SQLITE_OPEN_READWRITE)));
  opened.database = std::move(database);
  opened.copy = std::move(copy);
  opened.notices.push_back(fmt::format(
      "{} cannot be written to and was not closed properly: a copy with its last commits is shown",
      opened.shown.string()));
  return std::move(opened);
}

}  // namespace

Result<std::unique_ptr<WorkingCopy>> WorkingCopy::of(const fs::path& file) {
  auto folder = ScratchFolder::make("copy");
  if (!folder)
    return fail(folder.error().code, fmt::format("it cannot be copied: {}", to_string(folder.error())),
                at_file(file));
  std::unique_ptr<WorkingCopy> copy(new WorkingCopy(std::move(*folder)));
  std::error_code error;
  fs::copy_file(file, copy->file_, error);
  for (const std::string_view suffix : side_suffixes)
    if (!error && side_file_size(file, suffix) > 0)
      fs::copy_file(with_suffix(file, suffix), with_suffix(copy->file_, suffix), error);
  if (error)
    return fail(error == std::errc::no_space_on_device ? ErrorCode::no_space : ErrorCode::unreadable,
                fmt::format("it cannot be copied to {}: {}", copy->folder_.path().string(), error.message()),
                at_file(file));
  fs::permissions(copy->file_, fs::perms::owner_write, fs::perm_options::add, error);
  return copy;
}

std::optional<FileIdentity> identity_of(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return FileIdentity{status.st_dev, status.st_ino};
}

std::uintmax_t side_file_size(const fs::path& file, std::string_view suffix) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(with_suffix(file, suffix), error);
  return error ? 0 : size;
}

Result<OpenedFile> open_for_writing(const fs::path& file, const SqliteOptions& options) {
  const fs::path place = resolved(file);
  SWEEPMARK_CHECK(check_place(place, file));
  SWEEPMARK_CHECK(check_not_a_scrap(place, file));
  SWEEPMARK_CHECK(check_no_orphaned_log(place, file));
  std::error_code error;
  const bool is_new = !fs::exists(place, error);
  SWEEPMARK_TRY(database, Database::open(file, place.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE));
  if (database.read_only())
    return fail(ErrorCode::read_only, "the labels file cannot be written to; it can be opened for reading",
                at_file(file));

  OpenedFile opened{nullptr, nullptr, std::move(database), file, kind_of(place, options), {}, {}, {}};
  if (opened.file_system == FileSystemKind::network && uses_write_ahead_log(place))
    SWEEPMARK_CHECK(opened.database.run("PRAGMA locking_mode=EXCLUSIVE"));
  SWEEPMARK_CHECK(check_content(opened.database));
  SWEEPMARK_CHECK(use_journal(opened));
  if (options.page_limit > 0)
    SWEEPMARK_CHECK(opened.database.run(fmt::format("PRAGMA max_page_count={}", options.page_limit)));
  SWEEPMARK_CHECK(create_tables(opened.database));
  SWEEPMARK_CHECK(check_tables(opened.database));
  opened.database.tidy_on_close(true);
  opened.database.wait_for_others(options.busy_timeout_ms);
  if (is_new) sync_folder(place.parent_path());
  opened.presence = std::make_unique<Presence>(place, Presence::Part::take);
  opened.named = fs::absolute(file, error);
  opened.identity = identity_of(opened.named);
  return opened;
}

Result<OpenedFile> open_for_reading(const fs::path& file, const SqliteOptions& options) {
  const fs::path place = resolved(file);
  std::error_code error;
  if (!fs::exists(place, error))
    return fail(ErrorCode::not_found, "there is no such labels file", at_file(file));
  SWEEPMARK_CHECK(check_place(place, file));
  SWEEPMARK_CHECK(check_not_a_scrap(place, file));
  SWEEPMARK_CHECK(check_no_orphaned_log(place, file));
  // Where the file may be written to it is opened so: only then does SQLite clean up its log when it closes.
  SWEEPMARK_TRY(attempt, Database::open(file, place.string(),
                                        ::access(place.c_str(), W_OK) == 0 ? SQLITE_OPEN_READWRITE
                                                                           : SQLITE_OPEN_READONLY));
  OpenedFile opened{nullptr,
                    std::make_unique<Presence>(place, Presence::Part::observe),
                    std::move(attempt),
                    file,
                    kind_of(place, options),
                    {},
                    {},
                    {}};
  if (opened.file_system == FileSystemKind::network && uses_write_ahead_log(place))
    return open_on_read_only_medium(place, std::move(opened));

  Result<Database> database = readable(std::move(opened.database));
  if (database) {
    opened.database = std::move(*database);
    return opened;
  }
  const ErrorCode code = database.error().code;
  if (code != ErrorCode::unreadable && code != ErrorCode::read_only)
    return Failure(std::move(database).error());
  opened.database = Database::none();
  return open_on_read_only_medium(place, std::move(opened));
}

}  // namespace sweepmark
