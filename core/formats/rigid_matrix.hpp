// 4×4 matrices of files, taken only where they are rigid transforms.
#pragma once

#include <Eigen/Core>
#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark {

// Sixteen numbers by rows. A last row other than 0 0 0 1 (as of a matrix stored by columns) and an upper left
// part that is no rotation, to the few digits files print, are errors that begin with `what`.
Result<Eigen::Matrix4d> rigid_from_rows(const std::vector<double>& numbers, const std::string& what,
                                        const std::filesystem::path& file);

}  // namespace sweepmark
