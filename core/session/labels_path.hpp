// Which file holds a drive's labels.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/drive/drive.hpp"

namespace sweepmark {

struct LabelsPath {
  std::filesystem::path file;
  std::string notice;  // for the user where it is not beside the drive, and why; otherwise empty
};

// Beside the drive's folder, never in it: data/log7 → data/log7.sweepmark (data/log7.NAME.sweepmark where the
// folder holds several drives). Where that place cannot be written to: the user's data folder, under a name
// made from the path. Several drives: where the drive's name is not the folder's own. Labels that lie in the
// user's data folder already stay there as long as there are none beside the drive.
LabelsPath default_labels_path(const Drive& drive);

// What default_labels_path asks the system; tests answer for it.
struct LabelsPlaces {
  std::filesystem::path user_data_folder;
  // Whether a file can be written to, or made where there is none.
  std::function<bool(const std::filesystem::path& file)> can_write;

  static LabelsPlaces of_this_user();  // $XDG_DATA_HOME/sweepmark/labels or ~/.local/share/sweepmark/labels
};
LabelsPath default_labels_path(const Drive& drive, const LabelsPlaces& places);

}  // namespace sweepmark
