// label_02/NNNN.txt of KITTI tracking: one file for the drive, with frame numbers and track ids.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/kitti_export.hpp"
#include "core/formats/label_format.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 9> losses = {
    "Track names: KITTI's are numbers; unless all names are distinct numbers the tracks are numbered from 0.",
    "Times: rows have frame numbers, which for drives other than KITTI's are the sweeps' indices.",
    "Attributes other than truncated, occluded and score; 0 is written where a box has no number for the "
    "first two, and one that is no whole number becomes 1 (0 below zero).",
    kitti_losses::tilt,
    kitti_losses::decimals,
    kitti_losses::making,
    kitti_losses::class_names,
    kitti_losses::image_boxes,
    kitti_losses::calibration,
};

// "training/0000" is sequence 0000; what no file may be called becomes an underscore.
std::string sequence_name(const Drive& drive) {
  std::string name = drive.name.substr(drive.name.rfind('/') + 1);
  if (drive.format != "kitti-tracking") name = drive.name;
  std::ranges::replace_if(
      name, [](char c) { return c == '/' || c == '\\' || c == ' '; }, '_');
  return name.empty() ? "0000" : name;
}

std::map<TrackId, std::int64_t> track_numbers(const std::vector<LabelledBox>& boxes) {
  std::map<TrackId, std::string> names;
  for (const LabelledBox& box : boxes) names.emplace(box.track, box.track_name);
  std::map<TrackId, std::int64_t> numbers;
  std::set<std::int64_t> used;
  for (const auto& [track, name] : names)
    if (is_number(name)) used.insert(numbers[track] = *parse_int(name));
  if (used.size() == names.size()) return numbers;
  numbers.clear();
  for (const auto& [track, name] : names) numbers.emplace(track, static_cast<std::int64_t>(numbers.size()));
  return numbers;
}

Result<void> write(const LabelExport& labels, const fs::path& target, const Progress& progress) {
  const Drive& drive = labels.drive;
  if (drive.sweeps.empty())
    return fail(ErrorCode::invalid_argument, fmt::format("drive '{}' has no sweeps", drive.name));
  const KittiView view = kitti_view(drive, 0);
  const auto numbers = track_numbers(labels.boxes);
  std::string text;
  for (const LabelledBox& box : labels.boxes) {
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "the export was stopped", at_file(target));
    if (box.sweep >= drive.sweeps.size())
      return fail(ErrorCode::internal,
                  fmt::format("a box of sweep {} is beyond the drive's {}", box.sweep, drive.sweeps.size()));
    KittiRow row = kitti_row(box, view, KittiRows::tracking);
    row.frame = kitti_frame_of(drive, box.sweep);
    row.track = numbers.at(box.track);
    text += kitti_row_text(row, KittiRows::tracking);
  }
  progress(0.5, "writing label_02");
  const std::string name = sequence_name(drive) + ".txt";
  SWEEPMARK_CHECK(make_folder(target / "label_02"));
  SWEEPMARK_CHECK(make_folder(target / "calib"));
  SWEEPMARK_CHECK(write_text_atomically(target / "label_02" / name, text));
  return write_text_atomically(target / "calib" / name, view.calibration_text);
}

// The files that may be meant: the source itself, or those of label_02 or of the folder.
Result<std::vector<fs::path>> label_files(const fs::path& source) {
  std::error_code error;
  if (fs::is_regular_file(source, error)) return std::vector<fs::path>{source};
  return files_in(path_exists(source / "label_02") ? source / "label_02" : source, ".txt");
}

int probe(const fs::path& source) {
  const auto files = label_files(source);
  if (!files || files->empty()) return 0;
  if (files->front().parent_path().filename() == "label_02") return 86;
  for (const fs::path& file : *files)
    if (looks_like_kitti_rows(file, KittiRows::tracking)) return 75;
  return 0;
}

Result<fs::path> file_for(const fs::path& source, const Drive& drive) {
  SWEEPMARK_TRY(files, label_files(source));
  const auto named = std::ranges::find(files, sequence_name(drive),
                                       [](const fs::path& file) { return file.stem().string(); });
  if (named != files.end()) return *named;
  if (files.size() == 1) return files.front();
  return fail(ErrorCode::not_found,
              fmt::format("{} label files are here, none is called {}.txt as the drive is", files.size(),
                          sequence_name(drive)),
              at_file(source));
}

Result<std::vector<TruthBox>> read(const fs::path& source, const Drive& drive) {
  SWEEPMARK_TRY(file, file_for(source, drive));
  SWEEPMARK_TRY(rows, read_kitti_rows(file, KittiRows::tracking));
  SWEEPMARK_TRY(pose, kitti_pose_for(file.parent_path().parent_path() / "calib" / file.filename(), drive, 0));
  const auto sweeps = kitti_sweeps_by_frame(drive);
  std::vector<TruthBox> boxes;
  std::set<std::int64_t> unknown;
  for (const KittiRow& row : rows) {
    if (!row.has_box()) continue;
    const auto sweep = sweeps.find(row.frame);
    if (sweep == sweeps.end())
      unknown.insert(row.frame);
    else
      boxes.push_back(kitti_truth(row, kitti_track_name(row), drive.sweeps[sweep->second].time, pose));
  }
  if (!unknown.empty()) return no_such_frames({unknown.begin(), unknown.end()}, drive, file);
  std::ranges::stable_sort(boxes, {}, &TruthBox::time);
  return boxes;
}

}  // namespace

LabelFormat label_format_kitti_tracking() {
  return {"kitti-tracking",
          "a folder with label_02/<drive>.txt and calib/<drive>.txt",
          losses,
          write,
          probe,
          read};
}

}  // namespace sweepmark
