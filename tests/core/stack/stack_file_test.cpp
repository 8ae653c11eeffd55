#include "core/stack/stack_file.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstring>
#include <set>

#include "core/stack/checksum.hpp"
#include "tests/core/stack/made_up_sweeps.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::TemporaryFolder;

// One file for all tests: three blocks, with movers.
struct Sound {
  TemporaryFolder folder;
  std::string bytes;
  Sound() {
    StackSource source = test::made_up_source(600, 20);
    source.movers = Movers::own_frame;
    source.boxes = [](std::size_t) {
      return std::vector<StackBox>{{TrackId(4), upright_box(Point<Ego>(0, 0, 0), 0.0, {30, 30, 30}), true}};
    };
    build_stack(source, folder / "a.stack").value();
    bytes = test::bytes_of(folder / "a.stack");
  }
};
const Sound& sound() {
  static const Sound made;
  return made;
}

// Reads all there is to read. What is handed out keeps what is promised of a cloud.
void read_everything(const std::filesystem::path& file) {
  const auto stack = StackFile::open(file);
  if (!stack) return;
  (*stack)->refresh();
  for (std::uint32_t b = 0; b < (*stack)->blocks(); ++b)
    for (std::uint32_t level = 0; level < stack_levels; ++level) {
      const auto layer = (*stack)->read_layer({b, level});
      if (!layer) continue;
      std::uint32_t next = 0;
      for (const CloudChunk& chunk : layer->chunks) {
        RC_ASSERT(chunk.begin == next && chunk.end >= chunk.begin);
        next = chunk.end;
      }
      RC_ASSERT(next == layer->size());
      for (std::size_t i = 0; i < layer->size(); ++i) RC_ASSERT(layer->position(i).allFinite());
    }
  (void)(*stack)->read_mover(TrackId(4));
}

TEST(StackFile, SaysWhyItCannotBeOpened) {
  const TemporaryFolder folder;
  EXPECT_EQ(StackFile::open(folder / "none").error().code, ErrorCode::not_found);
  EXPECT_EQ(StackFile::open(folder.write("short", "SWPSTACK")).error().code, ErrorCode::malformed);
  EXPECT_EQ(StackFile::open(folder.write("other", std::string(100, 'x'))).error().code, ErrorCode::malformed);
  EXPECT_FALSE(StackFile::open(folder.path()));
  std::string newer = sound().bytes.substr(0, 64);
  newer[8] = 9;
  const std::uint64_t seal = checksum(std::as_bytes(std::span(newer).first(56)));
  std::memcpy(newer.data() + 56, &seal, 8);
  EXPECT_EQ(StackFile::open(folder.write("newer", newer)).error().code, ErrorCode::newer_version);
}

TEST(StackFile, DamagedPointsAreAnErrorThatNamesThePlace) {
  const TemporaryFolder folder;
  std::string bytes = sound().bytes;
  const auto whole = StackFile::open(sound().folder / "a.stack").value();
  whole->refresh();
  ASSERT_EQ(whole->blocks(), 3u);
  bytes[whole->block(1).layers[2].offset + 5] ^= 1;
  const auto file = folder.write("a.stack", bytes);
  const auto stack = StackFile::open(file).value();
  stack->refresh();
  EXPECT_TRUE(stack->complete());
  EXPECT_TRUE(stack->read_layer({1, 1}));
  const auto damaged = stack->read_layer({1, 2});
  ASSERT_FALSE(damaged);
  EXPECT_EQ(damaged.error().code, ErrorCode::malformed);
  EXPECT_EQ(damaged.error().where.byte_offset, whole->block(1).layers[2].offset);
  EXPECT_FALSE(stack->read_layer({3, 0}));
  EXPECT_FALSE(stack->read_layer({0, 3}));
}

RC_GTEST_PROP(StackFile, CutOrChangedFilesAreReadAsFarAsTheyAreSound, ()) {
  static const TemporaryFolder folder;
  std::string bytes = sound().bytes.substr(0, *rc::gen::inRange<std::size_t>(0, sound().bytes.size() + 1));
  for (int i = *rc::gen::inRange(0, 6); i > 0 && !bytes.empty(); --i)
    bytes[*rc::gen::inRange<std::size_t>(0, bytes.size())] = *rc::gen::arbitrary<char>();
  read_everything(folder.write("a.stack", bytes));
}

// Damage with checksums to match: what somebody could do on purpose.
RC_GTEST_PROP(StackFile, TablesWithRightChecksumsAreNotTrustedEither, ()) {
  static const TemporaryFolder folder;
  std::string bytes = sound().bytes;
  std::uint64_t table_bytes = 0;
  std::memcpy(&table_bytes, bytes.data() + 64 + 8, 8);
  const std::span<char> head(bytes.data() + 64, 64), table(bytes.data() + 128, table_bytes);
  for (int i = *rc::gen::inRange(1, 4); i > 0; --i) {
    const bool in_head = *rc::gen::weightedElement<bool>({{1, true}, {4, false}});
    const std::span<char> part = in_head ? head.subspan(4, 28) : table;
    // Mostly the beginning, where the counts are.
    const std::size_t at = *rc::gen::inRange<std::size_t>(0, *rc::gen::element<std::size_t>(40, part.size()));
    part[at % part.size()] = *rc::gen::element<char>(0, 1, 3, 127, -1, -128);
  }
  const std::uint64_t table_sum = checksum(std::as_bytes(table));
  std::memcpy(head.data() + 32, &table_sum, 8);
  const std::uint64_t seal = checksum(std::as_bytes(head.first(56)));
  std::memcpy(head.data() + 56, &seal, 8);
  read_everything(folder.write("a.stack", bytes));
}

RC_GTEST_PROP(StackFile, AnyBytesAreATableOrNone, ()) {
  const auto bytes =
      *rc::gen::container<std::vector<std::uint8_t>>(rc::gen::element<std::uint8_t>(0, 0, 0, 1, 2, 255));
  StackHead head;
  head.table_bytes = bytes.size();
  head.section_bytes = *rc::gen::element<std::uint64_t>(0, 20, 40, UINT64_MAX);
  const auto entry = decoded_table(std::as_bytes(std::span(bytes)), head, 64);
  if (entry) RC_ASSERT(entry->end == 64 + stack_head_bytes + bytes.size() + head.section_bytes);
  (void)decoded_end_table(std::as_bytes(std::span(bytes)));
}

TEST(Checksum, TellsAnyChangedByteAndLength) {
  std::vector<std::byte> bytes(100);
  std::set<std::uint64_t> seen = {checksum(bytes)};
  for (std::byte& byte : bytes) {
    byte = std::byte{1};
    EXPECT_TRUE(seen.insert(checksum(bytes)).second);
    byte = std::byte{0};
  }
  for (std::size_t length = 0; length < 100; ++length)
    EXPECT_TRUE(seen.insert(checksum(std::span(bytes).first(length))).second) << length;
  EXPECT_NE(checksum(bytes, 1), checksum(bytes, 2));
}

}  // namespace
}  // namespace sweepmark
