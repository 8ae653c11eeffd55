#include <algorithm>
#include <bit>
#include <cstring>

#include <gtest/gtest.h>
#include "core/formats/cloud_reader.hpp"

namespace sweepmark {
namespace {

Result<PointCloud> read_text(std::string_view content) {
  const auto readers = cloud_readers();
  const auto reader = std::ranges::find(readers, std::string_view("ply"), &CloudReader::name);
  return reader->read(std::as_bytes(std::span(content)), "a.ply");
}

template <class Number>
void append(std::string& bytes, Number number, bool big) {
  char memory[sizeof(Number)];
  std::memcpy(memory, &number, sizeof(Number));
  if (big) std::reverse(std::begin(memory), std::end(memory));
  bytes.append(memory, sizeof(Number));
}

// Faces before the vertices, lists inside both: what a reader must step over to find the points.
std::string awkward_ply(bool big) {
  std::string content =
      "ply\nformat " + std::string(big ? "binary_big_endian" : "binary_little_endian") +
      " 1.0\ncomment hello\nobj_info nothing\nelement camera 1\nproperty float view_px\nelement face 2\n"
      "property list uchar int vertex_indices\nelement vertex 2\nproperty double x\nproperty list ushort "
      "short seen_by\n"
      "property double y\nproperty double z\nproperty uchar red\nproperty uchar green\nproperty uchar "
      "blue\nend_header\n";
  append(content, 1.0f, big);
  for (const int corners : {3, 4}) {
    append(content, static_cast<std::uint8_t>(corners), big);
    for (int i = 0; i < corners; ++i) append(content, std::int32_t{i}, big);
  }
  for (int v = 0; v < 2; ++v) {
    append(content, 1.5 + v, big);
    append(content, static_cast<std::uint16_t>(2 * v), big);
    for (int i = 0; i < 2 * v; ++i) append(content, std::int16_t{-1}, big);
    append(content, 2.5, big);
    append(content, 3.5, big);
    for (const int c : {10, 20, 30}) append(content, static_cast<std::uint8_t>(c), big);
  }
  return content;
}

TEST(Ply, VerticesAnywhereListsSkippedBothByteOrders) {
  for (const bool big : {false, true}) {
    const auto cloud = read_text(awkward_ply(big));
    ASSERT_TRUE(cloud) << to_string(cloud.error());
    ASSERT_EQ(cloud->size(), 2u);
    EXPECT_EQ(cloud->position(0), Eigen::Vector3d(1.5, 2.5, 3.5));
    EXPECT_EQ(cloud->position(1), Eigen::Vector3d(2.5, 2.5, 3.5));
    EXPECT_EQ(std::get<std::vector<std::uint32_t>>(cloud->channel("rgb")->values).front(), 0x0a141eu);
  }
}

TEST(Ply, AnyTruncationIsAnErrorThatSaysWhere) {
  for (const bool big : {false, true}) {
    const std::string whole = awkward_ply(big);
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto cloud = read_text(std::string_view(whole).substr(0, size));
      ASSERT_FALSE(cloud) << size;
      EXPECT_EQ(cloud.error().code, ErrorCode::malformed);
      EXPECT_EQ(cloud.error().where.file, "a.ply");
    }
  }
}

TEST(Ply, AsciiMayBreakItsLinesAnywhereAndNamesTheLineOfAnError) {
  const std::string head =
      "ply\r\nformat ascii 1.0\r\nelement face 1\nproperty list uchar int vertex_index\n"
      "element vertex 2\nproperty float x\nproperty float y\nproperty float z\nend_header\n";
  const auto cloud = read_text(head + "3 0 1\n1\n1 2 3\n4 5\n6\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->position(1), Eigen::Vector3d(4, 5, 6));
  const auto broken = read_text(head + "3 0 1 1\n1 2 3\n4 oops 6\n");
  ASSERT_FALSE(broken);
  EXPECT_EQ(to_string(broken.error()), "a.ply:12: row 1 of 2 vertex: a number expected, found 'oops'");
}

TEST(Ply, HostileCountsAreRefused) {
  const std::string vertex = "property float x\nproperty float y\nproperty float z\nend_header\n";
  for (const char* format : {"ascii", "binary_little_endian"}) {
    const std::string head = std::string("ply\nformat ") + format + " 1.0\n";
    EXPECT_FALSE(read_text(head + "element vertex 9223372036854775807\n" + vertex + "1 2 3\n"));
    EXPECT_FALSE(read_text(head + "element vertex -1\n" + vertex));
    EXPECT_FALSE(read_text(head + "element empty 9223372036854775807\nelement vertex 1\n" + vertex + "1 2"));
    EXPECT_FALSE(read_text(head + "element vertex 9223372036854775807\nend_header\n"));
    EXPECT_FALSE(read_text(head + "element face 9\nproperty list int int a\nelement vertex 1\n" + vertex +
                           "\xff\xff\xff\xff"));
  }
  EXPECT_FALSE(read_text(
      "ply\nformat ascii 1.0\nelement face 1\nproperty list float int a\nelement vertex 0\n" + vertex));
  EXPECT_FALSE(read_text("ply\nelement vertex 0\n" + vertex));
  EXPECT_FALSE(read_text("ply\nformat ascii 1.0\nend_header\n"));
}

}  // namespace
}  // namespace sweepmark
