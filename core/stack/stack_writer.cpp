#include "core/stack/stack_writer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "core/base/files.hpp"
#include "core/stack/checksum.hpp"

namespace sweepmark {
namespace fs = std::filesystem;

namespace {

using Bytes = std::span<const std::byte>;

Failure write_failure(const fs::path& file, int error_number) {
  ErrorCode code = ErrorCode::unreadable;
  if (error_number == ENOSPC || error_number == EDQUOT || error_number == EFBIG) code = ErrorCode::no_space;
  if (error_number == EROFS || error_number == EACCES || error_number == EPERM) code = ErrorCode::read_only;
  return fail(code, std::string("the stacked sweeps cannot be written: ") + std::strerror(error_number),
              at_file(file));
}

bool write_all(int descriptor, Bytes bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return true;
}

// A new file takes the place of what is there, whose readers go on reading what they opened.
Result<void> begin_file(const fs::path& file, const StackHeader& header) {
  const StackHeadBytes bytes = encoded(header);
  return write_text_atomically(file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

// Whether the file is of this source. What is not a stack at all is an error.
Result<bool> belongs_to(const fs::path& file, const StackHeader& header) {
  SWEEPMARK_TRY(head, read_head(file, stack_head_bytes));
  StackHeadBytes bytes{};
  std::memcpy(bytes.data(), head.data(), head.size());
  const std::string magic(reinterpret_cast<const char*>(encoded(header).data()), 8);
  if (!head.starts_with(magic) && !head.empty())
    return fail(ErrorCode::invalid_argument,
                "there is a file of this name that is not one of stacked sweeps, and it is left alone",
                at_file(file));
  const auto found = decoded_header(bytes, file);
  return found && found->fingerprint == header.fingerprint && found->sweeps == header.sweeps;
}

// Opened and locked; −1 with errno.
int open_locked(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    const int error_number = errno;
    ::close(descriptor);
    errno = error_number;
    return -1;
  }
  return descriptor;
}

Failure open_failure(const fs::path& file) {
  if (errno == EWOULDBLOCK)
    return fail(ErrorCode::conflict, "these stacked sweeps are being built by another program",
                at_file(file));
  return write_failure(file, errno);
}

void add_arrays(std::vector<Bytes>& parts, const PointCloud& cloud) {
  for (const std::vector<float>* axis : {&cloud.x, &cloud.y, &cloud.z})
    parts.push_back(std::as_bytes(std::span(*axis)));
  for (const std::string_view name : {"intensity", "source"})
    if (const Channel* channel = cloud.channel(name))
      parts.push_back(
          std::visit([](const auto& values) { return std::as_bytes(std::span(values)); }, channel->values));
}

StackSection section_of(const PointCloud& cloud) {
  std::vector<Bytes> parts;
  add_arrays(parts, cloud);
  StackSection section;
  section.points = static_cast<std::uint32_t>(cloud.size());
  for (const Bytes part : parts) section.checksum = checksum(part, section.checksum);
  return section;
}

StackBlockEntry entry_of(const StackBlock& block) {
  StackBlockEntry entry;
  entry.origin = block.layers[0].origin;
  entry.has_intensity = block.layers[0].channel("intensity") != nullptr;
  entry.slots = block.slots;
  entry.unreadable = block.unreadable;
  for (std::size_t c = 0; c < block.layers[0].chunks.size(); ++c) {
    StackChunk chunk{block.layers[0].chunks[c].low, block.layers[0].chunks[c].high, {}};
    for (std::size_t level = 0; level < stack_levels; ++level)
      chunk.points[level] = block.layers[level].chunks[c].end - block.layers[level].chunks[c].begin;
    entry.chunks.push_back(chunk);
  }
  for (std::size_t level = 0; level < stack_levels; ++level)
    entry.layers[level] = section_of(block.layers[level]);
  for (const StackMover& mover : block.movers) entry.movers.push_back({mover.track, section_of(mover.cloud)});
  return entry;
}

}  // namespace

Result<std::unique_ptr<StackWriter>> StackWriter::open(const fs::path& file, const StackHeader& header) {
  std::error_code error;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
  if (!fs::exists(file, error)) SWEEPMARK_CHECK(begin_file(file, header));
  int descriptor = open_locked(file);
  if (descriptor < 0) return open_failure(file);
  std::unique_ptr<StackWriter> writer(new StackWriter(file, descriptor));
  SWEEPMARK_TRY(ours, belongs_to(file, header));
  if (!ours) {
    SWEEPMARK_CHECK(begin_file(file, header));
    descriptor = open_locked(file);
    if (descriptor < 0) return open_failure(file);
    writer.reset(new StackWriter(file, descriptor));
  }
  SWEEPMARK_CHECK(writer->take_up());
  return writer;
}

StackWriter::~StackWriter() {
  ::close(descriptor_);
}

Result<void> StackWriter::take_up() {
  SWEEPMARK_TRY(reader, StackFile::open(file_));
  reader->refresh();
  std::size_t blocks = reader->blocks();
  state_.complete = reader->complete();
  state_.bytes = reader->sound_bytes();
  state_.next = reader->next();
  // Only the last block may have been caught by a loss of power.
  if (blocks > 0 && !reader->verify(blocks - 1)) {
    --blocks;
    state_.complete = false;
    state_.bytes = reader->block(blocks).begin;
    state_.next = blocks > 0 ? reader->block(blocks - 1).next : StackPosition{};
  }
  if (state_.next.sweep > reader->header().sweeps) {
    blocks = 0;
    state_ = {};
    state_.bytes = stack_head_bytes;
  }
  state_.blocks = blocks;
  if (state_.complete) state_.unreadable = reader->unreadable();
  for (std::size_t b = 0; b < blocks; ++b) {
    const StackBlockEntry& block = reader->block(b);
    state_.points += block.points();
    for (const StackMoverEntry& mover : block.movers) state_.mover_points += mover.section.points;
    if (!state_.complete)
      state_.unreadable.insert(state_.unreadable.end(), block.unreadable.begin(), block.unreadable.end());
  }
  if (::ftruncate(descriptor_, static_cast<off_t>(state_.bytes)) != 0) return write_failure(file_, errno);
  return {};
}

Result<void> StackWriter::append_record(std::span<const Bytes> parts) {
  std::uint64_t at = state_.bytes;
  bool sound = true;
  for (const Bytes part : parts) {
    sound = sound && write_all(descriptor_, part, at);
    at += part.size();
  }
  if (sound && ::fdatasync(descriptor_) == 0) {
    state_.bytes = at;
    return {};
  }
  const int error_number = errno;
  // Where this fails too, the next builder drops what is half there.
  if (::ftruncate(descriptor_, static_cast<off_t>(state_.bytes)) != 0)
    return fail(ErrorCode::unreadable,
                fmt::format("the stacked sweeps cannot be written: {}, and not be cut back: {}",
                            std::strerror(error_number), std::strerror(errno)),
                at_file(file_));
  return write_failure(file_, error_number);
}

Result<void> StackWriter::append(const StackBlock& block, StackPosition next) {
  const StackBlockEntry entry = entry_of(block);
  const std::vector<std::byte> table = encoded_table(entry);
  std::vector<Bytes> parts = {{}, table};
  for (const PointCloud& layer : block.layers) add_arrays(parts, layer);
  for (const StackMover& mover : block.movers) add_arrays(parts, mover.cloud);
  StackHead head{StackHead::block, table.size(), 0, checksum(table), next};
  for (std::size_t i = 2; i < parts.size(); ++i) head.section_bytes += parts[i].size();
  const StackHeadBytes head_bytes = encoded(head);
  parts[0] = head_bytes;
  SWEEPMARK_CHECK(append_record(parts));
  ++state_.blocks;
  state_.points += block.points();
  for (const StackMover& mover : block.movers) state_.mover_points += mover.cloud.size();
  state_.unreadable.insert(state_.unreadable.end(), block.unreadable.begin(), block.unreadable.end());
  state_.next = next;
  return {};
}

Result<void> StackWriter::finish(const std::vector<std::uint32_t>& unreadable, StackPosition next) {
  const std::vector<std::byte> table = encoded_end_table(unreadable);
  const StackHeadBytes head =
      encoded(StackHead{StackHead::end_of_stack, table.size(), 0, checksum(table), next});
  const std::array<Bytes, 2> parts = {Bytes(head), Bytes(table)};
  SWEEPMARK_CHECK(append_record(parts));
  state_.unreadable.insert(state_.unreadable.end(), unreadable.begin(), unreadable.end());
  state_.next = next;
  state_.complete = true;
  return {};
}

}  // namespace sweepmark
