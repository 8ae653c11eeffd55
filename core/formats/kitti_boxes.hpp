// Rows of KITTI's box labels, and the way between them and boxes about the vehicle.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/drive/drive.hpp"
#include "core/formats/kitti_frames.hpp"

namespace sweepmark {

enum class KittiRows {
  object,   // 15 fields: type truncated occluded alpha, 2D box, h w l, x y z, rotation_y; 16 with a score
  tracking  // the same after a frame number and a track id
};

struct KittiRow {
  std::size_t line = 0;     // 1-based, where it was read
  std::int64_t frame = 0;   // tracking only
  std::int64_t track = -1;  // tracking only
  std::string type;
  std::string truncated = "0", occluded = "0";         // as printed: they become attributes
  double alpha = -10;                                  // rad, −10 unknown
  std::array<double, 4> image_box = {-1, -1, -1, -1};  // left top right bottom, px
  double height = -1, width = -1, length = -1;         // m
  Eigen::Vector3d bottom =
      Eigen::Vector3d::Constant(-1000);  // middle of the bottom face, rectified camera 0, m
  double rotation_y = -10;               // rad
  std::optional<double> score;

  // DontCare regions and rows of 2D detectors have no box in space.
  bool has_box() const { return type != "DontCare" && height > 0 && width > 0 && length > 0; }
};

// A row with too few fields or without a number where one belongs is an error that names the line. Blank
// lines are passed over.
Result<std::vector<KittiRow>> parse_kitti_rows(std::string_view text, const std::filesystem::path& file,
                                               KittiRows kind);
Result<std::vector<KittiRow>> read_kitti_rows(const std::filesystem::path& file, KittiRows kind);
// The line with its end; six decimals.
std::string kitti_row_text(const KittiRow& row, KittiRows kind);

// KITTI's boxes stand upright on the Velodyne's xy plane: yaw = −rotation_y − π/2, z is raised by half the
// height along the Velodyne's z (as the data's own conversion from the raw tracklets has it).
Box3<Ego> kitti_box(const KittiRow& row, const Pose<Camera, Ego>& rectified_from_velodyne);
// Fills size, place, rotation_y and alpha of `row`; roll and pitch are dropped. Alpha is how an observer at
// `observer` sees the box turned: KITTI's own files have it from the Velodyne (the tracking labels agree to
// their last digit), not from the camera.
void set_kitti_box(KittiRow& row, const Box3<Ego>& box, const Pose<Camera, Ego>& rectified_from_velodyne,
                   const Point<Ego>& observer = {});

// The name of a tracking row's object; −1 is no track, and each such box stands for itself.
std::string kitti_track_name(const KittiRow& row);

// The truth box of a row: truncated and occluded, and the score where there is one, become attributes.
TruthBox kitti_truth(const KittiRow& row, std::string track, TimestampNs time,
                     const Pose<Camera, Ego>& rectified_from_velodyne);

// Bounds of the box's picture in an ideal lens: left top right bottom in pixels, cut at the image's border
// (at 0 where the image's size is not known); nothing where the box is behind the camera or beside the image.
// Edges are cut at 10 cm before the lens.
std::optional<std::array<double, 4>> projected_bounds(const Box3<Ego>& box,
                                                      const Pose<Camera, Ego>& camera_from_ego,
                                                      const CameraIntrinsics& intrinsics);

}  // namespace sweepmark
