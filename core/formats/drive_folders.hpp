// What drive readers of loose files share: folders, their names, their sweeps.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/drive/drive.hpp"

namespace sweepmark {

// Folders of `folder`, links to folders too, in natural order; none where it cannot be listed.
std::vector<std::filesystem::path> subfolders(const std::filesystem::path& folder);

// The last part of the whole path: "." and "log/" have names, too.
std::string folder_name(const std::filesystem::path& folder);

// One sweep for each file of the lidar "lidar": at the times their names tell, else 0.1 s apart with a
// warning.
void add_sweeps_named_by_time(Drive& drive, const std::vector<std::filesystem::path>& files);

// Reads the file of each sweep by its own kind. A sweep without one is an error at `index`.
std::function<Result<PointCloud>(std::size_t)> cloud_loader(const std::vector<SweepEntry>& sweeps,
                                                            const std::filesystem::path& index);

}  // namespace sweepmark
