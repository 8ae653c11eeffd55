// The JSON files of SUSTechPOINTS (https://github.com/naurril/SUSTechPOINTS): calibration, labels, poses of
// the vehicle.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

// calib/camera/<name>.json: "extrinsic", 16 numbers by rows, takes lidar coordinates to the camera's optical
// frame, "intrinsic" is the 3×3 camera matrix by rows. The lidar's frame is taken as the vehicle's, for the
// format has no other.
Result<CameraSensor> read_sustech_camera(const std::filesystem::path& file);

// label/<frame>.json: boxes {psr {position, scale, rotation}, obj_type, obj_id, obj_attr}; rotation as Euler
// angles about x, then the turned y, then the turned z. An empty obj_id gets a name of its own.
Result<std::vector<TruthBox>> read_sustech_boxes(const std::filesystem::path& file, TimestampNs time);

// ego_pose/<frame>.json, as the tool reads it: x, y, z in a map's metres (east, north, up), azimuth
// (clockwise from north), pitch and roll in degrees of an inertial unit whose y axis is forward, and the
// lidar 0.4 m above it, turned by 180° about z. Newer files have {transform {translation {x y z}, rotation {x
// y z w}}}, the lidar's own pose.
Result<Pose<World, Ego>> read_sustech_pose(const std::filesystem::path& file);

}  // namespace sweepmark
