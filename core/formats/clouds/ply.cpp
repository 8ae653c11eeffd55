// PLY, ascii and binary of both byte orders: the vertex element's scalar properties; other elements and lists
// are skipped.
#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/formats/cloud_reader.hpp"
#include "core/formats/columns.hpp"
#include "core/formats/ply_header.hpp"

namespace sweepmark {

namespace {
namespace fs = std::filesystem;

using Bytes = std::span<const std::byte>;

// A binary body being walked through; `at` never passes the end.
struct BinaryBody {
  Bytes bytes;
  std::size_t at;
  std::endian order;
  const fs::path& file;

  std::uint64_t left() const { return bytes.size() - at; }
  Failure ends_inside(const PlyElement& element) const {
    return fail(ErrorCode::malformed,
                fmt::format("the file ends inside its {} {} rows", element.count, element.name),
                at_byte(file, at));
  }
};

std::optional<std::uint64_t> list_length(NumberType type, const std::byte* at, std::endian order) {
  return with_number_type(type, [&](auto sample) -> std::optional<std::uint64_t> {
    const auto length = load_number<decltype(sample)>(at, order);
    if (length < 0) return std::nullopt;
    return static_cast<std::uint64_t>(length);
  });
}

// Steps over one row; `scalar(property, bytes)` sees each number that is not in a list. False where the file
// ends before.
template <class Scalar>
bool walk_row(BinaryBody& body, const PlyElement& element, Scalar scalar) {
  for (std::size_t p = 0; p < element.properties.size(); ++p) {
    const PlyProperty& property = element.properties[p];
    const std::size_t size = size_of(property.type);
    std::uint64_t numbers = 1;
    if (property.list_count) {
      const std::size_t count_size = size_of(*property.list_count);
      if (body.left() < count_size) return false;
      const auto length = list_length(*property.list_count, body.bytes.data() + body.at, body.order);
      if (!length) return false;
      numbers = *length;
      body.at += count_size;
    }
    if (numbers > body.left() / size) return false;
    if (!property.list_count) scalar(p, body.bytes.subspan(body.at, size));
    body.at += numbers * size;
  }
  return true;
}

Result<void> skip_binary(BinaryBody& body, const PlyElement& element) {
  if (!element.has_lists()) {
    const std::uint64_t row = element.row_bytes();
    if (row == 0) return {};
    if (element.count > body.left() / row) return body.ends_inside(element);
    body.at += element.count * row;
    return {};
  }
  for (std::uint64_t i = 0; i < element.count; ++i)
    if (!walk_row(body, element, [](std::size_t, Bytes) {})) return body.ends_inside(element);
  return {};
}

// Rows of different lengths: the scalars are brought together first.
Result<std::vector<Channel>> vertex_columns_with_lists(BinaryBody& body, const PlyElement& vertex) {
  std::vector<std::vector<std::byte>> numbers(vertex.properties.size());
  for (std::uint64_t i = 0; i < vertex.count; ++i)
    if (!walk_row(body, vertex, [&](std::size_t p, Bytes number) {
          numbers[p].insert(numbers[p].end(), number.begin(), number.end());
        }))
      return body.ends_inside(vertex);
  std::vector<Channel> columns;
  for (std::size_t p = 0; p < numbers.size(); ++p) {
    const PlyProperty& property = vertex.properties[p];
    if (!property.list_count)
      columns.push_back({property.name, gather_column(property.type, numbers[p].data(),
                                                      size_of(property.type), vertex.count, body.order)});
  }
  return columns;
}

Result<std::vector<Channel>> vertex_columns(BinaryBody& body, const PlyElement& vertex) {
  if (vertex.has_lists()) return vertex_columns_with_lists(body, vertex);
  const std::uint64_t row = vertex.row_bytes();
  if (row == 0 || vertex.count > body.left() / row) return body.ends_inside(vertex);
  std::vector<Channel> columns;
  std::size_t offset = body.at;
  for (const PlyProperty& property : vertex.properties) {
    columns.push_back({property.name, gather_column(property.type, body.bytes.data() + offset, row,
                                                    vertex.count, body.order)});
    offset += size_of(property.type);
  }
  return columns;
}

// A text body, taken as numbers between blanks and line ends.
struct TextBody {
  std::string_view whole, rest;
  const fs::path& file;

  bool take(double& number) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    return take_number(rest, number);
  }
  Failure no_number(const PlyElement& element, std::uint64_t row) const {
    const auto line = 1 + std::ranges::count(whole.substr(0, whole.size() - rest.size()), '\n');
    return fail(
        ErrorCode::malformed,
        fmt::format("row {} of {} {}: a number expected, found '{}'", row, element.count, element.name,
                    rest.substr(0, std::min<std::size_t>(rest.find_first_of(" \t\r\n"), 40))),
        at_line(file, static_cast<std::uint64_t>(line)));
  }
};

// Steps over one row; a list's length must be a whole number.
bool take_text_row(TextBody& body, const PlyElement& element, std::vector<std::vector<double>>* columns) {
  for (std::size_t p = 0; p < element.properties.size(); ++p) {
    double number = 0.0;
    if (!body.take(number)) return false;
    if (!element.properties[p].list_count) {
      if (columns) (*columns)[p].push_back(number);
      continue;
    }
    if (!(number >= 0.0)) return false;
    for (double taken = 0.0, ignored = 0.0; taken < number; taken += 1.0)
      if (!body.take(ignored)) return false;
  }
  return true;
}

Result<void> skip_text(TextBody& body, const PlyElement& element) {
  if (element.properties.empty()) return {};
  for (std::uint64_t i = 0; i < element.count; ++i)
    if (!take_text_row(body, element, nullptr)) return body.no_number(element, i);
  return {};
}

Result<std::vector<Channel>> vertex_columns(TextBody& body, const PlyElement& vertex) {
  if (vertex.properties.empty()) return std::vector<Channel>();
  std::vector<std::vector<double>> numbers(vertex.properties.size());
  for (std::uint64_t i = 0; i < vertex.count; ++i)
    if (!take_text_row(body, vertex, &numbers)) return body.no_number(vertex, i);
  std::vector<Channel> columns;
  for (std::size_t p = 0; p < numbers.size(); ++p) {
    const PlyProperty& property = vertex.properties[p];
    if (property.list_count) continue;
    SWEEPMARK_TRY(values,
                  column_from_text(property.type, std::move(numbers[p]), property.name, at_file(body.file)));
    columns.push_back({property.name, std::move(values)});
  }
  return columns;
}

// red, green and blue bytes become the one rgb channel.
void pack_colours(std::vector<Channel>& columns) {
  const Channel* colours[3] = {};
  constexpr std::string_view names[] = {"red", "green", "blue"};
  for (std::size_t c = 0; c < 3; ++c) {
    const auto found = std::ranges::find(columns, names[c], &Channel::name);
    if (found == columns.end() || !std::holds_alternative<std::vector<std::uint8_t>>(found->values)) return;
    colours[c] = &*found;
  }
  Channel rgb = packed_rgb(colours[0]->values, colours[1]->values, colours[2]->values);
  std::erase_if(columns, [&](const Channel& column) {
    return std::ranges::find(names, column.name) != std::end(names);
  });
  columns.push_back(std::move(rgb));
}

Result<std::vector<Channel>> read_columns(const PlyHeader& header, std::size_t vertex, Bytes bytes,
                                          const fs::path& file) {
  if (header.encoding == PlyEncoding::ascii) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    TextBody body{text, text.substr(header.body), file};
    for (std::size_t i = 0; i < vertex; ++i) SWEEPMARK_CHECK(skip_text(body, header.elements[i]));
    return vertex_columns(body, header.elements[vertex]);
  }
  const std::endian order =
      header.encoding == PlyEncoding::big_endian ? std::endian::big : std::endian::little;
  BinaryBody body{bytes, header.body, order, file};
  for (std::size_t i = 0; i < vertex; ++i) SWEEPMARK_CHECK(skip_binary(body, header.elements[i]));
  return vertex_columns(body, header.elements[vertex]);
}

Result<PointCloud> read(Bytes bytes, const fs::path& file) {
  SWEEPMARK_TRY(header, parse_ply_header({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, file));
  const auto vertex = std::ranges::find(header.elements, "vertex", &PlyElement::name);
  if (vertex == header.elements.end())
    return fail(ErrorCode::malformed, "the PLY file has no vertex element", at_file(file));
  SWEEPMARK_TRY(
      columns, read_columns(header, static_cast<std::size_t>(vertex - header.elements.begin()), bytes, file));
  pack_colours(columns);
  return cloud_from_columns(std::move(columns), file);
}

int probe(const fs::path& file, std::string_view head) {
  const bool named = lowered(file.extension().string()) == ".ply";
  if (head.starts_with("ply\n") || head.starts_with("ply\r\n")) return named ? 100 : 90;
  return named ? 60 : 0;
}

}  // namespace

CloudReader cloud_reader_ply() {
  return {"ply", "Stanford .ply: ascii and binary, the vertices of any mesh or cloud", probe, read};
}

}  // namespace sweepmark
