#include "core/formats/ply_header.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"

namespace sweepmark {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t longest_header = 1u << 20;
constexpr std::size_t most_properties = 4096;

std::optional<NumberType> number_type(std::string_view name) {
  struct Known {
    std::string_view old_name, sized_name;
    NumberType type;
  };
  static constexpr Known known[] = {
      {"char", "int8", NumberType::i8},       {"uchar", "uint8", NumberType::u8},
      {"short", "int16", NumberType::i16},    {"ushort", "uint16", NumberType::u16},
      {"int", "int32", NumberType::i32},      {"uint", "uint32", NumberType::u32},
      {"float", "float32", NumberType::f32},  {"double", "float64", NumberType::f64},
      {"int64", "longlong", NumberType::i64}, {"uint64", "ulonglong", NumberType::u64}};
  for (const Known& k : known)
    if (name == k.old_name || name == k.sized_name) return k.type;
  return std::nullopt;
}

bool is_integer(NumberType type) {
  return type != NumberType::f32 && type != NumberType::f64;
}

// Each takes the words of its line; false where they do not fit.
bool take_format(PlyHeader& header, const Words& words) {
  if (words.size() != 3) return false;
  if (words[1] == "ascii") header.encoding = PlyEncoding::ascii;
  if (words[1] == "binary_little_endian") header.encoding = PlyEncoding::little_endian;
  if (words[1] == "binary_big_endian") header.encoding = PlyEncoding::big_endian;
  return words[1] == "ascii" || words[1].starts_with("binary_");
}

bool take_element(PlyHeader& header, const Words& words) {
  if (words.size() != 3 || header.elements.size() >= most_properties) return false;
  const auto count = parse_int(words[2]);
  if (!count || *count < 0) return false;
  header.elements.push_back({std::string(words[1]), static_cast<std::uint64_t>(*count), {}});
  return true;
}

bool take_property(PlyHeader& header, const Words& words) {
  if (header.elements.empty() || header.elements.back().properties.size() >= most_properties) return false;
  PlyProperty property;
  const bool list = words.size() == 5 && words[1] == "list";
  if (!list && words.size() != 3) return false;
  const auto type = number_type(words[words.size() - 2]);
  if (!type) return false;
  if (list) {
    property.list_count = number_type(words[2]);
    if (!property.list_count || !is_integer(*property.list_count)) return false;
  }
  property.type = *type;
  property.name = words.back();
  header.elements.back().properties.push_back(std::move(property));
  return true;
}

bool take_line(PlyHeader& header, const Words& words) {
  if (words.empty() || words[0] == "comment" || words[0] == "obj_info") return true;
  if (words[0] == "format") return take_format(header, words);
  if (words[0] == "element") return take_element(header, words);
  if (words[0] == "property") return take_property(header, words);
  return false;
}

}  // namespace

bool PlyElement::has_lists() const {
  return std::ranges::any_of(properties,
                             [](const PlyProperty& property) { return property.list_count.has_value(); });
}

std::uint64_t PlyElement::row_bytes() const {
  std::uint64_t bytes = 0;
  for (const PlyProperty& property : properties) bytes += size_of(property.type);
  return bytes;
}

Result<PlyHeader> parse_ply_header(std::string_view content, const std::filesystem::path& file) {
  const std::string_view head = content.substr(0, longest_header);
  if (!head.starts_with("ply\n") && !head.starts_with("ply\r\n"))
    return fail(ErrorCode::malformed, "the word ply expected", at_line(file, 1));
  PlyHeader header;
  bool has_format = false;
  std::uint64_t number = 2;
  for (std::size_t at = head.find('\n') + 1; at < head.size(); ++number) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = trimmed(head.substr(at, end - at));
    at = end + 1;
    const Words words = split_blanks(line);
    if (line == "end_header") {
      header.body = std::min(at, content.size());
      if (!has_format) return fail(ErrorCode::malformed, "the PLY header has no format line", at_file(file));
      return header;
    }
    if (!take_line(header, words))
      return fail(ErrorCode::malformed,
                  fmt::format("a line of a PLY header expected, found '{}'", line.substr(0, 80)),
                  at_line(file, number));
    has_format = has_format || (!words.empty() && words[0] == "format");
  }
  return fail(ErrorCode::malformed, "the PLY header has no end_header line", at_file(file));
}

}  // namespace sweepmark
