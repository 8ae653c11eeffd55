// Which file holds a drive's labels.
#pragma once

#include <filesystem>
#include <string>

#include "core/drive/drive.hpp"

namespace sweepmark {

struct LabelsPath {
  std::filesystem::path file;
  std::string notice;  // for the user where it is not beside the drive, and why; otherwise empty
};

// Beside the drive's folder, never in it: data/log7 → data/log7.sweepmark (data/log7.NAME.sweepmark where the folder
// holds several drives). Where that place cannot be written to: the user's data folder, under a name made from the path.
LabelsPath default_labels_path(const Drive& drive);

}  // namespace sweepmark
