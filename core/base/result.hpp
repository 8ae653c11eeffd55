// Errors as values. Every boundary of Sweepmark returns Result<T>; exceptions of libraries are caught where
// they are wrapped.
#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace sweepmark {

enum class ErrorCode {
  not_found,         // a file, drive, track, command … that was named does not exist
  unreadable,        // the operating system refused to read it
  malformed,         // its content is not what its format promises
  unsupported,       // sound, but of a kind that is not handled
  invalid_argument,  // a caller's or a user's value is out of its domain
  conflict,          // somebody else's change came first
  read_only,         // it cannot be written to
  no_space,          // the disk is full
  newer_version,     // written by a newer Sweepmark
  cancelled,         // the user stopped it
  internal,          // a defect of ours
};

std::string_view to_string(ErrorCode code);

// Where in the outside world an error was met. Empty members are unknown.
struct Where {
  std::filesystem::path file;
  std::optional<std::uint64_t> line;         // 1-based, in a text file
  std::optional<std::uint64_t> byte_offset;  // 0-based, in a binary file
};

inline Where at_file(std::filesystem::path file) {
  return {std::move(file), {}, {}};
}
inline Where at_line(std::filesystem::path file, std::uint64_t line) {
  return {std::move(file), line, {}};
}
inline Where at_byte(std::filesystem::path file, std::uint64_t offset) {
  return {std::move(file), {}, offset};
}

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // a full sentence: what happened, what was expected and what was found
  Where where;
};

// "drive/000012.pcd:7: FIELDS line expected, found 'abc'"
std::string to_string(const Error& error);

template <class T>
using Result = std::expected<T, Error>;
using Failure = std::unexpected<Error>;

inline Failure fail(ErrorCode code, std::string message, Where where = {}) {
  return Failure(Error{code, std::move(message), std::move(where)});
}

}  // namespace sweepmark

// SWEEPMARK_TRY(name, expression): `name` becomes the value of a Result, or the function returns its error.
// SWEEPMARK_CHECK(expression): the same for a Result whose value is not wanted.
#define SWEEPMARK_CONCAT_INNER(a, b) a##b
#define SWEEPMARK_CONCAT(a, b) SWEEPMARK_CONCAT_INNER(a, b)
#define SWEEPMARK_TRY_INNER(temporary, name, ...)                            \
  auto temporary = (__VA_ARGS__);                                            \
  if (!temporary) return ::sweepmark::Failure(std::move(temporary).error()); \
  auto name = std::move(temporary).value()
#define SWEEPMARK_TRY(name, ...) \
  SWEEPMARK_TRY_INNER(SWEEPMARK_CONCAT(sweepmark_result_, __LINE__), name, __VA_ARGS__)
#define SWEEPMARK_CHECK(...)                                             \
  do {                                                                   \
    if (auto sweepmark_checked = (__VA_ARGS__); !sweepmark_checked)      \
      return ::sweepmark::Failure(std::move(sweepmark_checked).error()); \
  } while (false)
