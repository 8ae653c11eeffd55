// One recorded drive: an index of what there is and the means to load it. Opening reads no sweep and no
// image.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/cloud/point_cloud.hpp"
#include "core/drive/image.hpp"
#include "core/drive/rig.hpp"
#include "core/geometry/trajectory.hpp"
#include "core/labels/point_labels.hpp"
#include "core/labels/track.hpp"

namespace sweepmark {

struct SweepEntry {
  SensorId lidar;
  TimestampNs time;  // the moment the sweep's points are referred to
  std::filesystem::path
      file;  // empty where the drive knows the moment but has no points (tables without sweeps)
};

struct ImageEntry {
  TimestampNs time;
  std::filesystem::path file;  // may turn out to be missing when it is loaded
};

// A box that came with the drive (ground truth or earlier labels), before it has a class id.
struct TruthBox {
  TimestampNs time;
  std::string track;  // the source's own name of the object; boxes with the same name are one object
  std::string class_name;
  Box3<Ego> box;
  Attributes attributes;
  int points_inside = -1;  // as the source says; −1 where it does not
};

struct Drive {
  std::string name;            // "0000"
  std::string format;          // name of the reader: "kitti-tracking"
  std::filesystem::path root;  // what was opened
  Rig rig;
  std::vector<SweepEntry>
      sweeps;  // of one reference lidar, by time, times distinct; the steps of the timeline
  std::map<SensorId, std::vector<ImageEntry>> images;  // by camera, each by time
  Trajectory trajectory;
  std::vector<std::string>
      warnings;  // what was odd but not fatal: a missing image folder, a wrong calibration file

  // Whether the drive declares that each point is where its lidar saw it at the moment its "time" channel
  // tells. Otherwise the points are taken as they are, all at their sweep's moment.
  bool points_as_measured = false;

  // Reads sweep i: points in its lidar's frame at the sweep's moment, deskewed where the drive has what that
  // takes (deskew.hpp), very many in detail order (reading_order.hpp). Thread-safe. Never throws.
  std::function<Result<PointCloud>(std::size_t sweep)> read_sweep;
  // As read_sweep, but the points exactly as recorded; empty function where read_sweep changes none. Ask
  // read_recorded_sweep.
  std::function<Result<PointCloud>(std::size_t sweep)> read_as_recorded;
  // All boxes that came with the drive, by time; empty function where it has none.
  std::function<Result<std::vector<TruthBox>>()> read_truth;
  // Labels of each point of sweep i by file row, where the drive has them (SemanticKITTI); empty function
  // otherwise.
  std::function<Result<std::vector<PointLabel>>(std::size_t sweep)> read_point_truth;

  // Sweep i as its sensor measured it: for calibration and odometry, which account for motion themselves.
  Result<PointCloud> read_recorded_sweep(std::size_t sweep) const {
    return read_as_recorded ? read_as_recorded(sweep) : read_sweep(sweep);
  }

  // The sweep whose time is nearest.
  std::optional<std::size_t> sweep_near(TimestampNs time) const;
  std::optional<std::size_t> sweep_at(TimestampNs time) const;  // exactly
  // The camera's image whose time is nearest, within `tolerance_s`; null where there is none.
  const ImageEntry* image_near(const SensorId& camera, TimestampNs time, double tolerance_s = 0.25) const;

  // Takes a point of the sweep at `sweep_time` to the camera at `image_time`, with the vehicle's motion
  // between the two.
  Pose<Camera, Ego> camera_from_ego(const CameraSensor& camera, TimestampNs sweep_time,
                                    TimestampNs image_time) const;
  // The same along another trajectory (trajectory_of).
  Pose<Camera, Ego> camera_from_ego(const CameraSensor& camera, TimestampNs sweep_time,
                                    TimestampNs image_time, const Trajectory& along) const;
  Pose<World, Sensor> world_from_lidar(std::size_t sweep) const;
};

}  // namespace sweepmark
