// Headerless float32 rows, as KITTI, nuScenes and View-of-Delft store them. Readers of those data sets know
// their width; here, where only the file is given, it is told from the numbers.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/base/text.hpp"
#include "core/formats/cloud_reader.hpp"
#include "core/formats/float_rows.hpp"

namespace sweepmark {

namespace {

std::vector<float> as_floats(std::span<const std::byte> bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

// nuScenes names its sweeps so, and all have five columns.
bool named_by_nuscenes(const std::filesystem::path& file) {
  return file.filename().string().ends_with(".pcd.bin");
}

template <class Condition>
bool column_is(std::span<const float> values, std::size_t width, std::size_t column, Condition condition) {
  for (std::size_t i = column; i < values.size(); i += width)
    if (!condition(values[i])) return false;
  return true;
}

// x y z and then: the fourth is the intensity; of the rest small whole numbers are the ring, and seconds
// within ±1 the time.
std::vector<std::string> channel_names(std::span<const float> values, std::size_t width) {
  if (width == 7) return {"rcs", "v_r", "v_r_comp", "time"};  // View-of-Delft's radar
  std::vector<std::string> names;
  if (width > 3) names.emplace_back("intensity");
  for (std::size_t column = 4; column < width; ++column) {
    const bool ring = column_is(values, width, column,
                                [](float v) { return v >= 0.0f && v < 256.0f && v == std::floor(v); });
    const bool time = column_is(values, width, column, [](float v) { return std::abs(v) <= 1.0f; });
    std::string name = ring ? "ring" : time ? "time" : fmt::format("column_{}", column);
    if (std::ranges::find(names, name) != names.end()) name = fmt::format("column_{}", column);
    names.push_back(std::move(name));
  }
  return names;
}

Result<PointCloud> read(std::span<const std::byte> bytes, const std::filesystem::path& file) {
  if (bytes.empty())
    return fail(ErrorCode::malformed, "rows of float32 expected, but the file is empty", at_file(file));
  const std::vector<float> values = as_floats(bytes);
  auto width = likely_row_width(values);
  if (named_by_nuscenes(file) && values.size() % 5 == 0) width = 5;
  if (!width || bytes.size() % sizeof(float) != 0)
    return fail(ErrorCode::malformed,
                fmt::format("the file's {} bytes make no whole rows of 3 to 7 float32", bytes.size()),
                at_file(file));
  if (!plausible_measurements(values))
    return fail(ErrorCode::malformed, "its float32 values are no measurements of a range sensor",
                at_file(file));
  const std::vector<std::string> names = channel_names(values, *width);
  return read_float_rows(bytes, file, *width, std::vector<std::string_view>(names.begin(), names.end()));
}

int probe(const std::filesystem::path& file, std::string_view head) {
  if (lowered(file.extension().string()) != ".bin") return 0;
  if (head.size() < 3 * sizeof(float)) return 5;
  return plausible_measurements(as_floats(std::as_bytes(std::span(head)))) ? 50 : 0;
}

}  // namespace

CloudReader cloud_reader_kitti_bin() {
  return {"float rows",
          "headerless .bin of float32: x y z [intensity [ring …]], as KITTI and nuScenes write them", probe,
          read};
}

}  // namespace sweepmark
