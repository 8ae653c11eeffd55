// Camera images that lie near the sweeps without any file that says what they are.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/drive/drive.hpp"

namespace sweepmark {

struct LooseCamera {
  std::string name;                          // "image", "CAM_FRONT", "camera/front"
  std::vector<std::filesystem::path> files;  // natural order
};

bool is_image_file(const std::filesystem::path& file);

// Image files of one folder, in natural order; none where it cannot be listed.
std::vector<std::filesystem::path> image_files_in(const std::filesystem::path& folder);

// Images in `folder` itself, one camera for each beginning of names ("a__CAM_FRONT__1.jpg" and
// "a__CAM_FRONT__2.jpg" are of one camera), and those of its subfolders whose names speak of a camera (cam,
// image, img, photo), and of theirs.
std::vector<LooseCamera> loose_cameras(const std::filesystem::path& folder);

// Gives images their times: by the names of both, where sweeps and images are named by time; else the sweep's
// whose name, or number at the end of the name, is the same; else, where there are as many images as sweeps,
// in order. Others are left out.
std::vector<ImageEntry> timed_images(const std::vector<std::filesystem::path>& images,
                                     std::span<const SweepEntry> sweeps);

// Adds the cameras to the drive's rig, uncalibrated, with their images; says so in a warning. Cameras none of
// whose images finds a time are left out, also with a warning.
void add_loose_cameras(Drive& drive, const std::vector<LooseCamera>& cameras);

}  // namespace sweepmark
