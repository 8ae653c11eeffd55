#include "core/formats/kitti_frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/cloud_reader.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

bool has_extension(const fs::path& file, std::initializer_list<std::string_view> extensions) {
  return std::ranges::find(extensions, lowered(file.extension().string())) != extensions.end();
}

// "2011-09-26 13:02:25.964389445" in nanoseconds since 1970.
std::optional<TimestampNs> parse_date_time(std::string_view text) {
  const auto fields = split_blanks(text);
  if (fields.size() != 2) return std::nullopt;
  const auto date = split(fields[0], '-');
  const auto clock = split(fields[1], ':');
  if (date.size() != 3 || clock.size() != 3) return std::nullopt;
  const auto year = parse_int(date[0]), month = parse_int(date[1]), day = parse_int(date[2]);
  const auto hour = parse_int(clock[0]), minute = parse_int(clock[1]);
  const auto second = parse_double(clock[2]);
  if (!year || !month || !day || !hour || !minute || !second || !(*second >= 0 && *second < 61))
    return std::nullopt;
  if (*hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 || *year < 1970 || *year > 2200)
    return std::nullopt;
  const std::chrono::year_month_day ymd{std::chrono::year(static_cast<int>(*year)),
                                        std::chrono::month(static_cast<unsigned>(*month)),
                                        std::chrono::day(static_cast<unsigned>(*day))};
  if (!ymd.ok()) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(ymd).time_since_epoch().count();
  const std::int64_t seconds = days * 86400 + *hour * 3600 + *minute * 60;
  return later_by_seconds(TimestampNs{seconds * 1'000'000'000}, *second);
}

std::optional<TimestampNs> parse_moment(std::string_view line) {
  if (line.find(':') != std::string_view::npos) return parse_date_time(line);
  const auto seconds = parse_double(line);
  if (!seconds || !(std::abs(*seconds) < 9e9)) return std::nullopt;
  return later_by_seconds(TimestampNs{}, *seconds);
}

Result<std::vector<TimestampNs>> read_times(const fs::path& file) {
  SWEEPMARK_TRY(text, read_text(file));
  std::vector<TimestampNs> times;
  for (const std::string_view line : lines_of(text)) {
    if (trimmed(line).empty()) continue;
    const auto time = parse_moment(line);
    if (!time)
      return fail(ErrorCode::malformed, fmt::format("a time expected, found '{}'", line),
                  at_line(file, times.size() + 1));
    if (!times.empty() && *time <= times.back())
      return fail(ErrorCode::malformed, "the time is not later than the one before",
                  at_line(file, times.size() + 1));
    times.push_back(*time);
  }
  return times;
}

}  // namespace

std::string warning(std::string message, Where where) {
  return to_string(Error{ErrorCode::malformed, std::move(message), std::move(where)});
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 18 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool path_exists(const fs::path& path) {
  std::error_code error;
  return fs::exists(path, error);
}

std::vector<NumberedFile> numbered_files(const fs::path& folder,
                                         std::initializer_list<std::string_view> extensions,
                                         std::vector<std::string>& warnings) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) return {};
  const auto files = files_in(folder, "");
  if (!files) {
    warnings.push_back(to_string(files.error()));
    return {};
  }
  std::vector<NumberedFile> result;
  for (const fs::path& file : *files) {
    if (!has_extension(file, extensions)) continue;
    if (is_number(file.stem().string()) && *parse_int(file.stem().string()) <= max_frame_number)
      result.push_back({*parse_int(file.stem().string()), file});
    else
      warnings.push_back(warning("left aside: its name is not a frame number", at_file(file)));
  }
  std::ranges::stable_sort(result, {}, &NumberedFile::number);
  const auto repeats = std::ranges::unique(result, {}, &NumberedFile::number);
  if (!repeats.empty())
    warnings.push_back(
        warning(fmt::format("{} files are left aside: several have the same frame number", repeats.size()),
                at_file(folder)));
  result.erase(repeats.begin(), repeats.end());
  return result;
}

std::vector<NumberedFile> numbered_sweeps(const fs::path& folder, std::vector<std::string>& warnings) {
  return numbered_files(folder, {".bin", ".pcd", ".ply"}, warnings);
}

std::vector<NumberedFile> numbered_images(const fs::path& folder, std::vector<std::string>& warnings) {
  return numbered_files(folder, {".png", ".jpg", ".jpeg"}, warnings);
}

std::size_t count_files(const fs::path& folder, std::initializer_list<std::string_view> extensions,
                        std::size_t limit) {
  std::error_code error;
  std::size_t count = 0;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end && count < limit;
       entry.increment(error))
    if (has_extension(entry->path(), extensions) && is_number(entry->path().stem().string())) ++count;
  return count;
}

FrameClock FrameClock::from_file(const fs::path& file, std::size_t frames,
                                 std::vector<std::string>& warnings) {
  FrameClock clock;
  if (!path_exists(file)) return clock;
  auto times = read_times(file);
  if (!times)
    warnings.push_back(to_string(times.error()) + "; ten frames a second are assumed");
  else if (times->size() < frames)
    warnings.push_back(
        warning(fmt::format("{} times for {} frames; ten frames a second are assumed", times->size(), frames),
                at_file(file)));
  else
    clock.times_ = std::move(*times);
  return clock;
}

TimestampNs FrameClock::at(std::int64_t frame) const {
  if (frame >= 0 && static_cast<std::size_t>(frame) < times_.size())
    return times_[static_cast<std::size_t>(frame)];
  return later_by_seconds(TimestampNs{}, static_cast<double>(frame) / rate_);
}

Drive new_kitti_drive(std::string format, fs::path root, std::string name, SensorId lidar) {
  Drive drive;
  drive.name = std::move(name);
  drive.format = std::move(format);
  drive.root = std::move(root);
  drive.rig.add(Lidar{std::move(lidar), {}});
  return drive;
}

void add_sweeps(Drive& drive, const std::vector<NumberedFile>& files, const FrameClock& clock) {
  const SensorId lidar = drive.rig.lidars().front().id;
  for (const NumberedFile& file : files) drive.sweeps.push_back({lidar, clock.at(file.number), file.file});
}

void add_camera(Drive& drive, const KittiCalibration& calibration, std::size_t number, SensorId id,
                const std::vector<NumberedFile>& images, const FrameClock& clock) {
  if (images.empty()) return;
  CameraSensor camera = kitti_camera(calibration, number, id);
  if (const auto size = read_image_size(images.front().file)) {
    camera.intrinsics.width = size->width;
    camera.intrinsics.height = size->height;
  } else {
    drive.warnings.push_back(to_string(size.error()));
  }
  if (!camera.calibrated)
    drive.warnings.push_back(
        fmt::format("{} is not calibrated: nothing can be drawn over its images", id.value));
  drive.rig.add(std::move(camera));
  auto& entries = drive.images[id];
  for (const NumberedFile& image : images) entries.push_back({clock.at(image.number), image.file});
}

std::function<Result<PointCloud>(std::size_t)> sweep_loader(const std::vector<SweepEntry>& sweeps,
                                                            std::vector<std::string_view> columns) {
  auto files = std::make_shared<std::vector<fs::path>>();
  for (const SweepEntry& sweep : sweeps) files->push_back(sweep.file);
  return [files = std::shared_ptr<const std::vector<fs::path>>(files),
          columns = std::move(columns)](std::size_t sweep) -> Result<PointCloud> {
    if (sweep >= files->size())
      return fail(ErrorCode::invalid_argument,
                  fmt::format("sweep {} was asked for, but the drive has {}", sweep, files->size()));
    const fs::path& file = (*files)[sweep];
    if (file.empty())
      return fail(ErrorCode::not_found, fmt::format("the drive has labels but no points at sweep {}", sweep));
    if (lowered(file.extension().string()) != ".bin") return read_cloud(file);
    SWEEPMARK_TRY(bytes, read_bytes(file));
    return read_float_rows(bytes, file, columns.size() + 3, columns);
  };
}

std::int64_t kitti_frame_of(const Drive& drive, std::size_t sweep) {
  if (!drive.format.starts_with("kitti")) return static_cast<std::int64_t>(sweep);
  const SweepEntry& entry = drive.sweeps[sweep];
  const std::string stem = entry.file.stem().string();
  if (is_number(stem)) return *parse_int(stem);
  return entry.file.empty() ? std::llround(seconds_between({}, entry.time) * 10.0)
                            : static_cast<std::int64_t>(sweep);
}

}  // namespace sweepmark
