// Argoverse 2 logs whose tables were turned into CSV: boxes and poses, no sweeps.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_reader.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

const SensorId lidar{"lidar"};  // Argoverse's sweeps are in the vehicle's frame

fs::path annotations_of(const fs::path& log) {
  return log / "annotations.csv";
}
fs::path poses_of(const fs::path& log) {
  return log / "city_SE3_egovehicle.csv";
}

bool is_log(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(annotations_of(folder), error) && fs::is_regular_file(poses_of(folder), error);
}

std::string name_of(const fs::path& log) {
  return (log.has_filename() ? log : log.parent_path()).filename().string();
}

std::vector<fs::path> logs_under(const fs::path& path) {
  if (is_log(path)) return {path};
  std::vector<fs::path> logs;
  std::error_code error;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error))
    if (is_log(entry->path())) logs.push_back(entry->path());
  std::ranges::sort(
      logs, [](const fs::path& a, const fs::path& b) { return natural_less(name_of(a), name_of(b)); });
  return logs;
}

int probe(const fs::path& path) {
  const auto logs = logs_under(path);
  if (logs.empty()) return 0;
  const auto head = read_head(annotations_of(logs.front()), 64);
  return head && head->find("timestamp_ns") != std::string::npos ? 85 : 0;
}

// A table by the names of its columns. Rows are handed on one by one; nothing is kept.
class CsvTable {
 public:
  // The text must outlive the table.
  static Result<CsvTable> parse(std::string_view text, const fs::path& file,
                                std::initializer_list<std::string_view> needed) {
    CsvTable table;
    table.file_ = file;
    table.lines_ = lines_of(text);
    if (table.lines_.empty())
      return fail(ErrorCode::malformed, "a line with the names of the columns expected, found nothing",
                  at_file(file));
    std::size_t column = 0;
    for (const std::string_view name : split(table.lines_.front(), ','))
      table.columns_[std::string(trimmed(name))] = column++;
    for (const std::string_view name : needed)
      if (!table.columns_.contains(std::string(name)))
        return fail(ErrorCode::malformed, fmt::format("there is no column '{}'", name), at_line(file, 1));
    return table;
  }

  // Calls visit(row) for each line; stops at the first error.
  template <class Visit>
  Result<void> for_each(Visit visit) {
    for (line_ = 1; line_ < lines_.size(); ++line_) {
      if (trimmed(lines_[line_]).empty()) continue;
      fields_ = split(lines_[line_], ',');
      if (fields_.size() != columns_.size())
        return fail(ErrorCode::malformed,
                    fmt::format("{} fields expected, found {}", columns_.size(), fields_.size()), where());
      SWEEPMARK_CHECK(visit(*this));
    }
    return {};
  }

  bool has(std::string_view column) const { return columns_.contains(column); }
  std::string_view text(std::string_view column) const { return fields_[columns_.find(column)->second]; }
  Result<double> number(std::string_view column) const {
    const auto value = parse_double(text(column));
    if (!value || !std::isfinite(*value))
      return fail(ErrorCode::malformed,
                  fmt::format("a number expected in column '{}', found '{}'", column, text(column)), where());
    return *value;
  }
  Result<TimestampNs> time(std::string_view column) const {
    const auto value = parse_int(text(column));
    if (!value)
      return fail(ErrorCode::malformed,
                  fmt::format("a time in nanoseconds expected, found '{}'", text(column)), where());
    return TimestampNs{*value};
  }
  Where where() const { return at_line(file_, line_ + 1); }

 private:
  fs::path file_;
  std::vector<std::string_view> lines_, fields_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::size_t line_ = 0;
};

Result<Eigen::Quaterniond> rotation_of(const CsvTable& row) {
  SWEEPMARK_TRY(w, row.number("qw"));
  SWEEPMARK_TRY(x, row.number("qx"));
  SWEEPMARK_TRY(y, row.number("qy"));
  SWEEPMARK_TRY(z, row.number("qz"));
  const Eigen::Quaterniond rotation(w, x, y, z);
  if (rotation.norm() < 0.5)
    return fail(ErrorCode::malformed, "the quaternion is no rotation: its length is far from one",
                row.where());
  return rotation;
}

Result<Eigen::Vector3d> vector_of(const CsvTable& row, std::string_view x, std::string_view y,
                                  std::string_view z) {
  SWEEPMARK_TRY(vx, row.number(x));
  SWEEPMARK_TRY(vy, row.number(y));
  SWEEPMARK_TRY(vz, row.number(z));
  return Eigen::Vector3d(vx, vy, vz);
}

Result<TruthBox> truth_of(const CsvTable& row) {
  SWEEPMARK_TRY(time, row.time("timestamp_ns"));
  SWEEPMARK_TRY(rotation, rotation_of(row));
  SWEEPMARK_TRY(centre, vector_of(row, "tx_m", "ty_m", "tz_m"));
  SWEEPMARK_TRY(size, vector_of(row, "length_m", "width_m", "height_m"));
  if (size.minCoeff() <= 0) return fail(ErrorCode::malformed, "a box without a size", row.where());
  TruthBox truth;
  truth.time = time;
  truth.track = row.text("track_uuid");
  truth.class_name = row.text("category");
  truth.box = {Pose<Ego, BoxLocal>(rotation, centre), size};
  if (row.has("num_interior_pts"))
    truth.points_inside = static_cast<int>(parse_int(row.text("num_interior_pts")).value_or(-1));
  return truth;
}

Result<std::vector<TruthBox>> read_truth(const fs::path& file) {
  SWEEPMARK_TRY(content, read_text(file));
  SWEEPMARK_TRY(table, CsvTable::parse(content, file,
                                       {"timestamp_ns", "track_uuid", "category", "length_m", "width_m",
                                        "height_m", "qw", "qx", "qy", "qz", "tx_m", "ty_m", "tz_m"}));
  std::vector<TruthBox> truth;
  SWEEPMARK_CHECK(table.for_each([&](const CsvTable& row) -> Result<void> {
    SWEEPMARK_TRY(box, truth_of(row));
    truth.push_back(std::move(box));
    return {};
  }));
  std::ranges::stable_sort(truth, {}, &TruthBox::time);
  return truth;
}

Result<std::set<TimestampNs>> annotated_times(const fs::path& file) {
  SWEEPMARK_TRY(content, read_text(file));
  SWEEPMARK_TRY(table, CsvTable::parse(content, file, {"timestamp_ns"}));
  std::set<TimestampNs> times;
  SWEEPMARK_CHECK(table.for_each([&](const CsvTable& row) -> Result<void> {
    SWEEPMARK_TRY(time, row.time("timestamp_ns"));
    times.insert(time);
    return {};
  }));
  return times;
}

Result<Trajectory> read_trajectory(const fs::path& file) {
  SWEEPMARK_TRY(content, read_text(file));
  SWEEPMARK_TRY(table, CsvTable::parse(content, file,
                                       {"timestamp_ns", "qw", "qx", "qy", "qz", "tx_m", "ty_m", "tz_m"}));
  std::vector<TimedPose> poses;
  SWEEPMARK_CHECK(table.for_each([&](const CsvTable& row) -> Result<void> {
    SWEEPMARK_TRY(time, row.time("timestamp_ns"));
    SWEEPMARK_TRY(rotation, rotation_of(row));
    SWEEPMARK_TRY(place, vector_of(row, "tx_m", "ty_m", "tz_m"));
    poses.push_back({time, Pose<World, Ego>(rotation, place)});
    return {};
  }));
  return Trajectory(std::move(poses), PoseSource::recorded);
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  std::vector<DriveListing> listings;
  for (const fs::path& log : logs_under(path)) {
    DriveListing listing;
    listing.name = name_of(log);
    if (const auto times = annotated_times(annotations_of(log))) listing.sweeps = times->size();
    listing.has_truth = true;
    listings.push_back(std::move(listing));
  }
  return listings;
}

std::vector<std::string> names(const fs::path& path) {
  std::vector<std::string> names;
  for (const fs::path& log : logs_under(path)) names.push_back(name_of(log));
  return names;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  const auto logs = logs_under(path);
  const auto log =
      std::ranges::find_if(logs, [&](const fs::path& folder) { return name_of(folder) == name; });
  if (log == logs.end())
    return fail(ErrorCode::not_found, fmt::format("there is no log '{}' here", name), at_file(path));
  SWEEPMARK_TRY(times, annotated_times(annotations_of(*log)));
  if (times.empty())
    return fail(ErrorCode::malformed, "there is not one annotation", at_file(annotations_of(*log)));
  Drive drive;
  drive.name = name;
  drive.format = "argoverse2-csv";
  drive.root = path;
  drive.rig.add(Lidar{lidar, {}});
  for (const TimestampNs time : times) drive.sweeps.push_back({lidar, time, {}});
  if (auto trajectory = read_trajectory(poses_of(*log)))
    drive.trajectory = std::move(*trajectory);
  else
    drive.warnings.push_back(to_string(trajectory.error()) + "; the trajectory is left aside");
  drive.read_sweep = [](std::size_t sweep) -> Result<PointCloud> {
    return fail(ErrorCode::not_found, fmt::format("the drive has labels but no points at sweep {}", sweep));
  };
  drive.read_truth = [file = annotations_of(*log)] { return read_truth(file); };
  return drive;
}

}  // namespace

DriveReader drive_reader_argoverse2_csv() {
  return {"argoverse2-csv",
          "Argoverse 2 tables as CSV: <log>/{annotations.csv,city_SE3_egovehicle.csv}, boxes and poses "
          "without sweeps",
          probe,
          list,
          open,
          names};
}

}  // namespace sweepmark
