// Where the files of KITTI's object and tracking layouts lie under a folder.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/formats/kitti_frames.hpp"

namespace sweepmark {

// One sequence of the tracking layout: <split>/{velodyne/NNNN, image_0i/NNNN, label_02/NNNN.txt,
// calib/NNNN.txt, oxts/NNNN.txt}. Folders and files are named whether they exist or not.
struct KittiTrackingSequence {
  std::string name;  // "0000", or "training/0000" where several splits lie under the path
  std::filesystem::path split;
  std::string number;  // "0000"

  std::filesystem::path velodyne() const { return split / "velodyne" / number; }
  std::filesystem::path images(std::size_t camera) const {
    return split / ("image_0" + std::to_string(camera)) / number;
  }
  std::filesystem::path labels() const { return split / "label_02" / (number + ".txt"); }
  std::filesystem::path calibration() const { return split / "calib" / (number + ".txt"); }
  std::filesystem::path oxts() const { return split / "oxts" / (number + ".txt"); }
};
// `path` is the data set's root, or a split (the parent of velodyne/). Sequences with sweeps or labels, in
// natural order.
std::vector<KittiTrackingSequence> kitti_tracking_sequences(const std::filesystem::path& path);
std::optional<KittiTrackingSequence> kitti_tracking_sequence(const std::filesystem::path& path,
                                                             const std::string& name);

// One split of the object layout: <split>/{velodyne, image_2, image_3, label_2, calib, pose}/NNNNNN.*.
struct KittiObjectSplit {
  std::string name;  // "training", or the way to it from the path ("lidar/training")
  std::filesystem::path folder;

  std::filesystem::path calibration(const std::string& frame) const {
    return folder / "calib" / (frame + ".txt");
  }
};
std::vector<KittiObjectSplit> kitti_object_splits(const std::filesystem::path& path);
std::optional<KittiObjectSplit> kitti_object_split(const std::filesystem::path& path,
                                                   const std::string& name);

}  // namespace sweepmark
