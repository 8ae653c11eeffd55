// Point Cloud Library's PCD, 0.7 and older
// (https://pointclouds.org/documentation/tutorials/pcd_file_format.html).
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cctype>
#include <cstring>

#include "core/base/text.hpp"
#include "core/formats/cloud_reader.hpp"
#include "core/formats/columns.hpp"
#include "core/formats/lzf.hpp"
#include "core/formats/pcd_header.hpp"

namespace sweepmark {

namespace {

using Bytes = std::span<const std::byte>;

std::string_view as_text(Bytes bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// rgb is declared as a float by tradition, yet its four bytes are a colour.
bool is_packed_colour(const PcdField& field) {
  const std::string name = lowered(field.name);
  return (name == "rgb" || name == "rgba") && field.number_bytes == 4;
}

NumberType stored_type(const PcdField& field) {
  return is_packed_colour(field) ? NumberType::u32 : field.type;
}

std::string column_name(const PcdField& field, std::uint64_t i) {
  return field.count == 1 ? field.name : fmt::format("{}_{}", field.name, i);
}

Failure truncated(const PcdHeader& header, std::uint64_t available, const std::filesystem::path& file) {
  return fail(ErrorCode::malformed,
              fmt::format("{} points of {} bytes expected, but the file ends inside point {}", header.points,
                          header.point_bytes(), available / std::max<std::uint64_t>(header.point_bytes(), 1)),
              at_byte(file, header.body + available));
}

Result<PointCloud> read_binary(const PcdHeader& header, Bytes bytes, const std::filesystem::path& file) {
  const Bytes body = bytes.subspan(header.body);
  const std::size_t stride = header.point_bytes();
  if (header.points > body.size() / stride) return truncated(header, body.size(), file);
  std::vector<Channel> columns;
  std::size_t offset = 0;
  for (const PcdField& field : header.fields) {
    for (std::uint64_t i = 0; i < field.count && !field.padding; ++i)
      columns.push_back({column_name(field, i),
                         gather_column(stored_type(field), body.data() + offset + i * field.number_bytes,
                                       stride, header.points)});
    offset += field.bytes();
  }
  return cloud_from_columns(std::move(columns), file);
}

// The unpacked body of a compressed file: all of field 1, then all of field 2, …
Result<std::vector<std::byte>> unpacked_body(const PcdHeader& header, Bytes bytes,
                                             const std::filesystem::path& file) {
  const Bytes body = bytes.subspan(header.body);
  if (body.size() < 8)
    return fail(ErrorCode::malformed, "two sizes of 4 bytes expected before the compressed points",
                at_byte(file, header.body));
  const std::uint64_t packed_size = load_number<std::uint32_t>(body.data());
  const std::uint64_t unpacked_size = load_number<std::uint32_t>(body.data() + 4);
  if (packed_size > body.size() - 8)
    return fail(ErrorCode::malformed,
                fmt::format("{} compressed bytes expected, found {}", packed_size, body.size() - 8),
                at_byte(file, header.body));
  if (unpacked_size > packed_size * lzf_largest_ratio)
    return fail(ErrorCode::malformed,
                fmt::format("{} compressed bytes cannot hold {}", packed_size, unpacked_size),
                at_byte(file, header.body));
  std::vector<std::byte> unpacked(unpacked_size);
  if (!lzf_unpack(body.subspan(8, packed_size), unpacked))
    return fail(ErrorCode::malformed, "the compressed points are damaged", at_byte(file, header.body + 8));
  return unpacked;
}

Result<PointCloud> read_compressed(const PcdHeader& header, Bytes bytes, const std::filesystem::path& file) {
  SWEEPMARK_TRY(unpacked, unpacked_body(header, bytes, file));
  // Writers differ on whether padding is stored; the size tells.
  const auto has = [&](std::uint64_t point) {
    return point == 0 ? unpacked.empty()
                      : unpacked.size() % point == 0 && unpacked.size() / point == header.points;
  };
  const bool with_padding = has(header.point_bytes());
  if (!with_padding && !has(header.point_bytes(false)))
    return fail(ErrorCode::malformed,
                fmt::format("{} points of {} bytes expected, but {} bytes were compressed", header.points,
                            header.point_bytes(), unpacked.size()),
                at_byte(file, header.body + 4));
  std::vector<Channel> columns;
  std::size_t offset = 0;
  for (const PcdField& field : header.fields) {
    if (field.padding && !with_padding) continue;
    for (std::uint64_t i = 0; i < field.count && !field.padding; ++i)
      columns.push_back({column_name(field, i),
                         gather_column(stored_type(field), unpacked.data() + offset + i * field.number_bytes,
                                       field.bytes(), header.points)});
    offset += field.bytes() * header.points;
  }
  return cloud_from_columns(std::move(columns), file);
}

// Digits alone are the colour's bits; with a point or an exponent they are the float that has those bits.
double colour_from_text(std::string_view word, double number) {
  if (std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c); })) return number;
  return std::bit_cast<std::uint32_t>(static_cast<float>(number));
}

struct TextColumn {
  const PcdField* field;
  std::string name;
  std::vector<double> numbers;  // empty for padding
};

std::vector<TextColumn> text_columns(const PcdHeader& header) {
  std::vector<TextColumn> columns;
  for (const PcdField& field : header.fields)
    for (std::uint64_t i = 0; i < field.count; ++i) {
      columns.push_back({&field, column_name(field, i), {}});
      if (!field.padding) columns.back().numbers.reserve(header.points);
    }
  return columns;
}

bool read_text_point(std::string_view line, std::vector<TextColumn>& columns) {
  for (TextColumn& column : columns) {
    const std::string_view before = line;
    double number = 0.0;
    if (!take_number(line, number)) return false;
    if (column.field->padding) continue;
    if (is_packed_colour(*column.field))
      number = colour_from_text(trimmed(before.substr(0, before.size() - line.size())), number);
    column.numbers.push_back(number);
  }
  return trimmed(line).empty();
}

Result<std::vector<TextColumn>> parse_text_body(const PcdHeader& header, std::string_view body,
                                                const std::filesystem::path& file) {
  std::vector<TextColumn> columns = text_columns(header);
  std::uint64_t points = 0, line_number = header.body_line;
  for (std::size_t at = 0; at < body.size() && points < header.points; ++line_number) {
    const std::size_t end = std::min(body.find('\n', at), body.size());
    const std::string_view line = body.substr(at, end - at);
    at = end + 1;
    if (trimmed(line).empty()) continue;
    if (!read_text_point(line, columns))
      return fail(ErrorCode::malformed,
                  fmt::format("point {}: {} numbers expected, found '{}'", points, columns.size(),
                              trimmed(line).substr(0, 80)),
                  at_line(file, line_number));
    ++points;
  }
  if (points == header.points) return columns;
  return fail(ErrorCode::malformed, fmt::format("{} points expected, found {}", header.points, points),
              at_line(file, line_number));
}

Result<PointCloud> read_ascii(const PcdHeader& header, Bytes bytes, const std::filesystem::path& file) {
  const std::string_view body = as_text(bytes).substr(header.body);
  // Every number takes a character and a separator at least, so the header cannot ask for more memory than
  // the file is worth.
  const std::uint64_t numbers = header.numbers_per_point();
  if (numbers > pcd_most_numbers)
    return fail(ErrorCode::malformed, fmt::format("a line of {} numbers is beyond reason", numbers),
                at_file(file));
  if (header.points > (body.size() + 1) / (2 * numbers))
    return fail(ErrorCode::malformed,
                fmt::format("{} points of {} numbers expected, more than the file's {} bytes can hold",
                            header.points, numbers, body.size()),
                at_line(file, header.body_line));
  SWEEPMARK_TRY(text, parse_text_body(header, body, file));
  std::vector<Channel> columns;
  for (TextColumn& column : text) {
    if (column.field->padding) continue;
    const bool coordinate = column.field->type == NumberType::f32 && column.name.size() == 1 &&
                            std::string_view("xyzXYZ").find(column.name[0]) != std::string_view::npos;
    // Digits beyond float32 are kept for coordinates: UTM-sized ones need them, whatever SIZE says.
    const NumberType type = coordinate ? NumberType::f64 : stored_type(*column.field);
    SWEEPMARK_TRY(values, column_from_text(type, std::move(column.numbers), column.name, at_file(file)));
    columns.push_back({std::move(column.name), std::move(values)});
  }
  return cloud_from_columns(std::move(columns), file);
}

Result<PointCloud> read(Bytes bytes, const std::filesystem::path& file) {
  SWEEPMARK_TRY(header, parse_pcd_header(as_text(bytes), file));
  switch (header.encoding) {
    case PcdEncoding::ascii:
      return read_ascii(header, bytes, file);
    case PcdEncoding::binary:
      return read_binary(header, bytes, file);
    case PcdEncoding::binary_compressed:
      return read_compressed(header, bytes, file);
  }
  return fail(ErrorCode::internal, "an encoding that does not exist", at_file(file));
}

int probe(const std::filesystem::path& file, std::string_view head) {
  const bool named = lowered(file.extension().string()) == ".pcd";
  const bool headed = head.starts_with("# .PCD") || (head.find("FIELDS ") != std::string_view::npos &&
                                                     head.find("SIZE ") != std::string_view::npos);
  if (headed) return named ? 100 : 90;
  return named ? 60 : 0;
}

}  // namespace

CloudReader cloud_reader_pcd() {
  return {"pcd", "Point Cloud Library .pcd: ascii, binary, binary_compressed", probe, read};
}

}  // namespace sweepmark
