// Which drive labels belong to, as far as that can be told without reading a sweep.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/drive/drive.hpp"

namespace sweepmark {

struct DriveIdentity {
  std::string name;
  std::size_t sweeps = 0;
  TimestampNs first, last;                         // of its sweeps
  std::uintmax_t first_bytes = 0, last_bytes = 0;  // sizes of their files; 0 where there is none
};

DriveIdentity identity_of(const Drive& drive);
// As the labels file keeps it: one line of JSON. Nothing where the text is something else.
std::string to_text(const DriveIdentity& identity);
std::optional<DriveIdentity> drive_identity_from_text(const std::string& text);

// The same moments and sizes under whatever name (a drive that was renamed), or the same name and some time
// in common (a drive that has grown, lost sweeps or was recorded anew from the log).
bool may_be_one_drive(const DriveIdentity& a, const DriveIdentity& b);

// "'0000' (154 sweeps)"
std::string in_words(const DriveIdentity& identity);

}  // namespace sweepmark
