#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/formats/cloud_reader.hpp"
#include "core/formats/lzf.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

Result<PointCloud> read_text(std::string_view content, const char* name = "a.pcd") {
  const auto readers = cloud_readers();
  const auto reader = std::ranges::find(readers, std::string_view("pcd"), &CloudReader::name);
  return reader->read(std::as_bytes(std::span(content)), name);
}

template <class Number>
void append(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof(number));
}

const std::string xyz_header = "VERSION 0.7\nFIELDS x y z\nSIZE 4 4 4\nTYPE F F F\nCOUNT 1 1 1\n";

std::string error_of(std::string_view content) {
  const auto cloud = read_text(content);
  return cloud ? "no error" : to_string(cloud.error());
}

TEST(Pcd, FieldsInAnyOrderWithCommentsBlankLinesCarriageReturnsAndUnknownHeaderLines) {
  const auto cloud = read_text(
      "# a comment\r\n# and another\r\nVERSION .7\r\n\r\nCOMMENT made by hand\r\nFIELDS ring z I y x\r\nSIZE "
      "2 4 4 4 4\r\n"
      "TYPE U F F F F\r\nWIDTH 2\r\nHEIGHT 1\r\nVIEWPOINT 0 0 0 1 0 0 0\r\nPOINTS 2\r\nDATA ascii\r\n"
      "3 30 0.5 20 10\r\n\r\n4 -3e1 +0.25 -20 -10\r\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  ASSERT_EQ(cloud->size(), 2u);
  EXPECT_EQ(cloud->position(0), Eigen::Vector3d(10, 20, 30));
  EXPECT_EQ(cloud->position(1), Eigen::Vector3d(-10, -20, -30));
  EXPECT_EQ(std::get<std::vector<std::uint16_t>>(cloud->channel("ring")->values),
            (std::vector<std::uint16_t>{3, 4}));
  EXPECT_EQ(std::get<std::vector<float>>(cloud->channel("intensity")->values),
            (std::vector<float>{0.5f, 0.25f}));
}

TEST(Pcd, OldHeadersWithColumnsAndNoPointsOrTypes) {
  const auto cloud = read_text("VERSION .5\nCOLUMNS x y z\nWIDTH 2\nHEIGHT 1\nDATA ascii\n1 2 3\n4 5 6\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->position(1), Eigen::Vector3d(4, 5, 6));
}

TEST(Pcd, PointsWinOverWidthTimesHeight) {
  const auto cloud = read_text(xyz_header + "WIDTH 7\nHEIGHT 9\nPOINTS 1\nDATA ascii\n1 2 3\n4 5 6\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->size(), 1u);
}

TEST(Pcd, RowsThatAreNotFiniteGoAndTheRestKnowTheirRow) {
  const auto cloud = read_text(
      "FIELDS x y z intensity\nSIZE 4 4 4 4\nTYPE F F F F\nPOINTS 4\nDATA ascii\n"
      "1 1 1 10\nnan nan nan 11\n2 2 2 12\n3 inf 3 13\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->dropped, 2u);
  EXPECT_EQ(cloud->file_row, (std::vector<std::uint32_t>{0, 2}));
  EXPECT_EQ(cloud->channel_as_float("intensity"), (std::vector<float>{10, 12}));
}

TEST(Pcd, CoordinatesNoFloatHoldsAreDroppedToo) {
  const auto cloud =
      read_text("FIELDS x y z\nSIZE 8 8 8\nTYPE F F F\nPOINTS 2\nDATA ascii\n1e300 0 0\n1 2 3\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  ASSERT_EQ(cloud->size(), 1u);
  EXPECT_EQ(cloud->position(0), Eigen::Vector3d(1, 2, 3));
}

TEST(Pcd, UtmCoordinatesInDoubleKeepTheirMillimetres) {
  std::string content = "FIELDS x y z\nSIZE 8 8 8\nTYPE F F F\nPOINTS 2\nDATA binary\n";
  const double rows[] = {512743.123456, 5403547.654321, 308.001, 512744.111, 5403548.222, 309.333};
  for (const double number : rows) append(content, number);
  const auto cloud = read_text(content);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  for (int i = 0; i < 2; ++i)
    for (int axis = 0; axis < 3; ++axis)
      EXPECT_NEAR(cloud->position(static_cast<std::size_t>(i))[axis], rows[3 * i + axis], 1e-4);
}

TEST(Pcd, BinaryWithPaddingCountsAndBytesBehindTheLastPoint) {
  std::string content =
      "FIELDS x _ y z normal id\nSIZE 4 1 4 4 4 8\nTYPE F U F F F U\nCOUNT 1 4 1 1 3 1\nPOINTS 2\nDATA "
      "binary\n";
  for (int point = 0; point < 2; ++point) {
    append(content, 1.0f + static_cast<float>(point));
    append(content, std::uint32_t{0xdeadbeef});
    append(content, 2.0f);
    append(content, 3.0f);
    for (const float n : {0.0f, 0.6f, 0.8f}) append(content, n);
    append(content, std::uint64_t{1} << 40);
  }
  content += "padding behind";
  const auto cloud = read_text(content);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  ASSERT_EQ(cloud->size(), 2u);
  EXPECT_EQ(cloud->position(1), Eigen::Vector3d(2, 2, 3));
  EXPECT_EQ(cloud->channel("_"), nullptr);
  EXPECT_EQ(cloud->channel_as_float("normal_1"), (std::vector<float>{0.6f, 0.6f}));
  EXPECT_EQ(std::get<std::vector<double>>(cloud->channel("id")->values).front(), std::ldexp(1.0, 40));
}

TEST(Pcd, PackedColourInAllItsSpellings) {
  const std::string head = "FIELDS x y z rgb\nSIZE 4 4 4 4\nTYPE F F F F\nPOINTS 2\nDATA ascii\n";
  const std::uint32_t colour = 0x80ff4020;  // alpha 128 goes
  const auto cloud = read_text(head + "1 2 3 4.2108e+06\n1 2 3 " + std::to_string(colour) + "\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  const auto& rgb = std::get<std::vector<std::uint32_t>>(cloud->channel("rgb")->values);
  EXPECT_EQ(rgb[0], std::bit_cast<std::uint32_t>(4.2108e+06f) & 0xffffffu);
  EXPECT_EQ(rgb[1], 0xff4020u);
  const auto rgba =
      read_text("FIELDS x y z rgba\nSIZE 4 4 4 4\nTYPE F F F U\nPOINTS 1\nDATA ascii\n1 2 3 4278190335\n");
  ASSERT_TRUE(rgba) << to_string(rgba.error());
  EXPECT_EQ(std::get<std::vector<std::uint32_t>>(rgba->channel("rgb")->values).front(), 0x0000ffu);
}

TEST(Pcd, NoPointsIsACloud) {
  const auto cloud = read_text(xyz_header + "POINTS 0\nDATA ascii\n");
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->size(), 0u);
  EXPECT_TRUE(read_text(xyz_header + "POINTS 0\nDATA binary\n"));
}

TEST(Pcd, LabelledPaddingOfCompressedFilesMayBeStoredOrNot) {
  for (const bool stored : {true, false}) {
    std::string body;
    append(body, 1.0f);
    if (stored) append(body, std::uint32_t{7});
    append(body, 2.0f);
    append(body, 3.0f);
    std::string content = "FIELDS x _ y z\nSIZE 4 4 4 4\nTYPE F U F F\nPOINTS 1\nDATA binary_compressed\n";
    append(content, static_cast<std::uint32_t>(body.size() + 1));
    append(content, static_cast<std::uint32_t>(body.size()));
    content += static_cast<char>(body.size() - 1);  // one literal run
    const auto cloud = read_text(content + body);
    ASSERT_TRUE(cloud) << to_string(cloud.error());
    EXPECT_EQ(cloud->position(0), Eigen::Vector3d(1, 2, 3));
  }
}

TEST(Pcd, ErrorsNameThePlaceAndWhatIsWrong) {
  EXPECT_EQ(error_of(""), "a.pcd: the PCD header has no DATA line");
  EXPECT_EQ(error_of("FIELDS x y z\n\x01\x02\n"),
            "a.pcd:2: a line of a PCD header expected (FIELDS, SIZE, …, DATA), found '?\?'");
  EXPECT_EQ(error_of("SIZE 4\nPOINTS 1\nDATA ascii\n"), "a.pcd: the PCD header has no FIELDS");
  EXPECT_EQ(error_of("FIELDS x y z\nSIZE 4 4\nPOINTS 1\nDATA ascii\n"),
            "a.pcd: 3 SIZE values expected, one for each of FIELDS, found 2");
  EXPECT_EQ(error_of("FIELDS x y z\nCOUNT 1 -1 1\nPOINTS 1\nDATA ascii\n"),
            "a.pcd: COUNT of field y: a whole number from 1 on expected, found '-1'");
  EXPECT_EQ(error_of("FIELDS x y z\nSIZE 4 4 3\nPOINTS 1\nDATA ascii\n"),
            "a.pcd: field z has TYPE F and SIZE 3; F 4, F 8 and U or I of 1, 2, 4 or 8 expected");
  EXPECT_EQ(error_of(xyz_header + "DATA ascii\n"), "a.pcd: the PCD header has neither POINTS nor WIDTH");
  EXPECT_EQ(error_of(xyz_header + "POINTS 1\nDATA morse\n"),
            "a.pcd:7: DATA ascii, binary or binary_compressed expected, found 'morse'");
  EXPECT_EQ(error_of(xyz_header + "POINTS 2\nDATA ascii\n1 2 3\n4 five 6\n"),
            "a.pcd:9: point 1: 3 numbers expected, found '4 five 6'");
  EXPECT_EQ(error_of(xyz_header + "POINTS 2\nDATA ascii\n1 2 3\n4 5 6 7\n"),
            "a.pcd:9: point 1: 3 numbers expected, found '4 5 6 7'");
  EXPECT_EQ(error_of(xyz_header + "POINTS 2\nDATA ascii\n1.5 2.5 3.5\n"),
            "a.pcd:9: 2 points expected, found 1");
  EXPECT_EQ(error_of("FIELDS a b\nPOINTS 0\nDATA ascii\n"), "a.pcd: fields x, y and z expected, found a, b");
  EXPECT_EQ(error_of("FIELDS x y z u\nSIZE 4 4 4 1\nTYPE F F F U\nPOINTS 1\nDATA ascii\n1 2 3 256\n"),
            "a.pcd: field u of point 0: an integer of 1 byte(s) expected, found 256");
}

TEST(Pcd, HeadersThatPromiseMoreThanTheFileHoldsAreRefusedBeforeMemoryIsAskedFor) {
  for (const char* points : {"4000000000", "9223372036854775807", "99999999999999999999"})
    for (const char* data : {"ascii", "binary", "binary_compressed"}) {
      const auto cloud = read_text(xyz_header + "POINTS " + points + "\nDATA " + data + "\n1 2 3\n");
      ASSERT_FALSE(cloud) << points << data;
      EXPECT_EQ(cloud.error().code, ErrorCode::malformed);
    }
  EXPECT_FALSE(read_text("FIELDS x y z\nWIDTH 4294967296\nHEIGHT 4294967296\nDATA binary\n"));
  EXPECT_FALSE(read_text("FIELDS x y z _\nCOUNT 1 1 1 4294967295\nSIZE 4 4 4 1\nPOINTS 0\nDATA ascii\n"));
  EXPECT_FALSE(read_text("FIELDS x y z w\nCOUNT 1 1 1 1000000\nPOINTS 0\nDATA binary\n"));
}

TEST(Pcd, TruncatedBinaryNamesTheByte) {
  const std::string content = xyz_header + "POINTS 3\nDATA binary\n" + std::string(30, 'a');
  EXPECT_EQ(error_of(content),
            "a.pcd at byte 110: 3 points of 12 bytes expected, but the file ends inside point 2");
  EXPECT_EQ(content.size(), 110u);
}

TEST(Lzf, UnpacksLiteralsAndOverlappingMatches) {
  const auto unpack = [](std::initializer_list<int> packed, std::size_t size) -> std::optional<std::string> {
    std::vector<std::byte> in, out(size);
    for (const int b : packed) in.push_back(static_cast<std::byte>(b));
    if (!lzf_unpack(in, out)) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(out.data()), out.size());
  };
  EXPECT_EQ(unpack({1, 'a', 'b'}, 2), "ab");
  EXPECT_EQ(unpack({1, 'a', 'b', 2 << 5, 1}, 6), "ababab");              // a match over what it writes
  EXPECT_EQ(unpack({0, 'a', 7 << 5, 10, 0}, 20), std::string(20, 'a'));  // a long match
  EXPECT_EQ(unpack({0, 'a', 1 << 5, 1}, 4), std::nullopt);               // before the beginning
  EXPECT_EQ(unpack({1, 'a'}, 2), std::nullopt);                          // literals cut short
  EXPECT_EQ(unpack({0, 'a', 7 << 5, 10}, 20), std::nullopt);             // match cut short
  EXPECT_EQ(unpack({1, 'a', 'b'}, 3), std::nullopt);                     // too little
  EXPECT_EQ(unpack({1, 'a', 'b'}, 1), std::nullopt);                     // too much
}

}  // namespace
}  // namespace sweepmark
