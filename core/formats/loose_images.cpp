#include "core/formats/loose_images.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/base/files.hpp"
#include "core/base/text.hpp"
#include "core/formats/stem_time.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

bool speaks_of_camera(const fs::path& folder) {
  const std::string name = lowered(folder.filename().string());
  if (name.starts_with("related"))
    return false;  // Supervisely's related_images has a folder a sweep, not a camera
  for (const std::string_view word : {"cam", "image", "img", "photo"})
    if (name.find(word) != std::string::npos) return true;
  return false;
}

std::vector<fs::path> folders_in(const fs::path& folder) {
  std::vector<fs::path> folders;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_directory(ignored)) folders.push_back(it->path());
  }
  std::ranges::sort(
      folders, [](const fs::path& a, const fs::path& b) { return natural_less(a.string(), b.string()); });
  return folders;
}

// "n015__CAM_FRONT__1532402927612460" → "CAM_FRONT"; "000012" → "image".
std::string camera_of_stem(std::string stem) {
  stem.resize(stem.size() - trailing_number(stem).size());
  while (!stem.empty() && std::string_view("_-. ").find(stem.back()) != std::string_view::npos)
    stem.pop_back();
  if (const std::size_t at = stem.rfind("__"); at != std::string::npos) stem.erase(0, at + 2);
  return stem.empty() ? "image" : stem;
}

std::vector<LooseCamera> cameras_by_stem(const fs::path& folder) {
  std::map<std::string, LooseCamera> by_name;
  for (fs::path& file : image_files_in(folder)) {
    const std::string name = camera_of_stem(stem_of(file));
    by_name[name].name = name;
    by_name[name].files.push_back(std::move(file));
  }
  std::vector<LooseCamera> cameras;
  for (auto& [name, camera] : by_name) cameras.push_back(std::move(camera));
  return cameras;
}

void add_folder(std::vector<LooseCamera>& cameras, const fs::path& folder, const std::string& name) {
  std::vector<fs::path> files = image_files_in(folder);
  if (!files.empty()) cameras.push_back({name, std::move(files)});
}

std::vector<ImageEntry> images_by_name(const std::vector<fs::path>& images,
                                       std::span<const SweepEntry> sweeps) {
  std::map<std::string, TimestampNs> by_stem, by_number;
  for (const SweepEntry& sweep : sweeps) {
    const std::string stem = stem_of(sweep.file);
    by_stem.emplace(stem, sweep.time);
    if (const std::string number = trailing_number(stem); !number.empty())
      by_number.emplace(number, sweep.time);
  }
  std::vector<ImageEntry> entries;
  for (const fs::path& image : images) {
    const std::string stem = stem_of(image);
    if (const auto same = by_stem.find(stem); same != by_stem.end()) {
      entries.push_back({same->second, image});
    } else if (const auto numbered = by_number.find(trailing_number(stem)); numbered != by_number.end()) {
      entries.push_back({numbered->second, image});
    }
  }
  return entries;
}

}  // namespace

bool is_image_file(const fs::path& file) {
  const std::string extension = lowered(file.extension().string());
  return extension == ".jpg" || extension == ".jpeg" || extension == ".png";
}

std::vector<fs::path> image_files_in(const fs::path& folder) {
  auto files = files_in(folder, "");
  if (!files) return {};
  std::erase_if(*files, [](const fs::path& file) { return !is_image_file(file); });
  return std::move(*files);
}

std::vector<LooseCamera> loose_cameras(const fs::path& folder) {
  std::vector<LooseCamera> cameras = cameras_by_stem(folder);
  for (const fs::path& sub : folders_in(folder)) {
    if (!speaks_of_camera(sub)) continue;
    const std::string name = sub.filename().string();
    add_folder(cameras, sub, name);
    for (const fs::path& below : folders_in(sub)) {
      const std::string last = below.filename().string();
      add_folder(cameras, below, last == "data" ? name : name + "/" + last);
    }
  }
  return cameras;
}

std::vector<ImageEntry> timed_images(const std::vector<fs::path>& images,
                                     std::span<const SweepEntry> sweeps) {
  std::vector<fs::path> sweep_files;
  for (const SweepEntry& sweep : sweeps) sweep_files.push_back(sweep.file);
  std::vector<ImageEntry> entries;
  const auto times = times_of_files(images);
  if (times && times_of_files(sweep_files)) {
    for (std::size_t i = 0; i < images.size(); ++i) entries.push_back({(*times)[i], images[i]});
  } else {
    entries = images_by_name(images, sweeps);
    if (entries.empty() && images.size() == sweeps.size())
      for (std::size_t i = 0; i < images.size(); ++i) entries.push_back({sweeps[i].time, images[i]});
  }
  std::ranges::stable_sort(entries, {}, &ImageEntry::time);
  return entries;
}

void add_loose_cameras(Drive& drive, const std::vector<LooseCamera>& cameras) {
  bool any = false;
  for (const LooseCamera& camera : cameras) {
    std::vector<ImageEntry> images = timed_images(camera.files, drive.sweeps);
    if (images.empty()) {
      drive.warnings.push_back(
          fmt::format("{} images of '{}' match no sweep by name or number and are left out",
                      camera.files.size(), camera.name));
      continue;
    }
    CameraSensor sensor;
    sensor.id = SensorId(camera.name);
    sensor.label = camera.name;
    sensor.calibrated = false;
    drive.rig.add(std::move(sensor));
    drive.images[SensorId(camera.name)] = std::move(images);
    any = true;
  }
  if (any)
    drive.warnings.push_back(
        "the images come without a calibration: they are shown, but nothing is drawn over them");
}

}  // namespace sweepmark
