// tracklet_labels.xml of KITTI raw: tracks of boxes, written by boost's XML serialisation.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

struct TrackletPose {
  Eigen::Vector3d bottom = Eigen::Vector3d::Zero();    // middle of the bottom face, Velodyne frame, m
  Eigen::Vector3d rotation = Eigen::Vector3d::Zero();  // about x, y, z, rad
  int state = 0;                                       // 0 unset, 1 interpolated, 2 labelled
  int occlusion = -1;                                  // −1 unset, 0 visible, 1 partly, 2 fully
  int truncation = -1;  // −1 unset, 0 in the image, 1 truncated, 2 out of the image, 99 behind it
};

struct Tracklet {
  std::string type;
  Eigen::Vector3d size = Eigen::Vector3d::Ones();  // length, width, height of the whole track, m
  std::int64_t first_frame = 0;
  std::vector<TrackletPose> poses;  // of consecutive frames
};

struct Tracklets {
  std::vector<Tracklet> tracks;
  std::vector<std::string> warnings;  // a count that is wrong, a size below zero (its magnitude is taken)
};

Result<Tracklets> parse_tracklets(std::string_view xml, const std::filesystem::path& file);

// The box of pose `i`, in the Velodyne's frame.
Box3<Ego> tracklet_box(const Tracklet& tracklet, std::size_t i);

}  // namespace sweepmark
