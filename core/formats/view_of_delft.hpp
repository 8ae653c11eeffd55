// What View-of-Delft adds to the layout of KITTI object: radar sweeps, poses, and labels as JSON.
// Source: Palffy, Pool, Baratam, Kooij, Gavrila, "Multi-class Road User Detection with 3+1D Radar in the
// View-of-Delft Dataset", 2022.
#pragma once

#include <array>
#include <filesystem>
#include <string_view>
#include <vector>

#include "core/formats/kitti_frames.hpp"

namespace sweepmark {

// Radar rows are x y z and these, all float32: reflection in dB, radial speed as measured and with the
// vehicle's own motion taken out (m/s), and the scan the point is from (0 is the present one, −1 the one
// before: a count, not seconds).
inline constexpr std::array<std::string_view, 4> delft_radar_channels = {"RCS", "v_r", "v_r_compensated",
                                                                         "scan"};

// Whether the .bin files hold radar rows of seven floats, not lidar rows of four: by the divisors of all
// sizes, and where they leave it open by the fourth value, which is a reflectance (never negative) in a lidar
// row.
bool holds_delft_radar(const std::vector<NumberedFile>& sweeps);

// pose/NNNNN.json: its "odomToCamera" is the pose of the camera in the odometry's frame (z up). Missing and
// damaged files become warnings.
void add_delft_trajectory(Drive& drive, const std::filesystem::path& folder,
                          const KittiCalibration& calibration);

// label_2/NNNNN.json: boxes in the sensor's frame with y and z turned round, quaternion and centre; objectId
// names the track.
Result<std::vector<TruthBox>> read_delft_labels(const std::filesystem::path& file, TimestampNs time);

}  // namespace sweepmark
