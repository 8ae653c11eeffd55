// SQLite's handles as values that clean up, and its result codes as errors that name the file. Private to
// core/store.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace sweepmark {

inline constexpr int busy_timeout_ms = 5000;  // how long others are waited for while a file is opened

// One run of a prepared statement. Values are bound in order; a failed bind is reported by the step that
// follows.
class Statement {
 public:
  Statement(sqlite3_stmt* statement, std::filesystem::path shown)
      : statement_(statement), shown_(std::move(shown)) {}

  Statement& bind(std::int64_t value);
  Statement& bind(double value);
  Statement& bind_text(std::string_view value);  // not copied: must live until the last step
  Statement& bind_blob(std::string_view value);  // the same

  Result<bool> step();  // true: there is a row
  Result<void> run();   // to the end; rows are not wanted

  std::int64_t integer(int column) const { return sqlite3_column_int64(statement_.get(), column); }
  double real(int column) const { return sqlite3_column_double(statement_.get(), column); }
  std::string text(int column) const;  // any bytes, also a blob's
  bool is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::filesystem::path shown_;
  int bound_ = 0;
  int bind_result_ = SQLITE_OK;
};

class Database {
 public:
  // `name` is a path, or a URI where `flags` has SQLITE_OPEN_URI; `shown` is the file that errors name.
  static Result<Database> open(const std::filesystem::path& shown, const std::string& name, int flags);

  // The same content in memory, or as much of it as can be read; `none` where there is no memory.
  Database copy_in_memory() const;

  static Database none() { return {nullptr, {}}; }

  const std::filesystem::path& file() const { return shown_; }
  // Whether closing may merge the log into the file and remove it. At first it may not, so that a file that
  // turns out to be damaged keeps its log.
  void tidy_on_close(bool tidy) const {
    sqlite3_db_config(handle_.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, tidy ? 0 : 1, nullptr);
  }
  // How long others are waited for from now on.
  void wait_for_others(int milliseconds) const { sqlite3_busy_timeout(handle_.get(), milliseconds); }
  bool read_only() const { return sqlite3_db_readonly(handle_.get(), "main") == 1; }

  Result<Statement> prepare(std::string_view sql) const;
  Result<void> run(std::string_view sql) const;  // one statement
  Result<std::int64_t> integer(std::string_view sql) const;
  Result<std::string> text(std::string_view sql) const;
  bool busy() const {
    return sqlite3_errcode(handle_.get()) == SQLITE_BUSY;
  }  // the last call met another's lock
  // What the last call on this database met.
  Failure failure() const;

 private:
  struct Close {
    void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
  };
  Database(sqlite3* handle, std::filesystem::path shown) : handle_(handle), shown_(std::move(shown)) {}

  friend class Transaction;
  std::unique_ptr<sqlite3, Close> handle_;
  std::filesystem::path shown_;
};

// Takes the write lock at once, so that what is read inside cannot change before the commit. Rolls back
// unless committed.
class Transaction {
 public:
  static Result<Transaction> begin(const Database& database);
  Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  Result<void> commit();

 private:
  explicit Transaction(const Database& database) : database_(&database) {}
  const Database* database_;
};

}  // namespace sweepmark
