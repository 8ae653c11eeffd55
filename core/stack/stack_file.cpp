#include "core/stack/stack_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "core/stack/checksum.hpp"

namespace sweepmark {

namespace {

// False where the file ends before, or cannot be read.
bool read_all(int descriptor, std::span<std::byte> to, std::uint64_t offset) {
  while (!to.empty()) {
    const ssize_t got = ::pread(descriptor, to.data(), to.size(), static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to = to.subspan(static_cast<std::size_t>(got));
    offset += static_cast<std::uint64_t>(got);
  }
  return true;
}

bool all_finite(const std::vector<float>& values) {
  return std::ranges::all_of(values,
                             [](float v) { return std::abs(v) <= std::numeric_limits<float>::max(); });
}

std::vector<CloudChunk> chunks_of_layer(const std::vector<StackChunk>& chunks, std::size_t level) {
  std::vector<CloudChunk> result;
  std::uint32_t place = 0;
  for (const StackChunk& chunk : chunks) {
    std::uint32_t before = 0;
    for (std::size_t coarser = 0; coarser < level; ++coarser) before += chunk.points[coarser];
    result.push_back({place, place + chunk.points[level], chunk.low, chunk.high, before});
    place += chunk.points[level];
  }
  return result;
}

// Adds every `stride`th point of `from`, the first being `skip`; points of all blocks are about no origin.
void add_thinned(PointCloud& to, const PointCloud& from, std::size_t skip, std::size_t stride) {
  const auto add = [&](std::vector<float>& values, const std::vector<float>& more) {
    for (std::size_t i = skip; i < more.size(); i += stride) values.push_back(more[i]);
  };
  const std::vector<float> intensity = from.channel_as_float("intensity");
  add(std::get<std::vector<float>>(to.channels[0].values),
      intensity.empty() ? std::vector<float>(from.size()) : intensity);
  add(to.x, from.x);
  add(to.y, from.y);
  add(to.z, from.z);
}

}  // namespace

std::size_t StackBlockEntry::points() const {
  std::size_t sum = 0;
  for (const StackSection& layer : layers) sum += layer.points;
  return sum;
}

std::size_t StackBlockEntry::layer_bytes(std::size_t level) const {
  return section_bytes(layers[level].points, has_intensity, true) + chunks.size() * sizeof(CloudChunk);
}

Result<std::unique_ptr<StackFile>> StackFile::open(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return fail(errno == ENOENT ? ErrorCode::not_found : ErrorCode::unreadable,
                std::string("the stacked sweeps cannot be opened: ") + std::strerror(errno), at_file(file));
  std::unique_ptr<StackFile> opened(new StackFile(file, descriptor));
  StackHeadBytes bytes{};
  if (!read_all(descriptor, bytes, 0))
    return fail(ErrorCode::malformed, "too short for a file of stacked sweeps", at_file(file));
  SWEEPMARK_TRY(header, decoded_header(bytes, file));
  opened->header_ = header;
  return opened;
}

StackFile::~StackFile() {
  ::close(descriptor_);
}

void StackFile::refresh() {
  const std::lock_guard lock(mutex_);
  struct stat info {};
  if (::fstat(descriptor_, &info) != 0) return;
  while (!complete_ && take_record(static_cast<std::uint64_t>(info.st_size))) continue;
}

bool StackFile::take_record(std::uint64_t file_bytes) {
  StackHeadBytes bytes{};
  if (sound_bytes_ + bytes.size() > file_bytes || !read_all(descriptor_, bytes, sound_bytes_)) return false;
  const auto head = decoded_head(bytes);
  const std::uint64_t room = file_bytes - sound_bytes_ - bytes.size();
  if (!head || head->table_bytes > room || head->section_bytes > room - head->table_bytes) return false;
  std::vector<std::byte> table(head->table_bytes);
  if (!read_all(descriptor_, table, sound_bytes_ + bytes.size()) || checksum(table) != head->table_checksum)
    return false;
  if (head->kind == StackHead::end_of_stack) {
    const auto unreadable = decoded_end_table(table);
    if (!unreadable) return false;
    unreadable_at_end_ = *unreadable;
    complete_ = true;
    sound_bytes_ += bytes.size() + table.size();
  } else {
    auto entry = decoded_table(table, *head, sound_bytes_);
    if (head->kind != StackHead::block || !entry) return false;
    sound_bytes_ = entry->end;
    blocks_.push_back(std::move(*entry));
  }
  next_ = head->next;
  return true;
}

bool StackFile::complete() const {
  const std::lock_guard lock(mutex_);
  return complete_;
}
std::size_t StackFile::blocks() const {
  const std::lock_guard lock(mutex_);
  return blocks_.size();
}
const StackBlockEntry& StackFile::block(std::size_t i) const {
  const std::lock_guard lock(mutex_);
  return blocks_.at(i);
}
StackPosition StackFile::next() const {
  const std::lock_guard lock(mutex_);
  return next_;
}
std::uint64_t StackFile::sound_bytes() const {
  const std::lock_guard lock(mutex_);
  return sound_bytes_;
}

std::vector<std::uint32_t> StackFile::unreadable() const {
  const std::lock_guard lock(mutex_);
  std::vector<std::uint32_t> all;
  for (const StackBlockEntry& block : blocks_)
    all.insert(all.end(), block.unreadable.begin(), block.unreadable.end());
  all.insert(all.end(), unreadable_at_end_.begin(), unreadable_at_end_.end());
  return all;
}

Result<PointCloud> StackFile::read_section(const StackSection& section, bool has_intensity,
                                           bool has_source) const {
  PointCloud cloud;
  std::vector<float> intensity;
  std::vector<std::uint32_t> source;
  std::uint64_t at = section.offset, sum = 0;
  const auto read = [&](auto& values) {
    values.resize(section.points);
    const auto bytes = std::as_writable_bytes(std::span(values));
    if (!read_all(descriptor_, bytes, at)) return false;
    at += bytes.size();
    sum = checksum(bytes, sum);
    return true;
  };
  if (!read(cloud.x) || !read(cloud.y) || !read(cloud.z) || (has_intensity && !read(intensity)) ||
      (has_source && !read(source)))
    return fail(ErrorCode::unreadable, "the stacked sweeps end within a block or cannot be read",
                at_byte(file_, at));
  if (sum != section.checksum || !all_finite(cloud.x) || !all_finite(cloud.y) || !all_finite(cloud.z))
    return fail(ErrorCode::malformed, "these stacked points are damaged; delete the file to build it anew",
                at_byte(file_, section.offset));
  if (has_intensity) cloud.channels.push_back({"intensity", std::move(intensity)});
  if (has_source) cloud.channels.push_back({"source", std::move(source)});
  return cloud;
}

Result<PointCloud> StackFile::read_layer(StackKey key) const {
  if (key.block >= blocks() || key.level >= stack_levels)
    return fail(ErrorCode::invalid_argument,
                fmt::format("there is no layer {} of block {}", key.level, key.block), at_file(file_));
  const StackBlockEntry& entry = block(key.block);
  SWEEPMARK_TRY(cloud, read_section(entry.layers[key.level], entry.has_intensity, true));
  cloud.origin = entry.origin;
  cloud.chunks = chunks_of_layer(entry.chunks, key.level);
  return cloud;
}

Result<PointCloud> StackFile::read_mover(TrackId track) const {
  std::vector<std::pair<StackSection, bool>> sections;
  std::size_t points = 0;
  for (std::size_t b = 0, count = blocks(); b < count; ++b)
    for (const StackMoverEntry& mover : block(b).movers)
      if (mover.track == track) {
        sections.emplace_back(mover.section, block(b).has_intensity);
        points += mover.section.points;
      }
  PointCloud all;
  all.channels.push_back({"intensity", std::vector<float>{}});
  const std::size_t stride = std::max<std::size_t>(1, (points + stack_mover_points - 1) / stack_mover_points);
  std::size_t passed = 0;
  for (const auto& [section, has_intensity] : sections) {
    SWEEPMARK_TRY(part, read_section(section, has_intensity, false));
    add_thinned(all, part, (stride - passed % stride) % stride, stride);
    passed += part.size();
  }
  return all;
}

Result<void> StackFile::verify(std::size_t b) const {
  for (std::uint32_t level = 0; level < stack_levels; ++level)
    SWEEPMARK_CHECK(read_layer({static_cast<std::uint32_t>(b), level}));
  const StackBlockEntry& entry = block(b);
  for (const StackMoverEntry& mover : entry.movers)
    SWEEPMARK_CHECK(read_section(mover.section, entry.has_intensity, false));
  return {};
}

}  // namespace sweepmark
