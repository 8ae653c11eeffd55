// Clouds as PCD 0.7. What is read back has the same channels and, bit for bit, the same numbers.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.hpp"
#include "core/cloud/point_cloud.hpp"

namespace sweepmark {

// A whole file as text or binary. Coordinates are F 4, or F 8 where the cloud's origin is not zero; channels
// keep their types.
std::string pcd_ascii(const PointCloud& cloud);
std::string pcd_binary(const PointCloud& cloud);

// Writes pcd_binary(cloud), replacing the file as one step.
Result<void> write_pcd(const PointCloud& cloud, const std::filesystem::path& file);

}  // namespace sweepmark
