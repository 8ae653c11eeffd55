// The file of a stack.
//
//   header   64 bytes: "SWPSTACK", version (u32), 0 (u32), fingerprint (u64), sweeps of the source (u64),
//   zeros,
//            checksum of the 56 bytes before (u64)
//   records, one after another: a head of 64 bytes, a table, and for a block its sections
//     head     "SREC", kind (u32: 1 block, 2 end), bytes of the table (u64), bytes of the sections (u64),
//     where the
//              source goes on after this record: number in its list (u32) and point of that sweep as read
//              (u32), checksum of the table (u64), zeros, checksum of the 56 bytes before (u64)
//     table    of a block: origin (3 f64), flags (u32, 1: intensity), slots (count u32, then sweep u32 and
//     first
//              row u32 each), unreadable sweeps (count u32, u32 each), chunks (count u32, then low 3 f32,
//              high 3 f32, points in each layer 3 u32), checksum of each layer's section (3 u64), movers
//              (count u32, then track u32, points u32, checksum of the section u64 each). Of the end:
//              unreadable sweeps.
//     sections of a block: for each layer, then each mover: x, y, z, intensity if there is any (f32), and for
//              layers source (u32); each array whole
//
// Little-endian throughout. It grows by whole records; each is on the disk before the next is begun, so of a
// build that was killed at most the last record is damaged, which its checksums tell. Nothing here is
// trusted: a size is checked against the file before anything is allocated.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <utility>

#include "core/base/result.hpp"
#include "core/stack/stack_block.hpp"
#include "core/stack/stack_view.hpp"

namespace sweepmark {

// Where a build goes on: a sweep of the source's list, and how many of its points lie in blocks already.
struct StackPosition {
  std::uint32_t sweep = 0, point = 0;
  bool operator==(const StackPosition&) const = default;
};

struct StackHeader {
  std::uint64_t fingerprint = 0;
  std::uint64_t sweeps = 0;  // of the source
};

// A part of the file that is read as one.
struct StackSection {
  std::uint64_t offset = 0;  // of the file
  std::uint64_t checksum = 0;
  std::uint32_t points = 0;
};

struct StackChunk {
  Eigen::Vector3f low, high;
  std::array<std::uint32_t, stack_levels> points{};
};

struct StackMoverEntry {
  TrackId track;
  StackSection section;
};

// What the file says of a block, without its points.
struct StackBlockEntry {
  Eigen::Vector3d origin = Eigen::Vector3d::Zero();
  bool has_intensity = false;
  std::vector<StackSlot> slots;
  std::vector<std::uint32_t> unreadable;
  std::vector<StackChunk> chunks;
  std::array<StackSection, stack_levels> layers;
  std::vector<StackMoverEntry> movers;
  std::uint64_t begin = 0, end = 0;  // of the record in the file
  StackPosition next;

  std::size_t points() const;
  std::size_t layer_bytes(std::size_t level) const;  // in memory
};

struct StackHead {
  static constexpr std::uint32_t block = 1, end_of_stack = 2;
  std::uint32_t kind = block;
  std::uint64_t table_bytes = 0, section_bytes = 0, table_checksum = 0;
  StackPosition next;
};

// Bytes of the fixed parts; nothing where the bytes are none of ours.
inline constexpr std::size_t stack_head_bytes = 64;
using StackHeadBytes = std::array<std::byte, stack_head_bytes>;
StackHeadBytes encoded(const StackHeader& header);
StackHeadBytes encoded(const StackHead& head);
Result<StackHeader> decoded_header(const StackHeadBytes& bytes, const std::filesystem::path& file);
std::optional<StackHead> decoded_head(const StackHeadBytes& bytes);
std::vector<std::byte> encoded_table(const StackBlockEntry& entry);
std::vector<std::byte> encoded_end_table(const std::vector<std::uint32_t>& unreadable);
// `begin` is where the record lies; sections are laid out from there. Everything is checked against the sizes
// that the head names.
std::optional<StackBlockEntry> decoded_table(std::span<const std::byte> table, const StackHead& head,
                                             std::uint64_t begin);
std::optional<std::vector<std::uint32_t>> decoded_end_table(std::span<const std::byte> table);

// A stack's file open for reading, finished or growing. Thread-safe.
class StackFile {
 public:
  static Result<std::unique_ptr<StackFile>> open(const std::filesystem::path& file);
  ~StackFile();
  StackFile(const StackFile&) = delete;
  StackFile& operator=(const StackFile&) = delete;

  const StackHeader& header() const { return header_; }
  // Takes in the records that have become whole since. What is not whole yet, or damaged, is the end for now.
  void refresh();
  bool complete() const;  // the end was met
  std::size_t blocks() const;
  // Stays where it is as long as the file is open.
  const StackBlockEntry& block(std::size_t i) const;
  StackPosition next() const;         // after the last record that was taken in
  std::uint64_t sound_bytes() const;  // where that record ends
  std::vector<std::uint32_t> unreadable() const;

  // Checks what it reads: damage is an error that names the place.
  Result<PointCloud> read_layer(StackKey key) const;
  // All of a track's points, thinned evenly to at most stack_mover_points.
  Result<PointCloud> read_mover(TrackId track) const;
  // Reads all of a block.
  Result<void> verify(std::size_t block) const;

 private:
  StackFile(std::filesystem::path file, int descriptor) : file_(std::move(file)), descriptor_(descriptor) {}
  bool take_record(std::uint64_t file_bytes);
  Result<PointCloud> read_section(const StackSection& section, bool has_intensity, bool has_source) const;

  std::filesystem::path file_;
  int descriptor_;
  StackHeader header_;
  mutable std::mutex mutex_;
  std::deque<StackBlockEntry> blocks_;
  std::vector<std::uint32_t> unreadable_at_end_;
  std::uint64_t sound_bytes_ = stack_head_bytes;
  StackPosition next_;
  bool complete_ = false;
};

inline constexpr std::size_t stack_mover_points = 100'000;
// The bytes of a section in the file.
std::uint64_t section_bytes(std::uint64_t points, bool has_intensity, bool has_source);

}  // namespace sweepmark
