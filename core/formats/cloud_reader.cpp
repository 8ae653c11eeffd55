#include "core/formats/cloud_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <bit>
#include <cstring>

#include "core/base/files.hpp"

namespace sweepmark {

static_assert(std::endian::native == std::endian::little, "files are read as little-endian memory");

const CloudReader* cloud_reader_for(const std::filesystem::path& file) {
  const auto head = read_head(file, cloud_probe_bytes);
  if (!head) return nullptr;
  const CloudReader* best = nullptr;
  int best_score = 0;
  for (const CloudReader& reader : cloud_readers()) {
    const int score = reader.probe(file, *head);
    if (score > best_score) {
      best = &reader;
      best_score = score;
    }
  }
  return best;
}

Result<PointCloud> read_cloud(const std::filesystem::path& file) {
  SWEEPMARK_TRY(bytes, read_bytes(file));
  const CloudReader* reader = cloud_reader_for(file);
  if (reader) return reader->read(bytes, file);
  std::vector<std::string_view> known;
  for (const CloudReader& r : cloud_readers()) known.push_back(r.name);
  return fail(ErrorCode::unsupported,
              fmt::format("not a point cloud of a known kind (known: {})", fmt::join(known, ", ")),
              at_file(file));
}

Result<PointCloud> read_float_rows(std::span<const std::byte> bytes, const std::filesystem::path& file,
                                   std::size_t floats, std::span<const std::string_view> channel_names) {
  const std::size_t row_bytes = floats * sizeof(float);
  if (floats < 3 || bytes.size() % row_bytes != 0)
    return fail(
        ErrorCode::malformed,
        fmt::format("rows of {} float32 ({} bytes) expected, but the file's {} bytes end inside row {}",
                    floats, row_bytes, bytes.size(), bytes.size() / row_bytes),
        at_byte(file, bytes.size() / row_bytes * row_bytes));
  const std::size_t rows = bytes.size() / row_bytes;
  const auto column = [&](std::size_t c) {
    std::vector<float> values(rows);
    for (std::size_t i = 0; i < rows; ++i)
      std::memcpy(&values[i], bytes.data() + i * row_bytes + c * sizeof(float), sizeof(float));
    return values;
  };
  std::vector<Channel> channels;
  for (std::size_t c = 0; c < channel_names.size() && c + 3 < floats; ++c)
    if (!channel_names[c].empty()) channels.push_back({std::string(channel_names[c]), column(c + 3)});
  return make_point_cloud(column(0), column(1), column(2), std::move(channels));
}

}  // namespace sweepmark
