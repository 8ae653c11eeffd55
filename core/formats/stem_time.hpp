// Times told by file names.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"

namespace sweepmark {

// The name without folder and without all of its extensions that are not numbers: "a/12.5.pcd.bin" gives
// "12.5".
std::string stem_of(const std::filesystem::path& file);

// The run of digits the stem ends in ("scan_0012" gives "0012"); empty where it ends in none.
std::string trailing_number(const std::string& stem);

// The moment a stem ends in, where that is a plausible one, from 2000 to 2100: nanoseconds (19 digits),
// microseconds (16), milliseconds (13), seconds (10), or seconds and a fraction or nanoseconds behind "." or
// "_".
std::optional<TimestampNs> time_of_stem(const std::string& stem);

// The times of files in their order: those their names tell, if all do and they are distinct; nothing
// otherwise.
std::optional<std::vector<TimestampNs>> times_of_files(const std::vector<std::filesystem::path>& files);

}  // namespace sweepmark
