// KITTI object detection and its relatives (View-of-Delft's lidar and radar): single frames, each with a
// calibration of its own.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_boxes.hpp"
#include "core/formats/kitti_frames.hpp"
#include "core/formats/kitti_layout.hpp"
#include "core/formats/view_of_delft.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

// Frames have nothing to do with one another: a second apart, no image is ever taken for its neighbour's.
constexpr double unrelated_frames_per_second = 1.0;

// Frames that share one calibration, most often by a copy of the file.
struct CalibrationGroup {
  KittiCalibration calibration;
  std::string first_frame;           // "000123"
  std::vector<std::int64_t> frames;  // ascending
};

int probe(const fs::path& path) {
  const auto splits = kitti_object_splits(path);
  if (splits.empty()) return 0;
  // Further down a layout of another kind may be meant.
  return splits.front().name.find('/') == std::string::npos ? 85 : 60;
}

std::optional<fs::path> label_file(const KittiObjectSplit& split, const std::string& frame) {
  for (const std::string_view extension : {".txt", ".json"})
    if (fs::path file = split.folder / "label_2" / (frame + std::string(extension)); path_exists(file))
      return file;
  return std::nullopt;
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  std::vector<DriveListing> listings;
  for (const KittiObjectSplit& split : kitti_object_splits(path)) {
    DriveListing listing;
    listing.name = split.name;
    listing.sweeps = count_files(split.folder / "velodyne", {".bin", ".pcd", ".ply"});
    for (const char* images : {"image_2", "image_3"})
      listing.images += count_files(split.folder / images, {".png", ".jpg", ".jpeg"});
    listing.has_truth = count_files(split.folder / "label_2", {".txt", ".json"}, 1) > 0;
    listings.push_back(std::move(listing));
  }
  return listings;
}

// Groups by the files' text: thousands of frames share a few calibrations.
std::vector<CalibrationGroup> calibration_groups(const KittiObjectSplit& split,
                                                 const std::vector<NumberedFile>& sweeps,
                                                 std::vector<std::string>& warnings) {
  std::vector<CalibrationGroup> groups;
  std::map<std::string, std::size_t> group_of_text;
  for (const NumberedFile& sweep : sweeps) {
    const std::string frame = sweep.file.stem().string();
    const auto text = read_text(split.calibration(frame));
    const auto [known, is_new] = group_of_text.try_emplace(text.value_or(std::string()), groups.size());
    if (is_new) {
      groups.push_back({read_kitti_calibration(split.calibration(frame)), frame, {}});
      const auto& said = groups.back().calibration.warnings;
      warnings.insert(warnings.end(), said.begin(), said.end());
    }
    groups[known->second].frames.push_back(sweep.number);
  }
  return groups;
}

std::vector<NumberedFile> images_of(const CalibrationGroup& group, const std::vector<NumberedFile>& images) {
  std::vector<NumberedFile> result;
  for (const NumberedFile& image : images)
    if (std::ranges::binary_search(group.frames, image.number)) result.push_back(image);
  return result;
}

// A rig has one place for a camera. So that nothing is ever drawn with another frame's calibration, every
// further calibration gets cameras of its own, which have images only at the frames they belong to.
void add_cameras(Drive& drive, const KittiObjectSplit& split, const std::vector<CalibrationGroup>& groups,
                 const FrameClock& clock) {
  for (const std::size_t number : {2u, 3u}) {
    const auto images = numbered_images(split.folder / fmt::format("image_{}", number), drive.warnings);
    std::size_t used = 0;
    for (const CalibrationGroup& group : groups) {
      const bool first = &group == &groups.front();
      const auto of_group = images_of(group, images);
      used += of_group.size();
      add_camera(drive, group.calibration, number,
                 SensorId{first ? fmt::format("image_{}", number)
                                : fmt::format("image_{}@{}", number, group.first_frame)},
                 of_group, clock);
    }
    if (used < images.size())
      drive.warnings.push_back(
          warning(fmt::format("{} images are left aside: their frames have no sweep", images.size() - used),
                  at_file(images.front().file.parent_path())));
  }
  if (groups.size() > 1)
    drive.warnings.push_back(fmt::format(
        "{} of {} frames have another calibration than the first: the images of each of the {} further "
        "calibrations stand under cameras of their own (image_2@{} …)",
        drive.sweeps.size() - groups.front().frames.size(), drive.sweeps.size(), groups.size() - 1,
        groups[1].first_frame));
}

struct LabelledFrame {
  TimestampNs time;
  std::string name;
  fs::path labels;
  std::size_t group;
};

Result<void> append_truth(std::vector<TruthBox>& truth, const LabelledFrame& frame,
                          const CalibrationGroup& group) {
  if (frame.labels.extension() == ".json") {
    SWEEPMARK_TRY(boxes, read_delft_labels(frame.labels, frame.time));
    std::ranges::move(boxes, std::back_inserter(truth));
    return {};
  }
  SWEEPMARK_TRY(rows, read_kitti_rows(frame.labels, KittiRows::object));
  for (const KittiRow& row : rows) {
    if (!row.has_box()) continue;
    if (!group.calibration.rectified_from_velodyne)
      return fail(ErrorCode::malformed,
                  fmt::format("without a sound calibration of frame {} its boxes cannot be taken from the "
                              "camera to the Velodyne",
                              frame.name),
                  at_file(frame.labels));
    // The format knows no tracks: every box is an object of its own.
    truth.push_back(kitti_truth(row, fmt::format("{}:{}", frame.name, row.line), frame.time,
                                *group.calibration.rectified_from_velodyne));
  }
  return {};
}

void add_truth(Drive& drive, const KittiObjectSplit& split, std::vector<CalibrationGroup> groups) {
  std::map<std::int64_t, std::size_t> group_of_frame;
  for (std::size_t g = 0; g < groups.size(); ++g)
    for (const std::int64_t frame : groups[g].frames) group_of_frame[frame] = g;
  std::vector<LabelledFrame> frames;
  for (const SweepEntry& sweep : drive.sweeps) {
    const std::string name = sweep.file.stem().string();
    if (const auto file = label_file(split, name))
      frames.push_back({sweep.time, name, *file, group_of_frame.at(*parse_int(name))});
  }
  if (frames.empty()) return;
  drive.read_truth = [frames = std::move(frames),
                      groups = std::make_shared<const std::vector<CalibrationGroup>>(
                          std::move(groups))]() -> Result<std::vector<TruthBox>> {
    std::vector<TruthBox> truth;
    for (const LabelledFrame& frame : frames)
      SWEEPMARK_CHECK(append_truth(truth, frame, (*groups)[frame.group]));
    return truth;
  };
}

std::vector<std::string> names(const fs::path& path) {
  std::vector<std::string> names;
  for (const KittiObjectSplit& split : kitti_object_splits(path)) names.push_back(split.name);
  return names;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  const auto split = kitti_object_split(path, name);
  if (!split)
    return fail(ErrorCode::not_found, fmt::format("there is no split '{}' here", name), at_file(path));
  std::vector<std::string> warnings;
  const auto files = numbered_sweeps(split->folder / "velodyne", warnings);
  if (files.empty())
    return fail(ErrorCode::malformed, "there are no numbered sweeps", at_file(split->folder / "velodyne"));
  const bool radar = holds_delft_radar(files);
  Drive drive = new_kitti_drive("kitti-object", path, name, radar ? SensorId{"radar"} : kitti_velodyne);
  drive.warnings = std::move(warnings);
  const auto groups = calibration_groups(*split, files, drive.warnings);
  const bool consecutive = path_exists(split->folder / "pose");
  const FrameClock clock(consecutive ? 10.0 : unrelated_frames_per_second);
  add_sweeps(drive, files, clock);
  add_cameras(drive, *split, groups, clock);
  if (consecutive) add_delft_trajectory(drive, split->folder / "pose", groups.front().calibration);
  drive.read_sweep =
      radar ? sweep_loader(drive.sweeps, {delft_radar_channels.begin(), delft_radar_channels.end()})
            : sweep_loader(drive.sweeps, {"intensity"});
  add_truth(drive, *split, groups);
  return drive;
}

}  // namespace

DriveReader drive_reader_kitti_object() {
  return {
      "kitti-object", "KITTI object and View-of-Delft: [training/]{velodyne,calib,image_2,label_2}/NNNNNN.*",
      probe,          list,
      open,           names};
}

}  // namespace sweepmark
