// How the fixed parts and the tables of a stack's file are written as bytes and taken back from them.
#include <bit>
#include <cstring>
#include <type_traits>

#include "core/stack/checksum.hpp"
#include "core/stack/stack_file.hpp"

namespace sweepmark {

namespace {

static_assert(std::endian::native == std::endian::little,
              "the file of a stack is read and written as memory has it");

constexpr std::uint32_t version = 1;
constexpr std::array<char, 8> file_magic = {'S', 'W', 'P', 'S', 'T', 'A', 'C', 'K'};
constexpr std::array<char, 4> record_magic = {'S', 'R', 'E', 'C'};
constexpr std::uint32_t flag_intensity = 1;
constexpr std::size_t most_movers = 1 << 20;
constexpr std::size_t checked_bytes = stack_head_bytes - sizeof(std::uint64_t);

class Writer {
 public:
  template <class Value>
  Writer& operator<<(const Value& value) {
    static_assert(std::is_trivially_copyable_v<Value>);
    const auto bytes = std::as_bytes(std::span(&value, 1));
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
  }
  template <int n, class Number>
  Writer& operator<<(const Eigen::Matrix<Number, n, 1>& v) {
    for (const Number number : v) *this << number;
    return *this;
  }
  std::vector<std::byte> take() { return std::move(bytes_); }
  StackHeadBytes sealed() {
    StackHeadBytes head{};
    std::ranges::copy(bytes_, head.begin());
    const std::uint64_t sum = checksum(std::span(head).first(checked_bytes));
    std::memcpy(head.data() + checked_bytes, &sum, sizeof(sum));
    return head;
  }

 private:
  std::vector<std::byte> bytes_;
};

// Past the end it gives zeros and says so.
class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}
  template <class Value>
  Value next() {
    Value value{};
    if (!take(sizeof(Value))) return value;
    std::memcpy(&value, bytes_.data() + at_ - sizeof(Value), sizeof(Value));
    return value;
  }
  template <class Number>
  Eigen::Matrix<Number, 3, 1> next_vector() {
    const Number x = next<Number>(), y = next<Number>(), z = next<Number>();
    return {x, y, z};
  }
  // A count of things of at least `bytes_each`; more than the rest could hold counts as damage.
  std::uint32_t next_count(std::size_t bytes_each) {
    const auto count = next<std::uint32_t>();
    if (count > (bytes_.size() - at_) / bytes_each) sound_ = false;
    return sound_ ? count : 0;
  }
  bool sound() const { return sound_; }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  bool take(std::size_t count) {
    if (count > bytes_.size() - at_) sound_ = false;
    if (sound_) at_ += count;
    return sound_;
  }
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
  bool sound_ = true;
};

bool seal_holds(const StackHeadBytes& bytes) {
  std::uint64_t sum = 0;
  std::memcpy(&sum, bytes.data() + checked_bytes, sizeof(sum));
  return sum == checksum(std::span(bytes).first(checked_bytes));
}

std::vector<std::uint32_t> next_sweeps(Reader& reader) {
  std::vector<std::uint32_t> sweeps(reader.next_count(sizeof(std::uint32_t)));
  for (std::uint32_t& sweep : sweeps) sweep = reader.next<std::uint32_t>();
  return sweeps;
}

void put_sweeps(Writer& writer, const std::vector<std::uint32_t>& sweeps) {
  writer << static_cast<std::uint32_t>(sweeps.size());
  for (const std::uint32_t sweep : sweeps) writer << sweep;
}

bool is_sound(const StackChunk& chunk) {
  return chunk.low.allFinite() && chunk.high.allFinite() && (chunk.low.array() <= chunk.high.array()).all();
}

void read_chunks(Reader& reader, StackBlockEntry& entry, bool& sound) {
  std::array<std::uint64_t, stack_levels> sums{};
  entry.chunks.resize(reader.next_count(6 * sizeof(float) + stack_levels * sizeof(std::uint32_t)));
  for (StackChunk& chunk : entry.chunks) {
    chunk.low = reader.next_vector<float>();
    chunk.high = reader.next_vector<float>();
    sound = sound && is_sound(chunk);
    for (std::size_t level = 0; level < stack_levels; ++level)
      sums[level] += chunk.points[level] = reader.next<std::uint32_t>();
  }
  for (std::size_t level = 0; level < stack_levels; ++level) {
    sound = sound && sums[level] <= UINT32_MAX;
    entry.layers[level].points = static_cast<std::uint32_t>(sums[level]);
    entry.layers[level].checksum = reader.next<std::uint64_t>();
  }
}

void read_movers(Reader& reader, StackBlockEntry& entry) {
  entry.movers.resize(reader.next_count(16));
  for (StackMoverEntry& mover : entry.movers) {
    mover.track = TrackId(reader.next<std::uint32_t>());
    mover.section.points = reader.next<std::uint32_t>();
    mover.section.checksum = reader.next<std::uint64_t>();
  }
}

// Returns where the last section ends. Cannot overflow: there are fewer than 2^21 sections of less than 2^37
// bytes.
std::uint64_t lay_out_sections(StackBlockEntry& entry, std::uint64_t at) {
  for (StackSection& layer : entry.layers) {
    layer.offset = at;
    at += section_bytes(layer.points, entry.has_intensity, true);
  }
  for (StackMoverEntry& mover : entry.movers) {
    mover.section.offset = at;
    at += section_bytes(mover.section.points, entry.has_intensity, false);
  }
  return at;
}

}  // namespace

std::uint64_t section_bytes(std::uint64_t points, bool has_intensity, bool has_source) {
  return points * sizeof(float) * (3u + (has_intensity ? 1 : 0) + (has_source ? 1 : 0));
}

StackHeadBytes encoded(const StackHeader& header) {
  return (Writer() << file_magic << version << std::uint32_t{0} << header.fingerprint << header.sweeps)
      .sealed();
}

StackHeadBytes encoded(const StackHead& head) {
  return (Writer() << record_magic << head.kind << head.table_bytes << head.section_bytes << head.next.sweep
                   << head.next.point << head.table_checksum)
      .sealed();
}

Result<StackHeader> decoded_header(const StackHeadBytes& bytes, const std::filesystem::path& file) {
  Reader reader(bytes);
  if (reader.next<std::array<char, 8>>() != file_magic)
    return fail(ErrorCode::malformed, "this is not a file of stacked sweeps", at_file(file));
  if (!seal_holds(bytes))
    return fail(ErrorCode::malformed, "the header of the stacked sweeps is damaged", at_file(file));
  const auto found = reader.next<std::uint32_t>();
  if (found != version)
    return fail(found > version ? ErrorCode::newer_version : ErrorCode::unsupported,
                "stacked sweeps of version " + std::to_string(found) + ", where " + std::to_string(version) +
                    " was expected",
                at_file(file));
  reader.next<std::uint32_t>();
  const auto fingerprint = reader.next<std::uint64_t>();
  return StackHeader{fingerprint, reader.next<std::uint64_t>()};
}

std::optional<StackHead> decoded_head(const StackHeadBytes& bytes) {
  Reader reader(bytes);
  if (reader.next<std::array<char, 4>>() != record_magic || !seal_holds(bytes)) return std::nullopt;
  StackHead head;
  head.kind = reader.next<std::uint32_t>();
  head.table_bytes = reader.next<std::uint64_t>();
  head.section_bytes = reader.next<std::uint64_t>();
  head.next.sweep = reader.next<std::uint32_t>();
  head.next.point = reader.next<std::uint32_t>();
  head.table_checksum = reader.next<std::uint64_t>();
  return head;
}

std::vector<std::byte> encoded_table(const StackBlockEntry& entry) {
  Writer writer;
  writer << entry.origin << (entry.has_intensity ? flag_intensity : 0u);
  writer << static_cast<std::uint32_t>(entry.slots.size());
  for (const StackSlot& slot : entry.slots) writer << slot.sweep << slot.first_row;
  put_sweeps(writer, entry.unreadable);
  writer << static_cast<std::uint32_t>(entry.chunks.size());
  for (const StackChunk& chunk : entry.chunks) writer << chunk.low << chunk.high << chunk.points;
  for (const StackSection& layer : entry.layers) writer << layer.checksum;
  writer << static_cast<std::uint32_t>(entry.movers.size());
  for (const StackMoverEntry& mover : entry.movers)
    writer << mover.track.value << mover.section.points << mover.section.checksum;
  return writer.take();
}

std::vector<std::byte> encoded_end_table(const std::vector<std::uint32_t>& unreadable) {
  Writer writer;
  put_sweeps(writer, unreadable);
  return writer.take();
}

std::optional<StackBlockEntry> decoded_table(std::span<const std::byte> table, const StackHead& head,
                                             std::uint64_t begin) {
  Reader reader(table);
  StackBlockEntry entry;
  entry.begin = begin;
  entry.next = head.next;
  entry.origin = reader.next_vector<double>();
  const auto flags = reader.next<std::uint32_t>();
  entry.has_intensity = (flags & flag_intensity) != 0;
  entry.slots.resize(reader.next_count(sizeof(StackSlot)));
  for (StackSlot& slot : entry.slots) {
    slot.sweep = reader.next<std::uint32_t>();
    slot.first_row = reader.next<std::uint32_t>();
  }
  entry.unreadable = next_sweeps(reader);
  bool sound = flags <= flag_intensity && entry.origin.allFinite() && entry.slots.size() <= stack_block_slots;
  read_chunks(reader, entry, sound);
  read_movers(reader, entry);
  sound = sound && entry.movers.size() <= most_movers;
  const std::uint64_t sections = begin + stack_head_bytes + table.size();
  entry.end = lay_out_sections(entry, sections);
  if (!sound || !reader.sound() || !reader.at_end() || entry.end - sections != head.section_bytes)
    return std::nullopt;
  return entry;
}

std::optional<std::vector<std::uint32_t>> decoded_end_table(std::span<const std::byte> table) {
  Reader reader(table);
  std::vector<std::uint32_t> unreadable = next_sweeps(reader);
  if (!reader.sound() || !reader.at_end()) return std::nullopt;
  return unreadable;
}

}  // namespace sweepmark
