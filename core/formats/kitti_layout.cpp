#include "core/formats/kitti_layout.hpp"
#include "core/formats/drive_folders.hpp"

#include <algorithm>
#include <set>

#include "core/base/text.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

struct NaturalLess {
  bool operator()(const std::string& a, const std::string& b) const { return natural_less(a, b); }
};

// Numbers of the sequences that have a folder of sweeps or a file of labels.
std::set<std::string, NaturalLess> sequence_numbers(const fs::path& split) {
  std::set<std::string, NaturalLess> numbers;
  for (const fs::path& folder : subfolders(split / "velodyne"))
    if (is_number(folder.filename().string()) && count_files(folder, {".bin", ".pcd", ".ply"}, 1) > 0)
      numbers.insert(folder.filename().string());
  std::vector<std::string> ignored;
  for (const NumberedFile& labels : numbered_files(split / "label_02", {".txt"}, ignored))
    numbers.insert(labels.file.stem().string());
  return numbers;
}

bool is_object_split(const fs::path& folder) {
  if (count_files(folder / "velodyne", {".bin", ".pcd", ".ply"}, 1) == 0) return false;
  return count_files(folder / "calib", {".txt"}, 1) > 0 ||
         count_files(folder / "label_2", {".txt", ".json"}, 1) > 0;
}

template <class Entry>
std::optional<Entry> named(const std::vector<Entry>& entries, const std::string& name) {
  const auto found = std::ranges::find(entries, name, &Entry::name);
  if (found == entries.end()) return std::nullopt;
  return *found;
}

}  // namespace

std::vector<KittiTrackingSequence> kitti_tracking_sequences(const fs::path& path) {
  std::vector<std::pair<fs::path, std::set<std::string, NaturalLess>>> splits;
  for (const fs::path& split : {path, path / "training", path / "testing"})
    if (auto numbers = sequence_numbers(split); !numbers.empty())
      splits.emplace_back(split, std::move(numbers));
  std::vector<KittiTrackingSequence> sequences;
  for (const auto& [split, numbers] : splits)
    for (const std::string& number : numbers)
      sequences.push_back(
          {splits.size() == 1 ? number : split.filename().string() + "/" + number, split, number});
  return sequences;
}

std::optional<KittiTrackingSequence> kitti_tracking_sequence(const fs::path& path, const std::string& name) {
  return named(kitti_tracking_sequences(path), name);
}

std::vector<KittiObjectSplit> kitti_object_splits(const fs::path& path) {
  if (is_object_split(path)) {
    const fs::path named_path = path.has_filename() ? path : path.parent_path();
    return {{named_path.filename().string(), path}};
  }
  std::vector<KittiObjectSplit> splits;
  for (const fs::path& child : subfolders(path)) {
    if (is_object_split(child)) splits.push_back({child.filename().string(), child});
    for (const std::string_view split : {"testing", "training"})
      if (is_object_split(child / split))
        splits.push_back({child.filename().string() + "/" + std::string(split), child / split});
  }
  return splits;
}

std::optional<KittiObjectSplit> kitti_object_split(const fs::path& path, const std::string& name) {
  return named(kitti_object_splits(path), name);
}

}  // namespace sweepmark
