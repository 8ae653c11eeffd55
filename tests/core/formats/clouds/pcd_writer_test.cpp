#include "core/formats/pcd_writer.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/base/files.hpp"
#include "core/formats/cloud_reader.hpp"
#include "tests/core/formats/clouds/pcl_reference.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

template <class Number>
std::vector<Number> arbitrary_numbers(std::size_t count) {
  if constexpr (std::is_floating_point_v<Number>) {
    auto values = *rc::gen::container<std::vector<double>>(count, rc::gen::arbitrary<double>());
    std::vector<Number> result;
    for (const double value : values) result.push_back(static_cast<Number>(std::fmod(value, 5000.0)));
    return result;
  } else {
    return *rc::gen::container<std::vector<Number>>(count, rc::gen::arbitrary<Number>());
  }
}

PointCloud arbitrary_cloud(std::size_t points) {
  PointCloud cloud;
  cloud.x = arbitrary_numbers<float>(points);
  cloud.y = arbitrary_numbers<float>(points);
  cloud.z = arbitrary_numbers<float>(points);
  cloud.channels = {
      {"intensity", arbitrary_numbers<float>(points)},     {"ring", arbitrary_numbers<std::uint16_t>(points)},
      {"label", arbitrary_numbers<std::uint32_t>(points)}, {"flag", arbitrary_numbers<std::uint8_t>(points)},
      {"depth", arbitrary_numbers<std::int16_t>(points)},  {"shift", arbitrary_numbers<std::int32_t>(points)},
      {"octet", arbitrary_numbers<std::int8_t>(points)},   {"exact", arbitrary_numbers<double>(points)}};
  return cloud;
}

void check_same(const PointCloud& read, const PointCloud& written) {
  RC_ASSERT(read.x == written.x);
  RC_ASSERT(read.y == written.y);
  RC_ASSERT(read.z == written.z);
  RC_ASSERT(read.channels.size() == written.channels.size());
  for (std::size_t c = 0; c < read.channels.size(); ++c) {
    RC_ASSERT(read.channels[c].name == written.channels[c].name);
    RC_ASSERT(read.channels[c].values == written.channels[c].values);
  }
}

RC_GTEST_PROP(PcdWriter, WhatIsWrittenIsReadBackBitForBit, ()) {
  const PointCloud cloud = arbitrary_cloud(*rc::gen::inRange<std::size_t>(0, 30));
  const test::TemporaryFolder folder;
  for (const std::string& content : {pcd_ascii(cloud), pcd_binary(cloud)}) {
    const auto read = read_cloud(folder.write("a.pcd", content));
    RC_ASSERT(read.has_value());
    check_same(*read, cloud);
  }
}

TEST(PcdWriter, FarCloudsKeepTheirPlaces) {
  PointCloud cloud;
  cloud.origin = {512'743, 5'403'547, 308};
  cloud.x = {0.125f, 10.0f};
  cloud.y = {0.25f, -10.0f};
  cloud.z = {0.0f, 1.0f};
  const test::TemporaryFolder folder;
  ASSERT_TRUE(write_pcd(cloud, folder / "far.pcd"));
  const auto read = read_cloud(folder / "far.pcd");
  ASSERT_TRUE(read) << to_string(read.error());
  for (std::size_t i = 0; i < 2; ++i) EXPECT_EQ(read->position(i), cloud.position(i));
}

TEST(PcdWriter, PclReadsIt) {
  PointCloud cloud;
  cloud.x = {1, 2, 3};
  cloud.y = {4, 5, 6};
  cloud.z = {7, 8, 9};
  cloud.channels = {{"ring", std::vector<std::uint16_t>{1, 2, 3}},
                    {"rgb", std::vector<std::uint32_t>{0x010203, 0xffffff, 0}}};
  const test::TemporaryFolder folder;
  for (const std::string& content : {pcd_ascii(cloud), pcd_binary(cloud)}) {
    const test::Columns columns = test::pcl_read(folder.write("a.pcd", content));
    ASSERT_EQ(columns.size(), 5u);
    EXPECT_EQ(columns.at("y"), (std::vector<double>{4, 5, 6}));
    EXPECT_EQ(columns.at("ring"), (std::vector<double>{1, 2, 3}));
    EXPECT_EQ(columns.at("rgb"), (std::vector<double>{0x010203, 0xffffff, 0}));
  }
}

}  // namespace
}  // namespace sweepmark
