// KITTI raw: <date>/<date>_drive_NNNN_sync/{velodyne_points,image_0i,oxts}, calibration of the date,
// tracklets as truth.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_folders.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/kitti_frames.hpp"
#include "core/formats/kitti_oxts.hpp"
#include "core/formats/kitti_tracklets.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

bool is_raw_drive(const fs::path& folder) {
  return count_files(folder / "velodyne_points" / "data", {".bin", ".pcd", ".ply"}, 1) > 0;
}

std::string name_of(const fs::path& folder) {
  return (folder.has_filename() ? folder : folder.parent_path()).filename().string();
}

// The path itself, the drives of a date, or the drives of all dates. Names hold the date, so they are
// distinct.
std::vector<fs::path> drives_under(const fs::path& path) {
  if (is_raw_drive(path)) return {path};
  std::vector<fs::path> drives;
  for (const fs::path& child : subfolders(path)) {
    if (is_raw_drive(child)) drives.push_back(child);
    for (const fs::path& grandchild : subfolders(child))
      if (is_raw_drive(grandchild)) drives.push_back(grandchild);
  }
  return drives;
}

int probe(const fs::path& path) {
  if (is_raw_drive(path)) return 90;
  for (const fs::path& child : subfolders(path))
    if (is_raw_drive(child)) return 85;
  return drives_under(path).empty() ? 0 : 70;
}

// "image_02"; some exports write it in capitals.
std::optional<fs::path> image_folder(const fs::path& drive, std::size_t camera) {
  for (const fs::path& folder : subfolders(drive))
    if (lowered(folder.filename().string()) == fmt::format("image_0{}", camera)) return folder;
  return std::nullopt;
}

fs::path tracklet_file(const fs::path& drive) {
  return drive / "tracklet_labels.xml";
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  std::vector<DriveListing> listings;
  for (const fs::path& folder : drives_under(path)) {
    DriveListing listing;
    listing.name = name_of(folder);
    listing.sweeps = count_files(folder / "velodyne_points" / "data", {".bin", ".pcd", ".ply"});
    for (std::size_t camera = 0; camera < 4; ++camera)
      if (const auto images = image_folder(folder, camera))
        listing.images += count_files(*images / "data", {".png", ".jpg", ".jpeg"});
    listing.has_truth = path_exists(tracklet_file(folder));
    listings.push_back(std::move(listing));
  }
  return listings;
}

// The date's calibration lies beside its drives, or in the drive itself where somebody copied it there.
KittiCalibration calibration_of(const fs::path& folder, std::vector<std::string>& warnings) {
  for (const fs::path& place : {folder, fs::absolute(folder).lexically_normal().parent_path()}) {
    if (!path_exists(place / "calib_cam_to_cam.txt") && !path_exists(place / "calib_velo_to_cam.txt"))
      continue;
    KittiCalibration calibration = read_kitti_raw_calibration(place);
    warnings.insert(warnings.end(), calibration.warnings.begin(), calibration.warnings.end());
    return calibration;
  }
  warnings.push_back(warning(
      "there are no calibration files (calib_cam_to_cam.txt, calib_velo_to_cam.txt) here or beside it",
      at_file(folder)));
  return {};
}

std::size_t frames_of(const std::vector<NumberedFile>& files) {
  return files.empty() ? 0 : static_cast<std::size_t>(files.back().number + 1);
}

// Unrectified images ("extract") do not follow P_rect.
void add_cameras(Drive& drive, const fs::path& folder, KittiCalibration calibration) {
  if (folder.filename().string().ends_with("_extract")) {
    calibration.projections = {};
    drive.warnings.push_back(warning(
        "the images are not rectified; only rectified ones (_sync) can be drawn over", at_file(folder)));
  }
  for (std::size_t camera = 0; camera < 4; ++camera) {
    const auto images = image_folder(folder, camera);
    if (!images) continue;
    const auto files = numbered_images(*images / "data", drive.warnings);
    const FrameClock clock =
        FrameClock::from_file(*images / "timestamps.txt", frames_of(files), drive.warnings);
    add_camera(drive, calibration, camera, SensorId{fmt::format("image_0{}", camera)}, files, clock);
  }
}

Result<OxtsRecord> read_oxts(const fs::path& file) {
  SWEEPMARK_TRY(text, read_text(file));
  const auto lines = lines_of(text);
  return parse_oxts(lines.empty() ? std::string_view{} : lines.front(), at_line(file, 1));
}

void add_trajectory(Drive& drive, const fs::path& folder, const KittiCalibration& calibration) {
  const auto files = numbered_files(folder / "data", {".txt"}, drive.warnings);
  if (files.empty()) return;
  if (!calibration.velodyne_from_imu)
    return drive.warnings.push_back(
        warning("not used: the calibration does not say where the IMU sits", at_file(folder)));
  const FrameClock clock = FrameClock::from_file(folder / "timestamps.txt", frames_of(files), drive.warnings);
  std::vector<std::pair<TimestampNs, OxtsRecord>> records;
  for (const NumberedFile& file : files) {
    if (const auto record = read_oxts(file.file))
      records.emplace_back(clock.at(file.number), *record);
    else
      drive.warnings.push_back(to_string(record.error()));
  }
  drive.trajectory = oxts_trajectory(records, *calibration.velodyne_from_imu);
}

TruthBox truth_of(const Tracklet& tracklet, std::size_t pose, std::size_t track, TimestampNs time) {
  TruthBox truth;
  truth.time = time;
  truth.track = fmt::format("{}", track);
  truth.class_name = tracklet.type;
  truth.box = tracklet_box(tracklet, pose);
  const TrackletPose& marks = tracklet.poses[pose];
  if (marks.occlusion >= 0) truth.attributes["occluded"] = fmt::format("{}", marks.occlusion);
  if (marks.truncation >= 0) truth.attributes["truncated"] = fmt::format("{}", marks.truncation);
  if (marks.state > 0) truth.attributes["state"] = marks.state == 1 ? "interpolated" : "labelled";
  return truth;
}

Result<Tracklets> read_tracklets(const fs::path& file) {
  SWEEPMARK_TRY(text, read_text(file));
  return parse_tracklets(text, file);
}

Result<std::vector<TruthBox>> read_truth(const fs::path& file,
                                         const std::map<std::int64_t, TimestampNs>& times) {
  SWEEPMARK_TRY(tracklets, read_tracklets(file));
  std::vector<TruthBox> truth;
  for (std::size_t track = 0; track < tracklets.tracks.size(); ++track) {
    const Tracklet& tracklet = tracklets.tracks[track];
    for (std::size_t pose = 0; pose < tracklet.poses.size(); ++pose)
      if (const auto time = times.find(tracklet.first_frame + static_cast<std::int64_t>(pose));
          time != times.end())
        truth.push_back(truth_of(tracklet, pose, track, time->second));
  }
  std::ranges::stable_sort(truth, {}, &TruthBox::time);
  return truth;
}

void add_truth(Drive& drive, const fs::path& file) {
  if (!path_exists(file)) return;
  std::map<std::int64_t, TimestampNs> times;
  for (std::size_t i = 0; i < drive.sweeps.size(); ++i)
    times[kitti_frame_of(drive, i)] = drive.sweeps[i].time;
  const auto tracklets = read_tracklets(file);
  if (!tracklets) {
    drive.warnings.push_back(to_string(tracklets.error()));
  } else {
    drive.warnings.insert(drive.warnings.end(), tracklets->warnings.begin(), tracklets->warnings.end());
    std::size_t lost = 0;
    for (const Tracklet& tracklet : tracklets->tracks)
      for (std::size_t pose = 0; pose < tracklet.poses.size(); ++pose)
        lost += !times.contains(tracklet.first_frame + static_cast<std::int64_t>(pose));
    // The recorder lost the first sweeps of some drives (0009 among them), while their tracklets go on.
    if (lost > 0)
      drive.warnings.push_back(
          warning(fmt::format("{} boxes lie at frames that have no sweep; they are left aside", lost),
                  at_file(file)));
  }
  drive.read_truth = [file, times = std::move(times)] { return read_truth(file, times); };
}

std::vector<std::string> names(const fs::path& path) {
  std::vector<std::string> names;
  for (const fs::path& folder : drives_under(path)) names.push_back(name_of(folder));
  return names;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  const auto folders = drives_under(path);
  const auto found =
      std::ranges::find_if(folders, [&](const fs::path& folder) { return name_of(folder) == name; });
  if (found == folders.end())
    return fail(ErrorCode::not_found, fmt::format("there is no drive '{}' here", name), at_file(path));
  const fs::path& folder = *found;
  Drive drive = new_kitti_drive("kitti-raw", path, name);
  const KittiCalibration calibration = calibration_of(folder, drive.warnings);
  const auto files = numbered_sweeps(folder / "velodyne_points" / "data", drive.warnings);
  if (files.empty())
    return fail(ErrorCode::malformed, "there are no numbered sweeps",
                at_file(folder / "velodyne_points" / "data"));
  add_sweeps(
      drive, files,
      FrameClock::from_file(folder / "velodyne_points" / "timestamps.txt", frames_of(files), drive.warnings));
  add_cameras(drive, folder, calibration);
  add_trajectory(drive, folder / "oxts", calibration);
  add_truth(drive, tracklet_file(folder));
  drive.read_sweep = sweep_loader(drive.sweeps, {"intensity"});
  return drive;
}

}  // namespace

DriveReader drive_reader_kitti_raw() {
  return {"kitti-raw",
          "KITTI raw: <date>/<date>_drive_NNNN_sync/{velodyne_points,image_0i,oxts,tracklet_labels.xml}",
          probe,
          list,
          open,
          names};
}

}  // namespace sweepmark
