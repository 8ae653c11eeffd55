// The text at the top of a PCD file, checked, before anything of its size is believed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/formats/columns.hpp"

namespace sweepmark {

// Numbers a point, padding apart, beyond which a header is not believed; PCL's largest descriptor has 1980.
inline constexpr std::uint64_t pcd_most_numbers = 4096;

enum class PcdEncoding { ascii, binary, binary_compressed };

struct PcdField {
  std::string name;
  NumberType type = NumberType::f32;  // meaningless for padding
  std::uint64_t number_bytes = 4;     // of one number
  std::uint64_t count = 1;            // numbers a point
  bool padding = false;               // named "_": takes room, means nothing
  std::uint64_t bytes() const { return number_bytes * count; }
};

struct PcdHeader {
  std::vector<PcdField> fields;
  std::uint64_t points = 0;
  PcdEncoding encoding = PcdEncoding::ascii;
  std::size_t body = 0;         // offset of the first byte after the DATA line
  std::uint64_t body_line = 1;  // its line, 1-based

  std::uint64_t point_bytes(bool with_padding = true) const;
  std::uint64_t numbers_per_point() const;
};

// Sizes, counts and their sums are bounded, so no arithmetic on them overflows: point_bytes() ≤ 2²⁴.
Result<PcdHeader> parse_pcd_header(std::string_view content, const std::filesystem::path& file);

}  // namespace sweepmark
