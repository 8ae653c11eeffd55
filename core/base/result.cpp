#include "core/base/result.hpp"

#include <fmt/format.h>

namespace sweepmark {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
      return "not found";
    case ErrorCode::unreadable:
      return "unreadable";
    case ErrorCode::malformed:
      return "malformed";
    case ErrorCode::unsupported:
      return "unsupported";
    case ErrorCode::invalid_argument:
      return "invalid argument";
    case ErrorCode::conflict:
      return "conflict";
    case ErrorCode::read_only:
      return "read-only";
    case ErrorCode::no_space:
      return "no space left";
    case ErrorCode::newer_version:
      return "newer version";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::internal:
      return "internal error";
  }
  return "unknown error";
}

std::string to_string(const Error& error) {
  std::string place = error.where.file.string();
  if (error.where.line) place += fmt::format(":{}", *error.where.line);
  if (error.where.byte_offset) place += fmt::format(" at byte {}", *error.where.byte_offset);
  return place.empty() ? error.message : place + ": " + error.message;
}

}  // namespace sweepmark
