// Scenes of SUSTechPOINTS: scene/{lidar, camera/<c>, calib/camera/<c>.json, label, ego_pose}.
// docs/formats/sustechpoints.md
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/drive_folders.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/loose_images.hpp"
#include "core/formats/sustech_files.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

bool is_folder(const fs::path& path) {
  std::error_code error;
  return fs::is_directory(path, error);
}

// Sweeps in lidar/ and beside them something only this layout has.
bool is_scene(const fs::path& path) {
  return is_folder(path / "lidar") &&
         (is_folder(path / "calib" / "camera") || is_folder(path / "label") || is_folder(path / "ego_pose"));
}

// The path itself, or the scenes in it.
std::vector<fs::path> scenes_at(const fs::path& path) {
  if (is_scene(path)) return {path};
  std::vector<fs::path> scenes = subfolders(path);
  std::erase_if(scenes, [](const fs::path& folder) { return !is_scene(folder); });
  return scenes;
}

std::vector<fs::path> sweep_files(const fs::path& scene) {
  auto files = files_in(scene / "lidar", "");
  if (!files) return {};
  std::erase_if(*files, [](const fs::path& file) {
    const std::string extension = lowered(file.extension().string());
    return extension != ".pcd" && extension != ".ply" && extension != ".bin";
  });
  return std::move(*files);
}

fs::path frame_file(const fs::path& scene, const char* folder, const fs::path& sweep) {
  return scene / folder / (sweep.stem().string() + ".json");
}

// Every folder of camera/ is a camera; one without a sound calibration is shown, but nothing is drawn over
// it.
void add_cameras(Drive& drive, const fs::path& scene) {
  for (const fs::path& folder : subfolders(scene / "camera")) {
    const std::string name = folder.filename().string();
    auto camera = read_sustech_camera(scene / "calib" / "camera" / (name + ".json"));
    if (!camera) {
      drive.warnings.push_back("a camera is shown without calibration: " + to_string(camera.error()));
      CameraSensor uncalibrated;
      uncalibrated.id = SensorId(name);
      uncalibrated.label = name;
      uncalibrated.calibrated = false;
      camera = std::move(uncalibrated);
    }
    drive.rig.add(std::move(*camera));
    std::vector<ImageEntry> images = timed_images(image_files_in(folder), drive.sweeps);
    if (images.empty())
      drive.warnings.push_back(fmt::format("camera '{}' has no image that goes with a sweep", name));
    else
      drive.images[SensorId(name)] = std::move(images);
  }
}

// A pose that cannot be read is left out: its neighbours stand in for it.
void add_trajectory(Drive& drive, const fs::path& scene) {
  if (!is_folder(scene / "ego_pose")) return;
  std::vector<TimedPose> poses;
  for (const SweepEntry& sweep : drive.sweeps) {
    const auto pose = read_sustech_pose(frame_file(scene, "ego_pose", sweep.file));
    if (pose)
      poses.push_back({sweep.time, *pose});
    else
      drive.warnings.push_back(to_string(pose.error()));
  }
  drive.trajectory = Trajectory(std::move(poses), PoseSource::recorded);
}

Result<std::vector<TruthBox>> read_truth(const fs::path& scene, const std::vector<SweepEntry>& sweeps) {
  std::vector<TruthBox> all;
  for (const SweepEntry& sweep : sweeps) {
    const fs::path file = frame_file(scene, "label", sweep.file);
    std::error_code error;
    if (!fs::exists(file, error)) continue;
    SWEEPMARK_TRY(boxes, read_sustech_boxes(file, sweep.time));
    all.insert(all.end(), std::make_move_iterator(boxes.begin()), std::make_move_iterator(boxes.end()));
  }
  return all;
}

bool has_labels(const fs::path& scene) {
  const auto files = files_in(scene / "label", ".json");
  return files && !files->empty();
}

int probe(const fs::path& path) {
  return is_scene(path) ? 75 : scenes_at(path).empty() ? 0 : 70;
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  std::vector<DriveListing> listings;
  for (const fs::path& scene : scenes_at(path)) {
    DriveListing listing{folder_name(scene), sweep_files(scene).size(), 0, has_labels(scene)};
    for (const fs::path& camera : subfolders(scene / "camera"))
      listing.images += image_files_in(camera).size();
    listings.push_back(std::move(listing));
  }
  return listings;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  const std::vector<fs::path> scenes = scenes_at(path);
  const auto scene = std::ranges::find(scenes, name, folder_name);
  if (scene == scenes.end())
    return fail(ErrorCode::not_found, fmt::format("there is no scene '{}' here", name), at_file(path));
  Drive drive;
  drive.name = name;
  drive.format = "sustechpoints";
  drive.root = path;
  drive.rig.add(Lidar{SensorId("lidar"), {}});
  add_sweeps_named_by_time(drive, sweep_files(*scene));
  if (drive.sweeps.empty())
    return fail(ErrorCode::not_found, "the scene has no sweeps", at_file(*scene / "lidar"));
  add_cameras(drive, *scene);
  add_trajectory(drive, *scene);
  auto sweeps = std::make_shared<const std::vector<SweepEntry>>(drive.sweeps);
  drive.read_sweep = cloud_loader(drive.sweeps, *scene / "lidar");
  if (has_labels(*scene))
    drive.read_truth = [sweeps, folder = *scene] { return read_truth(folder, *sweeps); };
  return drive;
}

}  // namespace

DriveReader drive_reader_sustechpoints() {
  return {"sustechpoints", "SUSTechPOINTS scenes: lidar, camera, calib/camera, label, ego_pose", probe, list,
          open};
}

}  // namespace sweepmark
