// The sample drive's two JSON files as text: drive.json (what a reader gets) and truth.json (what was changed
// on purpose).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "sample_data/camera.hpp"
#include "sample_data/lidar.hpp"
#include "sample_data/options.hpp"
#include "sample_data/scene.hpp"

namespace sweepmark::sample {

struct FrameRecord {
  TimestampNs time;
  double moment = 0;  // seconds in the scene
  bool has_images = false;
  std::vector<std::uint32_t> points_on;  // lidar points by object, in the order of Scene::objects
};

struct DriveRecord {
  SampleOptions options;
  LidarModel lidar;
  std::vector<SampleCamera> cameras;  // as they truly are
  std::vector<FrameRecord> frames;
};

// Boxes are told of objects this near the vehicle, if any sweep of the drive has at least this many points of
// them.
inline constexpr double truth_reach_m = 80.0;
inline constexpr std::uint32_t truth_least_points = 5;

struct BoxCount {
  std::size_t objects = 0, boxes = 0;
};
std::string drive_json(const Scene& scene, const DriveRecord& record, BoxCount& count);
std::string truth_json(const Scene& scene, const DriveRecord& record);

// Where the files of a frame stand, relative to the drive.
std::string sweep_path(std::size_t frame);
std::string image_path(const SampleCamera& camera, std::size_t frame);
std::string label_path(std::size_t frame);

}  // namespace sweepmark::sample
