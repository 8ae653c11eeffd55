#include "core/formats/pcd_writer.hpp"

#include <fmt/format.h>

#include <cstring>
#include <iterator>
#include <type_traits>

#include "core/base/files.hpp"

namespace sweepmark {

namespace {

template <class Number>
constexpr char type_letter() {
  if constexpr (std::is_floating_point_v<Number>) return 'F';
  return std::is_signed_v<Number> ? 'I' : 'U';
}

// The coordinates as channels before the others, in single or double precision.
std::vector<Channel> all_columns(const PointCloud& cloud) {
  std::vector<Channel> columns;
  if (cloud.origin.isZero(0.0)) {
    columns = {{"x", cloud.x}, {"y", cloud.y}, {"z", cloud.z}};
  } else {
    std::vector<double> axes[3];
    for (std::size_t i = 0; i < cloud.size(); ++i)
      for (int axis = 0; axis < 3; ++axis) axes[axis].push_back(cloud.position(i)[axis]);
    columns = {{"x", std::move(axes[0])}, {"y", std::move(axes[1])}, {"z", std::move(axes[2])}};
  }
  columns.insert(columns.end(), cloud.channels.begin(), cloud.channels.end());
  return columns;
}

std::string header(const std::vector<Channel>& columns, std::size_t points, std::string_view encoding) {
  std::string fields, sizes, types, counts;
  for (const Channel& column : columns) {
    fields += " " + column.name;
    counts += " 1";
    std::visit(
        [&](const auto& values) {
          using Number = std::decay_t<decltype(values[0])>;
          sizes += fmt::format(" {}", sizeof(Number));
          types += fmt::format(" {}", type_letter<Number>());
        },
        column.values);
  }
  return fmt::format(
      "# .PCD v0.7 - Point Cloud Data file format\nVERSION 0.7\nFIELDS{}\nSIZE{}\nTYPE{}\nCOUNT{}\nWIDTH "
      "{}\nHEIGHT 1\n"
      "VIEWPOINT 0 0 0 1 0 0 0\nPOINTS {}\nDATA {}\n",
      fields, sizes, types, counts, points, points, encoding);
}

// Shortest digits that read back as the same number; small integers as numbers, not as characters.
template <class Number>
void append_number(std::string& text, Number number) {
  if constexpr (std::is_integral_v<Number>)
    fmt::format_to(std::back_inserter(text), "{}", static_cast<std::int64_t>(number));
  else
    fmt::format_to(std::back_inserter(text), "{}", number);
}

}  // namespace

std::string pcd_ascii(const PointCloud& cloud) {
  const std::vector<Channel> columns = all_columns(cloud);
  std::string text = header(columns, cloud.size(), "ascii");
  for (std::size_t row = 0; row < cloud.size(); ++row)
    for (std::size_t c = 0; c < columns.size(); ++c) {
      std::visit([&](const auto& values) { append_number(text, values[row]); }, columns[c].values);
      text += c + 1 == columns.size() ? '\n' : ' ';
    }
  return text;
}

std::string pcd_binary(const PointCloud& cloud) {
  const std::vector<Channel> columns = all_columns(cloud);
  std::size_t stride = 0;
  for (const Channel& column : columns)
    stride += std::visit([](const auto& values) { return sizeof(values[0]); }, column.values);
  std::string bytes = header(columns, cloud.size(), "binary");
  std::size_t offset = bytes.size();
  bytes.resize(offset + stride * cloud.size());
  for (const Channel& column : columns)
    std::visit(
        [&](const auto& values) {
          for (std::size_t row = 0; row < cloud.size(); ++row)
            std::memcpy(bytes.data() + offset + row * stride, &values[row], sizeof(values[0]));
          offset += sizeof(values[0]);
        },
        column.values);
  return bytes;
}

Result<void> write_pcd(const PointCloud& cloud, const std::filesystem::path& file) {
  return write_text_atomically(file, pcd_binary(cloud));
}

}  // namespace sweepmark
