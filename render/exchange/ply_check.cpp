#include "render/exchange/ply_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <span>
#include <string>

#include "core/base/files.hpp"
#include "core/formats/ply_header.hpp"

namespace sweepmark {

namespace {

const PlyElement* element_named(const PlyHeader& header, std::string_view name) {
  const auto found = std::ranges::find(header.elements, name, &PlyElement::name);
  return found == header.elements.end() ? nullptr : &*found;
}

bool has_number(const PlyElement& element, std::string_view name) {
  return std::ranges::any_of(element.properties,
                             [&](const PlyProperty& p) { return p.name == name && !p.list_count; });
}

bool has_corners(const PlyElement& face) {
  return std::ranges::any_of(face.properties, [](const PlyProperty& p) {
    return p.list_count && (p.name == "vertex_indices" || p.name == "vertex_index");
  });
}

Result<void> check_header(const PlyHeader& header, const std::filesystem::path& file) {
  const PlyElement *vertex = element_named(header, "vertex"), *face = element_named(header, "face");
  if (!vertex || !has_number(*vertex, "x") || !has_number(*vertex, "y") || !has_number(*vertex, "z"))
    return fail(ErrorCode::malformed, "vertices with x, y and z were expected", at_file(file));
  if (!face || !has_corners(*face))
    return fail(ErrorCode::malformed, "faces with a list 'vertex_indices' were expected", at_file(file));
  return {};
}

// Takes numbers off a body, of either encoding.
class Body {
 public:
  Body(std::string_view text, PlyEncoding encoding) : text_(text), encoding_(encoding) {}

  bool skip(NumberType type, std::uint64_t count) {
    double ignored;
    if (encoding_ == PlyEncoding::ascii) {
      for (; count > 0; --count)
        if (!take_word(ignored)) return false;
      return true;
    }
    if (count > (text_.size() - at_) / size_of(type)) return false;
    at_ += count * size_of(type);
    return true;
  }

  // A list's length: whole and not negative.
  bool take_length(NumberType type, std::uint64_t& length) {
    double number = 0.0;
    if (encoding_ == PlyEncoding::ascii) {
      if (!take_word(number)) return false;
    } else {
      if (text_.size() - at_ < size_of(type)) return false;
      const auto order = encoding_ == PlyEncoding::little_endian ? std::endian::little : std::endian::big;
      number = with_number_type(type, [&](auto sample) {
        return static_cast<double>(
            load_number<decltype(sample)>(reinterpret_cast<const std::byte*>(text_.data()) + at_, order));
      });
      at_ += size_of(type);
    }
    if (!(number >= 0.0 && number < 1e9) || number != std::floor(number)) return false;
    length = static_cast<std::uint64_t>(number);
    return true;
  }

  std::size_t at() const { return at_; }
  std::string_view between(std::size_t begin, std::size_t end) const {
    return text_.substr(begin, end - begin);
  }

 private:
  bool take_word(double& number) {
    at_ = std::min(text_.find_first_not_of(" \t\r\n", at_), text_.size());
    std::string_view rest = text_.substr(at_);
    if (!take_number(rest, number)) return false;
    at_ = text_.size() - rest.size();
    return true;
  }

  std::string_view text_;
  PlyEncoding encoding_;
  std::size_t at_ = 0;
};

bool skip_row(Body& body, const PlyElement& element) {
  return std::ranges::all_of(element.properties, [&](const PlyProperty& property) {
    std::uint64_t count = 1;
    if (property.list_count && !body.take_length(*property.list_count, count)) return false;
    return body.skip(property.type, count);
  });
}

// What a row of text holds, on one line.
std::string line_of(std::string_view row) {
  std::string line(row.substr(std::min(row.find_first_not_of(" \t\r\n"), row.size())));
  std::ranges::replace_if(
      line, [](char c) { return c == '\r' || c == '\n'; }, ' ');
  return line + '\n';
}

// Walks the whole body; gives it back with a row a line.
Result<std::string> rows_of(const PlyHeader& header, Body& body, const std::filesystem::path& file) {
  std::string rows;
  for (const PlyElement& element : header.elements)
    for (std::uint64_t row = 0; row < element.count; ++row) {
      const std::size_t begin = body.at();
      if (element.properties.empty() || !skip_row(body, element))
        return fail(
            ErrorCode::malformed,
            fmt::format("{} {} rows were promised; row {} is not whole", element.count, element.name, row),
            at_byte(file, header.body + body.at()));
      if (header.encoding == PlyEncoding::ascii) rows += line_of(body.between(begin, body.at()));
    }
  return rows;
}

}  // namespace

Result<std::filesystem::path> checked_ply(const std::filesystem::path& file,
                                          const std::filesystem::path& scratch) {
  SWEEPMARK_TRY(content, read_text(file));
  SWEEPMARK_TRY(header, parse_ply_header(content, file));
  SWEEPMARK_CHECK(check_header(header, file));
  Body body(std::string_view(content).substr(header.body), header.encoding);
  SWEEPMARK_TRY(rows, rows_of(header, body, file));
  if (header.encoding != PlyEncoding::ascii) return file;
  const std::filesystem::path copy = scratch / "mesh.ply";
  std::ofstream(copy, std::ios::binary) << content.substr(0, header.body) << rows;
  return copy;
}

}  // namespace sweepmark
