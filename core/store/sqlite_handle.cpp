#include "core/store/sqlite_handle.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace sweepmark {

namespace {

constexpr std::string_view earlier_is_safe = "everything saved before is safe in the file";

struct Diagnosis {
  ErrorCode code;
  std::string sentence;
};

bool out_of_space(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

// What the system said to the last read or write. SQLite keeps it with each file: the database and its
// journal or log.
int system_error_of(sqlite3* handle) {
  int of_database = 0, of_journal = 0;
  sqlite3_file* journal = nullptr;
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_LAST_ERRNO, &of_database);
  sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &journal);
  if (journal && journal->pMethods)
    journal->pMethods->xFileControl(journal, SQLITE_FCNTL_LAST_ERRNO, &of_journal);
  if (of_journal != 0) return of_journal;
  return of_database != 0 ? of_database : sqlite3_system_errno(handle);
}

std::string cause(sqlite3* handle) {
  const int system_error = system_error_of(handle);
  return system_error == 0 ? sqlite3_errmsg(handle)
                           : fmt::format("{}: {}", sqlite3_errmsg(handle), std::strerror(system_error));
}

Diagnosis full_disk() {
  return {ErrorCode::no_space,
          fmt::format("the disk is full: the change was not saved; {}; free some space and try again",
                      earlier_is_safe)};
}

Diagnosis input_output_error(sqlite3* handle) {
  const int system_error = system_error_of(handle);
  if (out_of_space(system_error)) return full_disk();
  if (system_error == EROFS)
    return {ErrorCode::read_only,
            fmt::format("its disk has become read-only: the change was not saved; {}", earlier_is_safe)};
  return {ErrorCode::unreadable,
          fmt::format("the disk reports an error ({}): the change was not saved; what was saved before is "
                      "left as it is; check the disk",
                      cause(handle))};
}

Diagnosis diagnose(sqlite3* handle) {
  switch (sqlite3_errcode(handle)) {
    case SQLITE_FULL:
      return full_disk();
    case SQLITE_IOERR:
      return input_output_error(handle);
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {ErrorCode::read_only,
              "the labels file cannot be written to: the change was not saved; what is in it is safe"};
    case SQLITE_CANTOPEN:
      return {out_of_space(system_error_of(handle)) ? ErrorCode::no_space : ErrorCode::unreadable,
              fmt::format("the labels file or its journal cannot be opened ({}); nothing was changed",
                          cause(handle))};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorCode::unreadable,
              fmt::format("another window keeps the labels file locked: nothing was saved; {}; try again",
                          earlier_is_safe)};
    case SQLITE_CORRUPT:
      return {
          ErrorCode::malformed,
          fmt::format("the labels file is damaged ({}); it was left as it is, and recovering it into a new "
                      "file saves every whole commit",
                      sqlite3_errmsg(handle))};
    case SQLITE_NOTADB:
      return {ErrorCode::malformed,
              "a labels file (an SQLite database) was expected, found something else or a damaged header; "
              "the file was left as it is"};
    case SQLITE_ERROR:
      return {ErrorCode::malformed,
              fmt::format("the tables of a labels file were expected ({})", sqlite3_errmsg(handle))};
    case SQLITE_TOOBIG:
      return {ErrorCode::invalid_argument,
              "the change is larger than the 1 GB a labels file takes at once; it was not saved"};
    default:
      return {ErrorCode::internal, fmt::format("SQLite: {}", sqlite3_errmsg(handle))};
  }
}

Failure failure_of(sqlite3* handle, const std::filesystem::path& shown) {
  Diagnosis diagnosis = diagnose(handle);
  return fail(diagnosis.code, std::move(diagnosis.sentence), at_file(shown));
}

}  // namespace

Statement& Statement::bind(std::int64_t value) {
  const int result = sqlite3_bind_int64(statement_.get(), ++bound_, value);
  if (bind_result_ == SQLITE_OK) bind_result_ = result;
  return *this;
}

Statement& Statement::bind(double value) {
  const int result = sqlite3_bind_double(statement_.get(), ++bound_, value);
  if (bind_result_ == SQLITE_OK) bind_result_ = result;
  return *this;
}

Statement& Statement::bind_text(std::string_view value) {
  // A null pointer would bind NULL.
  const char* data = value.data() ? value.data() : "";
  const int result =
      sqlite3_bind_text64(statement_.get(), ++bound_, data, value.size(), SQLITE_STATIC, SQLITE_UTF8);
  if (bind_result_ == SQLITE_OK) bind_result_ = result;
  return *this;
}

Statement& Statement::bind_blob(std::string_view value) {
  const char* data = value.data() ? value.data() : "";
  const int result = sqlite3_bind_blob64(statement_.get(), ++bound_, data, value.size(), SQLITE_STATIC);
  if (bind_result_ == SQLITE_OK) bind_result_ = result;
  return *this;
}

Result<bool> Statement::step() {
  if (bind_result_ != SQLITE_OK) return failure_of(sqlite3_db_handle(statement_.get()), shown_);
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  return failure_of(sqlite3_db_handle(statement_.get()), shown_);
}

Result<void> Statement::run() {
  for (;;) {
    SWEEPMARK_TRY(row, step());
    if (!row) return {};
  }
}

std::string Statement::text(int column) const {
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return data ? std::string(static_cast<const char*>(data), static_cast<std::size_t>(size)) : std::string();
}

Result<Database> Database::open(const std::filesystem::path& shown, const std::string& name, int flags) {
  sqlite3* handle = nullptr;
  const int result = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (!handle) return fail(ErrorCode::internal, "SQLite has no memory for a database", at_file(shown));
  Database database(handle, shown);
  if (result != SQLITE_OK) return database.failure();
  sqlite3_busy_timeout(handle, busy_timeout_ms);
  // The file may come from anybody: its schema must not be able to run functions or to be edited as data.
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  database.tidy_on_close(false);
  SWEEPMARK_CHECK(database.run("PRAGMA cell_size_check=ON"));
  return database;
}

Database Database::copy_in_memory() const {
  Result<Database> copy = open(shown_, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!copy) return none();
  if (sqlite3_backup* backup = sqlite3_backup_init(copy->handle_.get(), "main", handle_.get(), "main")) {
    sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
  }
  return std::move(*copy);
}

Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK)
    return failure();
  return Statement(statement, shown_);
}

Result<void> Database::run(std::string_view sql) const {
  SWEEPMARK_TRY(statement, prepare(sql));
  return statement.run();
}

Result<std::int64_t> Database::integer(std::string_view sql) const {
  SWEEPMARK_TRY(statement, prepare(sql));
  SWEEPMARK_TRY(row, statement.step());
  return row ? statement.integer(0) : 0;
}

Result<std::string> Database::text(std::string_view sql) const {
  SWEEPMARK_TRY(statement, prepare(sql));
  SWEEPMARK_TRY(row, statement.step());
  return row ? statement.text(0) : std::string();
}

Failure Database::failure() const {
  return failure_of(handle_.get(), shown_);
}

Result<Transaction> Transaction::begin(const Database& database) {
  SWEEPMARK_CHECK(database.run("BEGIN IMMEDIATE"));
  return Transaction(database);
}

Transaction::~Transaction() {
  // After some errors SQLite has rolled back by itself.
  if (database_ && !sqlite3_get_autocommit(database_->handle_.get())) (void)database_->run("ROLLBACK");
}

Result<void> Transaction::commit() {
  return database_->run("COMMIT");
}

}  // namespace sweepmark
