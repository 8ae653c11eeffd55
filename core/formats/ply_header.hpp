// The text at the top of a PLY file (G. Turk, "The PLY Polygon File Format", 1994).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/formats/columns.hpp"

namespace sweepmark {

struct PlyProperty {
  std::string name;
  NumberType type = NumberType::f32;
  std::optional<NumberType> list_count;  // of a list: the type of its length, which stands before its numbers
};

struct PlyElement {
  std::string name;
  std::uint64_t count = 0;
  std::vector<PlyProperty> properties;

  bool has_lists() const;
  std::uint64_t row_bytes() const;  // where it has no lists
};

enum class PlyEncoding { ascii, little_endian, big_endian };

struct PlyHeader {
  PlyEncoding encoding = PlyEncoding::ascii;
  std::vector<PlyElement> elements;
  std::size_t body = 0;  // offset of the first byte after end_header's line
};

// Elements and properties are bounded to a few thousand; counts are as the file says.
Result<PlyHeader> parse_ply_header(std::string_view content, const std::filesystem::path& file);

}  // namespace sweepmark
