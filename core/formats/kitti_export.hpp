// What writing and reading KITTI label files share: frames, calibrations, rows.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/formats/kitti_boxes.hpp"
#include "core/formats/label_format.hpp"

namespace sweepmark {

// The rectified camera 0 that a sweep's boxes are written in, and the camera of their 2D boxes.
struct KittiView {
  std::string calibration_text;          // of calib/NNNNNN.txt
  Pose<Camera, Ego> rectified_from_ego;  // as that text says, its rounding included
  Point<Ego> observer;                   // where alpha is seen from
  std::optional<CameraSensor> camera;    // image 2; none: 2D boxes are −1
};

// For drives of KITTI tracking and object: the drive's own calibration file, word for word. For all others
// one is made: rectified camera 0 has the nominal axes (x right, y down, z forward, exactly along the
// vehicle's) and stands where the rig's first calibrated pinhole camera stands, whose P2 = K · R turns them
// to the image; with no such camera it stands at the vehicle's origin and there is no P2. Tr_velo_to_cam then
// starts from the vehicle's frame.
KittiView kitti_view(const Drive& drive, std::size_t sweep);

// Name, sizes, place, 2D box, truncated and occluded of a box.
KittiRow kitti_row(const LabelledBox& box, const KittiView& view, KittiRows kind);

// The pose a label file's rows are to be read with: of the calibration file where there is one, else of
// kitti_view.
Result<Pose<Camera, Ego>> kitti_pose_for(const std::filesystem::path& calibration_file, const Drive& drive,
                                         std::size_t sweep);

// What both kinds lose, as LabelFormat::declared_losses.
namespace kitti_losses {
inline constexpr std::string_view
    tilt = "Roll and pitch: boxes stand upright on the vehicle's xy plane, turned by their yaw alone.",
    decimals = "Numbers have six decimals: a box comes back within 2 µm and 1 µrad.",
    making =
        "Whether a box was placed or derived, by whom and how surely, how tracks move between keyframes, "
        "where they are absent and how objects are related.",
    class_names = "Class names: blanks become underscores; boxes of class DontCare are not read back.",
    image_boxes =
        "2D boxes are computed: the box's bounds in the first pinhole camera, lens distortion left "
        "out; −1 where it is not in the image.",
    calibration =
        "Drives without a KITTI calibration are given one whose Tr_velo_to_cam starts from the "
        "vehicle's frame (nominal axes; P2 only where there is a calibrated pinhole camera).";
}

// The drive's sweeps by frame number.
std::map<std::int64_t, std::size_t> kitti_sweeps_by_frame(const Drive& drive);

// Whether the file's first row that is not blank is of the kind.
bool looks_like_kitti_rows(const std::filesystem::path& file, KittiRows kind);

// "frames 3, 7, 9 and 12 more have no sweep in the drive '0000'"
Failure no_such_frames(const std::vector<std::int64_t>& frames, const Drive& drive,
                       const std::filesystem::path& source);

}  // namespace sweepmark
