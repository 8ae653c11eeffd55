// The reader of last resort: a folder of clouds, or one cloud, with nothing said about them.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>
#include <ranges>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/cloud_reader.hpp"
#include "core/formats/drive_folders.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/formats/loose_images.hpp"
#include "core/formats/stem_time.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

constexpr int sure_enough = 20;         // of a cloud reader's probe; below it, the file is no sweep
constexpr std::size_t files_tried = 3;  // of each extension

struct CloudFolder {
  std::string name;
  fs::path folder;
  std::vector<fs::path> files;  // natural order
};

bool is_cloud(const fs::path& file) {
  const auto head = read_head(file, cloud_probe_bytes);
  return head && std::ranges::any_of(cloud_readers(), [&](const CloudReader& reader) {
           return reader.probe(file, *head) >= sure_enough;
         });
}

// All files of an extension are sweeps where one of its first few is: a damaged sweep keeps its place in the
// drive.
std::vector<fs::path> cloud_files_in(const fs::path& folder) {
  auto files = files_in(folder, "");
  if (!files) return {};
  std::map<std::string, std::vector<fs::path>> by_extension;
  for (const fs::path& file : *files) by_extension[lowered(file.extension().string())].push_back(file);
  std::erase_if(by_extension, [](const auto& group) {
    return std::ranges::none_of(group.second | std::views::take(files_tried), is_cloud);
  });
  std::erase_if(*files, [&](const fs::path& file) {
    return !by_extension.contains(lowered(file.extension().string()));
  });
  return std::move(*files);
}

std::vector<CloudFolder> cloud_subfolders(const fs::path& path) {
  std::vector<CloudFolder> found;
  for (const fs::path& folder : subfolders(path)) {
    std::vector<fs::path> files = cloud_files_in(folder);
    if (!files.empty()) found.push_back({folder_name(folder), folder, std::move(files)});
  }
  return found;
}

// One cloud, the clouds of a folder, or else of each of its subfolders.
std::vector<CloudFolder> cloud_folders(const fs::path& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) {
    if (!is_cloud(path)) return {};
    return {{stem_of(path), path.parent_path(), {path}}};
  }
  if (!fs::is_directory(path, error)) return {};
  std::vector<fs::path> files = cloud_files_in(path);
  if (!files.empty()) return {{folder_name(path), path, std::move(files)}};
  return cloud_subfolders(path);
}

fs::path label_file(const fs::path& sweep) {
  return fs::path(sweep).replace_extension(".label");
}

// SemanticKITTI's labels beside the sweeps: a uint32 a row.
Result<std::vector<PointLabel>> read_labels(const fs::path& file) {
  SWEEPMARK_TRY(bytes, read_bytes(file));
  if (bytes.size() % sizeof(PointLabel) != 0)
    return fail(ErrorCode::malformed,
                fmt::format("a label of 4 bytes for each point expected, found {} bytes", bytes.size()),
                at_file(file));
  std::vector<PointLabel> labels(bytes.size() / sizeof(PointLabel));
  if (!labels.empty()) std::memcpy(labels.data(), bytes.data(), bytes.size());
  return labels;
}

bool has_image_called(const LooseCamera& camera, const std::string& stem) {
  return std::ranges::any_of(camera.files, [&](const fs::path& file) { return stem_of(file) == stem; });
}

// Images that lie with the sweeps, and in camera folders beside a folder of sweeps. Of a single cloud that
// was opened as a file, those called like it: the others go with its neighbours.
std::vector<LooseCamera> cameras_near(const CloudFolder& clouds, const fs::path& root) {
  std::vector<LooseCamera> cameras = loose_cameras(clouds.folder);
  std::error_code error;
  if (fs::is_regular_file(root, error)) {
    const std::string stem = stem_of(root);
    std::erase_if(cameras, [&](const LooseCamera& camera) { return !has_image_called(camera, stem); });
  } else if (!fs::equivalent(root, clouds.folder, error)) {
    for (LooseCamera& camera : loose_cameras(root)) cameras.push_back(std::move(camera));
  }
  return cameras;
}

int probe(const fs::path& path) {
  std::error_code error;
  const std::vector<CloudFolder> found = cloud_folders(path);
  if (found.empty()) return 0;
  return found.front().folder == path || fs::is_regular_file(path, error) ? 10 : 5;
}

Result<std::vector<CloudFolder>> found_folders(const fs::path& path) {
  std::vector<CloudFolder> found = cloud_folders(path);
  if (found.empty())
    return fail(ErrorCode::not_found, "no point cloud of a known kind is here", at_file(path));
  return found;
}

Result<std::vector<DriveListing>> list(const fs::path& path) {
  SWEEPMARK_TRY(found, found_folders(path));
  std::vector<DriveListing> listings;
  for (const CloudFolder& clouds : found) {
    DriveListing listing{clouds.name, clouds.files.size(), 0, false};
    for (const LooseCamera& camera : cameras_near(clouds, path)) listing.images += camera.files.size();
    listings.push_back(std::move(listing));
  }
  return listings;
}

Result<Drive> open(const fs::path& path, const std::string& name) {
  SWEEPMARK_TRY(found, found_folders(path));
  const auto chosen = std::ranges::find(found, name, &CloudFolder::name);
  if (chosen == found.end())
    return fail(ErrorCode::not_found, fmt::format("there is no drive '{}' here", name), at_file(path));
  Drive drive;
  drive.name = chosen->name;
  drive.format = "folder";
  drive.root = path;
  drive.rig.add(Lidar{SensorId("lidar"), {}});
  add_sweeps_named_by_time(drive, chosen->files);
  add_loose_cameras(drive, cameras_near(*chosen, path));
  drive.read_sweep = cloud_loader(drive.sweeps, path);
  auto files = std::make_shared<std::vector<fs::path>>();
  for (const SweepEntry& sweep : drive.sweeps) files->push_back(sweep.file);
  std::error_code error;
  if (std::ranges::any_of(*files, [&](const fs::path& file) { return fs::exists(label_file(file), error); }))
    drive.read_point_truth = [files](std::size_t sweep) { return read_labels(label_file((*files)[sweep])); };
  return drive;
}

}  // namespace

DriveReader drive_reader_folder() {
  return {"folder", "a folder of point clouds (or one cloud) with nothing else said about them", probe, list,
          open};
}

}  // namespace sweepmark
