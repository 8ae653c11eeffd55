// KITTI tracking: sequences of numbered sweeps with images, one calibration and one file of labels each.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_boxes.hpp"
#include "core/formats/kitti_frames.hpp"
#include "core/formats/kitti_layout.hpp"
#include "core/formats/kitti_oxts.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

int probe(const fs::path& path) {
  return kitti_tracking_sequences(path).empty() ? 0 : 90;
}

// Frames of a label file; nothing where it is not there or damaged, which is said when the drive is opened.
std::set<std::int64_t> labelled_frames(const std::vector<KittiRow>& rows) {
  std::set<std::int64_t> frames;
  for (const KittiRow& row : rows) frames.insert(row.frame);
  return frames;
}

DriveListing listing_of(const KittiTrackingSequence& sequence) {
  DriveListing listing;
  listing.name = sequence.name;
  listing.sweeps = count_files(sequence.velodyne(), {".bin", ".pcd", ".ply"});
  for (std::size_t camera = 0; camera < 4; ++camera)
    listing.images += count_files(sequence.images(camera), {".png", ".jpg", ".jpeg"});
  listing.has_truth = path_exists(sequence.labels());
  if (listing.sweeps == 0 && listing.has_truth)
    if (const auto rows = read_kitti_rows(sequence.labels(), KittiRows::tracking))
      listing.sweeps = labelled_frames(*rows).size();
  return listing;
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  std::vector<DriveListing> listings;
  for (const KittiTrackingSequence& sequence : kitti_tracking_sequences(path))
    listings.push_back(listing_of(sequence));
  return listings;
}

FrameClock clock_of(const KittiTrackingSequence& sequence, std::size_t frames,
                    std::vector<std::string>& warnings) {
  for (const std::string_view name : {"timestamps.txt", "times.txt"})
    if (path_exists(sequence.velodyne() / name))
      return FrameClock::from_file(sequence.velodyne() / name, frames, warnings);
  return FrameClock();
}

// Without sweeps the frames that have labels are the steps of the timeline.
void add_steps_without_points(Drive& drive, const std::vector<KittiRow>& rows) {
  for (const std::int64_t frame : labelled_frames(rows))
    drive.sweeps.push_back({kitti_velodyne, FrameClock().at(frame), {}});
}

void add_trajectory(Drive& drive, const KittiTrackingSequence& sequence, const KittiCalibration& calibration,
                    const FrameClock& clock) {
  if (!path_exists(sequence.oxts())) return;
  const auto text = read_text(sequence.oxts());
  if (!text) return drive.warnings.push_back(to_string(text.error()));
  if (!calibration.velodyne_from_imu)
    return drive.warnings.push_back(
        warning("not used: the calibration does not say where the IMU sits", at_file(sequence.oxts())));
  std::vector<std::pair<TimestampNs, OxtsRecord>> records;
  const auto lines = lines_of(*text);
  for (std::size_t frame = 0; frame < lines.size(); ++frame) {
    const auto record = parse_oxts(lines[frame], at_line(sequence.oxts(), frame + 1));
    if (!record)
      return drive.warnings.push_back(to_string(record.error()) + "; the trajectory is left aside");
    records.emplace_back(clock.at(static_cast<std::int64_t>(frame)), *record);
  }
  drive.trajectory = oxts_trajectory(records, *calibration.velodyne_from_imu);
}

// By the frame's time; rows of frames without a sweep were warned about when the drive was opened.
Result<std::vector<TruthBox>> read_truth(const fs::path& file, const fs::path& calibration_file,
                                         const std::optional<Pose<Camera, Ego>>& rectified_from_velodyne,
                                         const std::map<std::int64_t, TimestampNs>& times) {
  SWEEPMARK_TRY(rows, read_kitti_rows(file, KittiRows::tracking));
  if (!rectified_from_velodyne)
    return fail(ErrorCode::malformed,
                "without a sound calibration the boxes cannot be taken from the camera to the Velodyne",
                at_file(calibration_file));
  std::vector<TruthBox> truth;
  for (const KittiRow& row : rows) {
    const auto time = times.find(row.frame);
    if (!row.has_box() || time == times.end()) continue;
    truth.push_back(kitti_truth(row, kitti_track_name(row), time->second, *rectified_from_velodyne));
  }
  std::ranges::stable_sort(truth, {}, &TruthBox::time);
  return truth;
}

void add_truth(Drive& drive, const KittiTrackingSequence& sequence, const KittiCalibration& calibration,
               const std::vector<KittiRow>& rows) {
  std::map<std::int64_t, TimestampNs> times;
  for (std::size_t i = 0; i < drive.sweeps.size(); ++i)
    times[kitti_frame_of(drive, i)] = drive.sweeps[i].time;
  const auto lost = std::ranges::count_if(
      rows, [&](const KittiRow& row) { return row.has_box() && !times.contains(row.frame); });
  if (lost > 0)
    drive.warnings.push_back(
        warning(fmt::format("{} boxes lie at frames that have no sweep; they are left aside", lost),
                at_file(sequence.labels())));
  drive.read_truth = [file = sequence.labels(), calibration_file = sequence.calibration(),
                      pose = calibration.rectified_from_velodyne,
                      times = std::move(times)] { return read_truth(file, calibration_file, pose, times); };
}

std::vector<std::string> names(const fs::path& path) {
  std::vector<std::string> names;
  for (const KittiTrackingSequence& sequence : kitti_tracking_sequences(path)) names.push_back(sequence.name);
  return names;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  const auto sequence = kitti_tracking_sequence(path, name);
  if (!sequence)
    return fail(ErrorCode::not_found, fmt::format("there is no sequence '{}' here", name), at_file(path));
  Drive drive = new_kitti_drive("kitti-tracking", path, name);
  const KittiCalibration calibration = read_kitti_calibration(sequence->calibration());
  drive.warnings = calibration.warnings;

  const auto files = numbered_sweeps(sequence->velodyne(), drive.warnings);
  const FrameClock clock = clock_of(
      *sequence, files.empty() ? 0 : static_cast<std::size_t>(files.back().number + 1), drive.warnings);
  add_sweeps(drive, files, clock);
  if (path_exists(sequence->labels())) {
    auto rows = read_kitti_rows(sequence->labels(), KittiRows::tracking);
    if (!rows) drive.warnings.push_back(to_string(rows.error()));
    if (files.empty() && rows) add_steps_without_points(drive, *rows);
    add_truth(drive, *sequence, calibration, rows.value_or(std::vector<KittiRow>{}));
  }
  if (drive.sweeps.empty())
    return fail(ErrorCode::malformed, "the sequence has neither sweeps nor labels", at_file(sequence->split));
  for (std::size_t camera = 0; camera < 4; ++camera)
    add_camera(drive, calibration, camera, SensorId{fmt::format("image_0{}", camera)},
               numbered_images(sequence->images(camera), drive.warnings), clock);
  add_trajectory(drive, *sequence, calibration, clock);
  drive.read_sweep = sweep_loader(drive.sweeps, {"intensity"});
  return drive;
}

}  // namespace

DriveReader drive_reader_kitti_tracking() {
  return {"kitti-tracking",
          "KITTI tracking: [training/]{velodyne,image_02,calib,label_02,oxts}/NNNN, also labels alone",
          probe,
          list,
          open,
          names};
}

}  // namespace sweepmark
