// label_2/NNNNNN.txt of KITTI object: a file a frame, boxes without tracks.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/kitti_export.hpp"
#include "core/formats/label_format.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr std::array<std::string_view, 9> losses = {
    "Tracks: each box is read back as an object of its own.",
    "Times: a file is named by its frame, which for drives other than KITTI's is the sweep's index.",
    "Attributes other than truncated, occluded and score; 0 is written where a box has no number for the "
    "first two.",
    kitti_losses::tilt,
    kitti_losses::decimals,
    kitti_losses::making,
    kitti_losses::class_names,
    kitti_losses::image_boxes,
    kitti_losses::calibration,
};

std::string frame_name(const Drive& drive, std::size_t sweep) {
  const std::string stem = drive.sweeps[sweep].file.stem().string();
  if (drive.format.starts_with("kitti") && is_number(stem)) return stem;
  return fmt::format("{:06}", kitti_frame_of(drive, sweep));
}

Result<void> write(const LabelExport& labels, const fs::path& target, const Progress& progress) {
  const Drive& drive = labels.drive;
  SWEEPMARK_CHECK(make_folder(target / "label_2"));
  SWEEPMARK_CHECK(make_folder(target / "calib"));
  auto box = labels.boxes.begin();
  for (std::size_t sweep = 0; sweep < drive.sweeps.size(); ++sweep) {
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "the export was stopped", at_file(target));
    progress(static_cast<double>(sweep) / static_cast<double>(drive.sweeps.size()), "writing label_2");
    const KittiView view = kitti_view(drive, sweep);
    std::string text;
    for (; box != labels.boxes.end() && box->sweep == sweep; ++box)
      text += kitti_row_text(kitti_row(*box, view, KittiRows::object), KittiRows::object);
    const std::string name = frame_name(drive, sweep) + ".txt";
    SWEEPMARK_CHECK(write_text_atomically(target / "label_2" / name, text));
    SWEEPMARK_CHECK(write_text_atomically(target / "calib" / name, view.calibration_text));
  }
  if (box != labels.boxes.end())
    return fail(ErrorCode::internal, fmt::format("a box of sweep {} is out of order or beyond the drive's {}",
                                                 box->sweep, drive.sweeps.size()));
  return {};
}

// The folder the label files lie in: given itself, or the parent of label_2.
fs::path label_folder(const fs::path& source) {
  return path_exists(source / "label_2") ? source / "label_2" : source;
}

std::vector<NumberedFile> label_files(const fs::path& source) {
  std::error_code error;
  if (fs::is_regular_file(source, error)) {
    if (source.extension() != ".txt" || !is_number(source.stem().string())) return {};
    return {{*parse_int(source.stem().string()), source}};
  }
  std::vector<std::string> others;  // files that are no frames are not ours to complain about
  return numbered_files(label_folder(source), {".txt"}, others);
}

int probe(const fs::path& source) {
  const auto files = label_files(source);
  if (files.empty()) return 0;
  if (files.front().file.parent_path().filename() == "label_2") return 85;
  constexpr std::size_t enough = 50;  // the first files of a results folder may well be empty
  for (std::size_t i = 0; i < std::min(files.size(), enough); ++i)
    if (looks_like_kitti_rows(files[i].file, KittiRows::object)) return 70;
  return 0;
}

Result<std::vector<TruthBox>> read(const fs::path& source, const Drive& drive) {
  const auto sweeps = kitti_sweeps_by_frame(drive);
  std::vector<TruthBox> boxes;
  std::vector<std::int64_t> unknown;
  const auto files = label_files(source);
  if (files.empty())
    return fail(ErrorCode::not_found, "no label files named by frame (000000.txt …) are here",
                at_file(source));
  for (const auto& [frame, file] : files) {
    SWEEPMARK_TRY(rows, read_kitti_rows(file, KittiRows::object));
    std::erase_if(rows, [](const KittiRow& row) { return !row.has_box(); });
    if (rows.empty()) continue;
    const auto sweep = sweeps.find(frame);
    if (sweep == sweeps.end()) {
      unknown.push_back(frame);
      continue;
    }
    SWEEPMARK_TRY(pose, kitti_pose_for(file.parent_path().parent_path() / "calib" / file.filename(), drive,
                                       sweep->second));
    for (const KittiRow& row : rows)
      boxes.push_back(kitti_truth(row, fmt::format("{}:{}", file.stem().string(), row.line),
                                  drive.sweeps[sweep->second].time, pose));
  }
  if (!unknown.empty()) return no_such_frames(unknown, drive, source);
  std::ranges::stable_sort(boxes, {}, &TruthBox::time);
  return boxes;
}

}  // namespace

LabelFormat label_format_kitti_object() {
  return {"kitti-object", "a folder with label_2/NNNNNN.txt and calib/NNNNNN.txt for every sweep",
          losses,         write,
          probe,          read};
}

}  // namespace sweepmark
