#include "core/session/drive_identity.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace sweepmark {

namespace {

std::uintmax_t bytes_of(const SweepEntry& sweep) {
  std::error_code error;
  const std::uintmax_t bytes = std::filesystem::file_size(sweep.file, error);
  return error ? 0 : bytes;
}

}  // namespace

DriveIdentity identity_of(const Drive& drive) {
  DriveIdentity identity{drive.name, drive.sweeps.size(), {}, {}};
  if (drive.sweeps.empty()) return identity;
  const SweepEntry &first = drive.sweeps.front(), &last = drive.sweeps.back();
  identity.first = first.time;
  identity.last = last.time;
  identity.first_bytes = bytes_of(first);
  identity.last_bytes = bytes_of(last);
  return identity;
}

std::string to_text(const DriveIdentity& identity) {
  const nlohmann::json json = {{"name", identity.name},
                               {"sweeps", identity.sweeps},
                               {"first_ns", identity.first.ns},
                               {"last_ns", identity.last.ns},
                               {"first_bytes", identity.first_bytes},
                               {"last_bytes", identity.last_bytes}};
  // Names of drives come from file names, which need not be UTF-8.
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::optional<DriveIdentity> drive_identity_from_text(const std::string& text) {
  try {
    const nlohmann::json json = nlohmann::json::parse(text);
    return DriveIdentity{json.at("name"),      json.at("sweeps"),      {json.at("first_ns")},
                         {json.at("last_ns")}, json.at("first_bytes"), json.at("last_bytes")};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

bool may_be_one_drive(const DriveIdentity& a, const DriveIdentity& b) {
  const bool same_sweeps = a.sweeps == b.sweeps && a.first == b.first && a.last == b.last &&
                           a.first_bytes == b.first_bytes && a.last_bytes == b.last_bytes;
  return same_sweeps || (a.name == b.name && a.first <= b.last && b.first <= a.last);
}

std::string in_words(const DriveIdentity& identity) {
  return fmt::format("'{}' ({} sweeps)", identity.name, identity.sweeps);
}

}  // namespace sweepmark
