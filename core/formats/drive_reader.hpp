// Readers of drives. One file in drives/ each; told apart by what a path holds, never by a flag.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

// One of the drives under a path.
struct DriveListing {
  std::string name;  // unique under the path; what --drive takes
  std::size_t sweeps = 0;
  std::size_t images = 0;
  bool has_truth = false;
};

struct DriveReader {
  std::string_view name;         // "kitti-tracking"
  std::string_view description;  // one line for people: what layout it reads
  // 0 (not mine) … 100 (certain). Looks at names and first bytes only; never throws, never fails.
  int (*probe)(const std::filesystem::path& path);
  // All drives under the path, in natural order.
  Result<std::vector<DriveListing>> (*list)(const std::filesystem::path& path);
  // Builds the index. A sweep, image or calibration that is missing or damaged becomes a warning, not an
  // error: an error means that nothing of the drive can be shown.
  Result<Drive> (*open)(const std::filesystem::path& path, const std::string& drive);
  // The names that `list` gives, in its order, without reading an index to count what is in it. Null where
  // `list` reads none either.
  std::vector<std::string> (*names)(const std::filesystem::path& path) = nullptr;
};

std::span<const DriveReader> drive_readers();

// The reader that is surest of the path, or an error that says which layouts are known.
Result<const DriveReader*> drive_reader_for(const std::filesystem::path& path);
// The names of the drives under a path, in natural order, as cheaply as they can be told.
Result<std::vector<std::string>> drive_names(const std::filesystem::path& path);
Result<std::vector<DriveListing>> list_drives(const std::filesystem::path& path);
// `drive` may be empty where the path holds one drive; where it holds several the error lists them.
Result<Drive> open_drive(const std::filesystem::path& path, const std::string& drive = {});

}  // namespace sweepmark
