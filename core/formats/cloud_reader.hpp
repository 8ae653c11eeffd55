// Readers of single point cloud files. One file in clouds/ each; the registry is generated.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/cloud/point_cloud.hpp"

namespace sweepmark {

struct CloudReader {
  std::string_view name;         // "pcd"
  std::string_view description;  // one line for people
  // 0 (not mine) … 100 (certain), from the file's name and its first bytes (up to cloud_probe_bytes).
  int (*probe)(const std::filesystem::path& file, std::string_view head);
  // `bytes` is the whole file; `file` is for error messages only. Checks every size before it allocates.
  // Never throws.
  Result<PointCloud> (*read)(std::span<const std::byte> bytes, const std::filesystem::path& file);
};

inline constexpr std::size_t cloud_probe_bytes = 512;

std::span<const CloudReader> cloud_readers();

// The best reader for the file, or nullptr.
const CloudReader* cloud_reader_for(const std::filesystem::path& file);
// Reads with the best reader; an unknown kind is an error that lists the known ones.
Result<PointCloud> read_cloud(const std::filesystem::path& file);

// Headerless rows of `floats` float32 each: x y z, then channels with the given names ("" leaves a column
// out).
Result<PointCloud> read_float_rows(std::span<const std::byte> bytes, const std::filesystem::path& file,
                                   std::size_t floats, std::span<const std::string_view> channel_names);

}  // namespace sweepmark
