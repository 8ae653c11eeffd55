#include "core/formats/pcd_header.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>

#include "core/base/text.hpp"

namespace sweepmark {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t longest_header = 1u << 20;
constexpr std::uint64_t largest_point = 1u << 24;  // bytes of a point

// The lines that describe the body, as words; DATA's place ends the header.
struct HeaderLines {
  std::optional<Words> fields, sizes, types, counts, width, height, points;
  std::string_view encoding;
  std::size_t body = 0;
  std::uint64_t body_line = 0;
};

std::string shortened(std::string_view text) {
  std::string shown;
  for (const char c : text.substr(0, 40)) shown += std::isprint(static_cast<unsigned char>(c)) ? c : '?';
  return shown + (text.size() > 40 ? "…" : "");
}

bool is_keyword(std::string_view word) {
  return !word.empty() && word.size() <= 32 &&
         std::ranges::all_of(word, [](unsigned char c) { return std::isalpha(c) || c == '_'; });
}

// Keeps a line's words by its keyword; keywords nobody knows are allowed, for tools extend the header.
void keep_line(HeaderLines& lines, const Words& words) {
  const std::string keyword = lowered(words[0]);
  Words values(words.begin() + 1, words.end());
  if (keyword == "fields" || keyword == "columns") lines.fields = std::move(values);
  if (keyword == "size") lines.sizes = std::move(values);
  if (keyword == "type") lines.types = std::move(values);
  if (keyword == "count") lines.counts = std::move(values);
  if (keyword == "width") lines.width = std::move(values);
  if (keyword == "height") lines.height = std::move(values);
  if (keyword == "points") lines.points = std::move(values);
}

Result<HeaderLines> split_header(std::string_view content, const std::filesystem::path& file) {
  HeaderLines lines;
  const std::string_view head = content.substr(0, longest_header);
  std::uint64_t number = 1;
  for (std::size_t at = 0; at < head.size(); ++number) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = trimmed(head.substr(at, end - at));
    at = end + 1;
    if (line.empty() || line.starts_with('#')) continue;
    const Words words = split_blanks(line);
    if (!is_keyword(words[0]))
      return fail(
          ErrorCode::malformed,
          fmt::format("a line of a PCD header expected (FIELDS, SIZE, …, DATA), found '{}'", shortened(line)),
          at_line(file, number));
    if (lowered(words[0]) != "data") {
      keep_line(lines, words);
      continue;
    }
    lines.encoding = words.size() > 1 ? words[1] : std::string_view();
    lines.body = std::min(at, content.size());
    lines.body_line = number + 1;
    return lines;
  }
  return fail(ErrorCode::malformed, "the PCD header has no DATA line", at_file(file));
}

Result<std::uint64_t> whole_number(std::string_view word, std::string_view what, std::uint64_t least,
                                   const std::filesystem::path& file) {
  const auto number = parse_int(word);
  if (!number || *number < static_cast<std::int64_t>(least))
    return fail(
        ErrorCode::malformed,
        fmt::format("{}: a whole number from {} on expected, found '{}'", what, least, shortened(word)),
        at_file(file));
  return static_cast<std::uint64_t>(*number);
}

Result<NumberType> number_type(std::string_view type, std::uint64_t bytes, const PcdField& field,
                               const std::filesystem::path& file) {
  struct Known {
    std::string_view type;
    std::uint64_t bytes;
    NumberType number;
  };
  static constexpr Known known[] = {{"f", 4, NumberType::f32}, {"f", 8, NumberType::f64},
                                    {"u", 1, NumberType::u8},  {"u", 2, NumberType::u16},
                                    {"u", 4, NumberType::u32}, {"u", 8, NumberType::u64},
                                    {"i", 1, NumberType::i8},  {"i", 2, NumberType::i16},
                                    {"i", 4, NumberType::i32}, {"i", 8, NumberType::i64}};
  for (const Known& k : known)
    if (k.type == lowered(type) && k.bytes == bytes) return k.number;
  return fail(ErrorCode::unsupported,
              fmt::format("field {} has TYPE {} and SIZE {}; F 4, F 8 and U or I of 1, 2, 4 or 8 expected",
                          field.name, shortened(type), bytes),
              at_file(file));
}

// A line with one word for each field, or no such line.
Result<void> check_one_each(const std::optional<Words>& line, std::string_view keyword, std::size_t fields,
                            const std::filesystem::path& file) {
  if (!line || line->size() == fields) return {};
  return fail(
      ErrorCode::malformed,
      fmt::format("{} {} values expected, one for each of FIELDS, found {}", fields, keyword, line->size()),
      at_file(file));
}

// Where SIZE, TYPE or COUNT is missing, as in the oldest files, fields are single float32.
Result<PcdField> parse_field(const HeaderLines& lines, std::size_t i, const std::filesystem::path& file) {
  PcdField field;
  field.name = (*lines.fields)[i];
  field.padding = field.name == "_";
  const auto describe = [&](std::string_view keyword) {
    return fmt::format("{} of field {}", keyword, shortened(field.name));
  };
  if (lines.sizes) {
    SWEEPMARK_TRY(bytes, whole_number((*lines.sizes)[i], describe("SIZE"), 1, file));
    field.number_bytes = bytes;
  }
  if (lines.counts) {
    SWEEPMARK_TRY(count, whole_number((*lines.counts)[i], describe("COUNT"), 1, file));
    field.count = count;
  }
  if (field.number_bytes > largest_point || field.count > largest_point)
    return fail(ErrorCode::malformed,
                fmt::format("{} is beyond reason: {} numbers of {} bytes", field.name, field.count,
                            field.number_bytes),
                at_file(file));
  if (field.padding) return field;
  SWEEPMARK_TRY(type, number_type(lines.types ? (*lines.types)[i] : "F", field.number_bytes, field, file));
  field.type = type;
  return field;
}

Result<std::vector<PcdField>> parse_fields(const HeaderLines& lines, const std::filesystem::path& file) {
  if (!lines.fields || lines.fields->empty())
    return fail(ErrorCode::malformed, "the PCD header has no FIELDS", at_file(file));
  const std::size_t count = lines.fields->size();
  SWEEPMARK_CHECK(check_one_each(lines.sizes, "SIZE", count, file));
  SWEEPMARK_CHECK(check_one_each(lines.types, "TYPE", count, file));
  SWEEPMARK_CHECK(check_one_each(lines.counts, "COUNT", count, file));
  std::vector<PcdField> fields;
  std::uint64_t bytes = 0, numbers = 0;
  for (std::size_t i = 0; i < count; ++i) {
    SWEEPMARK_TRY(field, parse_field(lines, i, file));
    bytes += field.bytes();
    if (!field.padding) numbers += field.count;
    if (bytes > largest_point || numbers > pcd_most_numbers)
      return fail(ErrorCode::malformed,
                  fmt::format("a point of more than {} bytes or {} numbers is beyond reason", largest_point,
                              pcd_most_numbers),
                  at_file(file));
    fields.push_back(std::move(field));
  }
  return fields;
}

// POINTS counts the rows of the body and wins; WIDTH × HEIGHT, which only arranges them, stands in where it
// is missing.
Result<std::uint64_t> parse_points(const HeaderLines& lines, const std::filesystem::path& file) {
  const auto number = [&file](const std::optional<Words>& line,
                              std::string_view keyword) -> Result<std::uint64_t> {
    if (line->size() != 1)
      return fail(ErrorCode::malformed,
                  fmt::format("{}: one number expected, found {}", keyword, line->size()), at_file(file));
    return whole_number(line->front(), keyword, 0, file);
  };
  if (lines.points) return number(lines.points, "POINTS");
  if (!lines.width)
    return fail(ErrorCode::malformed, "the PCD header has neither POINTS nor WIDTH", at_file(file));
  SWEEPMARK_TRY(width, number(lines.width, "WIDTH"));
  std::uint64_t height = 1;
  if (lines.height) {
    SWEEPMARK_TRY(given, number(lines.height, "HEIGHT"));
    height = given;
  }
  std::uint64_t points = 0;
  if (__builtin_mul_overflow(width, height, &points))
    return fail(ErrorCode::malformed, fmt::format("WIDTH {} × HEIGHT {} is beyond reason", width, height),
                at_file(file));
  return points;
}

Result<PcdEncoding> parse_encoding(std::string_view word, const Where& where) {
  const std::string name = lowered(word);
  if (name == "ascii") return PcdEncoding::ascii;
  if (name == "binary") return PcdEncoding::binary;
  if (name == "binary_compressed") return PcdEncoding::binary_compressed;
  return fail(ErrorCode::malformed,
              fmt::format("DATA ascii, binary or binary_compressed expected, found '{}'", shortened(word)),
              where);
}

}  // namespace

std::uint64_t PcdHeader::point_bytes(bool with_padding) const {
  std::uint64_t bytes = 0;
  for (const PcdField& field : fields)
    if (with_padding || !field.padding) bytes += field.bytes();
  return bytes;
}

std::uint64_t PcdHeader::numbers_per_point() const {
  std::uint64_t numbers = 0;
  for (const PcdField& field : fields) numbers += field.count;
  return numbers;
}

Result<PcdHeader> parse_pcd_header(std::string_view content, const std::filesystem::path& file) {
  SWEEPMARK_TRY(lines, split_header(content, file));
  PcdHeader header;
  SWEEPMARK_TRY(fields, parse_fields(lines, file));
  SWEEPMARK_TRY(points, parse_points(lines, file));
  SWEEPMARK_TRY(encoding, parse_encoding(lines.encoding, at_line(file, lines.body_line - 1)));
  header.fields = std::move(fields);
  header.points = points;
  header.encoding = encoding;
  header.body = lines.body;
  header.body_line = lines.body_line;
  return header;
}

}  // namespace sweepmark
