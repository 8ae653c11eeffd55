// The GPS/IMU records of KITTI raw and tracking as a trajectory.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/formats/kitti_frames.hpp"

namespace sweepmark {

struct OxtsRecord {
  double latitude = 0, longitude = 0;   // degrees
  double altitude = 0;                  // m
  double roll = 0, pitch = 0, yaw = 0;  // rad; yaw 0 is east, counter-clockwise
};

// One line of numbers: lat lon alt roll pitch yaw, and more that is not used.
Result<OxtsRecord> parse_oxts(std::string_view line, const Where& where);

// Mercator with the scale cos(lat0·π/180) of the first record, R = Rz(yaw)·Ry(pitch)·Rx(roll) (KITTI raw
// development kit, readme). The world is east, north, up; its origin is where the Velodyne was at the first
// record, so that coordinates stay small.
Trajectory oxts_trajectory(const std::vector<std::pair<TimestampNs, OxtsRecord>>& records,
                           const Pose<Ego, Sensor>& velodyne_from_imu);

}  // namespace sweepmark
