#include "core/formats/columns.hpp"

#include <gtest/gtest.h>

namespace sweepmark {
namespace {

PointCloud cloud_with(Channel channel) {
  std::vector<Channel> columns = {
      {"x", std::vector<float>{1, 2}}, {"y", std::vector<float>{1, 2}}, {"z", std::vector<float>{1, 2}}};
  columns.push_back(std::move(channel));
  auto cloud = cloud_from_columns(std::move(columns), "a");
  EXPECT_TRUE(cloud);
  return std::move(*cloud);
}

TEST(Columns, SynonymsGetTheFixedNamesAndKeepTheirTypes) {
  EXPECT_TRUE(cloud_with({"i", std::vector<std::uint8_t>{1, 2}}).channel("intensity"));
  EXPECT_TRUE(cloud_with({"Reflectivity", std::vector<float>{1, 2}}).channel("intensity"));
  EXPECT_TRUE(cloud_with({"laser", std::vector<std::uint8_t>{1, 2}}).channel("ring"));
  const PointCloud channel = cloud_with({"channel", std::vector<std::uint16_t>{5, 6}});
  EXPECT_EQ(std::get<std::vector<std::uint16_t>>(channel.channel("ring")->values),
            (std::vector<std::uint16_t>{5, 6}));
}

TEST(Columns, TheRealNameWinsOverItsSynonyms) {
  std::vector<Channel> columns = {{"x", std::vector<float>{1}},
                                  {"y", std::vector<float>{1}},
                                  {"z", std::vector<float>{1}},
                                  {"reflectivity", std::vector<float>{3}},
                                  {"intensity", std::vector<float>{4}}};
  const auto cloud = cloud_from_columns(std::move(columns), "a");
  ASSERT_TRUE(cloud);
  EXPECT_EQ(cloud->channel_as_float("intensity").front(), 4.0f);
  EXPECT_EQ(cloud->channel_as_float("reflectivity").front(), 3.0f);
}

TEST(Columns, TimesBecomeSecondsWhereTheUnitIsCertain) {
  EXPECT_EQ(cloud_with({"t", std::vector<std::uint32_t>{0, 99'000'000}}).channel_as_float("time")[1],
            0.099f);  // ns
  EXPECT_EQ(cloud_with({"offset", std::vector<std::uint32_t>{0, 99'000}}).channel_as_float("time")[1],
            0.099f);                                                                                    // µs
  EXPECT_EQ(cloud_with({"time", std::vector<float>{-0.1f, 0.0f}}).channel_as_float("time")[0], -0.1f);  // s
  EXPECT_EQ(cloud_with({"timestamp", std::vector<double>{0.0, 0.05}}).channel_as_float("time")[1],
            0.05f);  // s
}

TEST(Columns, AbsoluteTimesStayAsTheyAre) {
  const PointCloud absolute = cloud_with({"timestamp", std::vector<double>{1.7e9, 1.7e9 + 0.1}});
  EXPECT_EQ(absolute.channel("time"), nullptr);
  EXPECT_EQ(std::get<std::vector<double>>(absolute.channel("timestamp")->values)[1], 1.7e9 + 0.1);
  EXPECT_TRUE(cloud_with({"time", std::vector<double>{1.7e18, 1.7e18}}).channel("timestamp"));
  EXPECT_TRUE(cloud_with({"t", std::vector<std::uint32_t>{500, 5000}}).channel("t")) << "of no certain unit";
}

TEST(Columns, ByteOrderAndAlignmentDoNotMatter) {
  const unsigned char bytes[] = {0, 0x12, 0x34, 0x56, 0x78, 0, 0x00, 0x00, 0x00, 0x07};
  const auto* first = reinterpret_cast<const std::byte*>(bytes) + 1;
  const auto big = gather_column(NumberType::u32, first, 5, 2, std::endian::big);
  EXPECT_EQ(std::get<std::vector<std::uint32_t>>(big), (std::vector<std::uint32_t>{0x12345678, 7}));
  const auto little = gather_column(NumberType::u32, first, 5, 1);
  EXPECT_EQ(std::get<std::vector<std::uint32_t>>(little).front(), 0x78563412u);
}

TEST(Columns, NumbersOfTextThatNoDoubleHolds) {
  std::string_view text = " 1e999 -1e999 1e-999 nan +5 x";
  double number = 0;
  ASSERT_TRUE(take_number(text, number));
  EXPECT_EQ(number, INFINITY);
  ASSERT_TRUE(take_number(text, number));
  EXPECT_EQ(number, -INFINITY);
  ASSERT_TRUE(take_number(text, number));
  EXPECT_EQ(number, 0.0);
  ASSERT_TRUE(take_number(text, number));
  EXPECT_TRUE(std::isnan(number));
  ASSERT_TRUE(take_number(text, number));
  EXPECT_EQ(number, 5.0);
  EXPECT_FALSE(take_number(text, number));
}

}  // namespace
}  // namespace sweepmark
