#include "core/formats/drive_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/drive/deskew.hpp"
#include "core/drive/reading_order.hpp"

namespace sweepmark {

Result<const DriveReader*> drive_reader_for(const std::filesystem::path& path) {
  std::error_code error;
  if (!std::filesystem::exists(path, error))
    return fail(ErrorCode::not_found, "there is no such file or folder", at_file(path));
  const DriveReader* best = nullptr;
  int best_score = 0;
  for (const DriveReader& reader : drive_readers()) {
    const int score = reader.probe(path);
    if (score > best_score) {
      best = &reader;
      best_score = score;
    }
  }
  if (best) return best;
  std::string known;
  for (const DriveReader& reader : drive_readers())
    known += fmt::format("\n  {:<18} {}", reader.name, reader.description);
  return fail(ErrorCode::unsupported, "no drive of a known layout is here. Known layouts:" + known,
              at_file(path));
}

Result<std::vector<DriveListing>> list_drives(const std::filesystem::path& path) {
  SWEEPMARK_TRY(reader, drive_reader_for(path));
  return reader->list(path);
}

namespace {

Result<std::vector<std::string>> names_of(const DriveReader& reader, const std::filesystem::path& path) {
  if (reader.names) return reader.names(path);
  SWEEPMARK_TRY(listings, reader.list(path));
  std::vector<std::string> names;
  for (DriveListing& listing : listings) names.push_back(std::move(listing.name));
  return names;
}

}  // namespace

Result<std::vector<std::string>> drive_names(const std::filesystem::path& path) {
  SWEEPMARK_TRY(reader, drive_reader_for(path));
  return names_of(*reader, path);
}

Result<Drive> open_drive(const std::filesystem::path& path, const std::string& drive) {
  SWEEPMARK_TRY(reader, drive_reader_for(path));
  SWEEPMARK_TRY(names, names_of(*reader, path));
  if (names.empty())
    return fail(ErrorCode::not_found, fmt::format("a {} layout with no drive in it", reader->name),
                at_file(path));
  const bool only_one = drive.empty() && names.size() == 1;
  if (only_one || std::ranges::find(names, drive) != names.end()) {
    SWEEPMARK_TRY(opened, reader->open(path, only_one ? names.front() : drive));
    deskew_when_reading(opened);
    order_large_sweeps_when_reading(opened);
    return opened;
  }
  return fail(drive.empty() ? ErrorCode::invalid_argument : ErrorCode::not_found,
              drive.empty()
                  ? fmt::format("{} drives are here; choose one of: {}", names.size(), fmt::join(names, " "))
                  : fmt::format("there is no drive '{}' here; there are: {}", drive, fmt::join(names, " ")),
              at_file(path));
}

}  // namespace sweepmark
