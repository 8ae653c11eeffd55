// Our readers against PCL's on files PCL reads without harm.
#include <cmath>

#include "core/formats/cloud_reader.hpp"
#include "core/formats/columns.hpp"
#include "tests/core/formats/clouds/pcl_reference.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

std::vector<double> as_doubles(const ChannelValues& values) {
  return std::visit([](const auto& typed) { return std::vector<double>(typed.begin(), typed.end()); },
                    values);
}

std::size_t file_row(const PointCloud& cloud, std::size_t i) {
  return cloud.file_row.empty() ? i : cloud.file_row[i];
}

void expect_same(const PointCloud& cloud, const test::Columns& reference, double tolerance_m) {
  ASSERT_TRUE(reference.contains("x") || reference.contains("X"));
  const bool upper = reference.contains("X");
  const auto& x = reference.at(upper ? "X" : "x");
  const auto& y = reference.at(upper ? "Y" : "y");
  const auto& z = reference.at(upper ? "Z" : "z");
  ASSERT_EQ(cloud.size() + cloud.dropped, x.size());
  for (std::size_t i = 0; i < cloud.size(); ++i) {
    const std::size_t row = file_row(cloud, i);
    ASSERT_NEAR(cloud.position(i).x(), x[row], tolerance_m) << "row " << row;
    ASSERT_NEAR(cloud.position(i).y(), y[row], tolerance_m) << "row " << row;
    ASSERT_NEAR(cloud.position(i).z(), z[row], tolerance_m) << "row " << row;
  }
  EXPECT_EQ(cloud.channels.size() + 3, reference.size());
  for (const Channel& channel : cloud.channels) {
    ASSERT_TRUE(reference.contains(channel.name)) << channel.name;
    const std::vector<double> ours = as_doubles(channel.values);
    ASSERT_EQ(ours.size(), cloud.size());
    for (std::size_t i = 0; i < ours.size(); ++i)
      ASSERT_EQ(ours[i], reference.at(channel.name)[file_row(cloud, i)])
          << channel.name << " of row " << file_row(cloud, i);
  }
}

class RealPcd : public testing::TestWithParam<const char*> {};

TEST_P(RealPcd, AgreesWithPcl) {
  SWEEPMARK_NEEDS_REAL_DATA(GetParam());
  const auto file = test::real_data(GetParam());
  const auto cloud = read_cloud(file);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_GT(cloud->size(), 0u);
  // PCL holds UTM coordinates in float32, good to half a metre there; elsewhere the same bits are expected.
  expect_same(*cloud, test::pcl_read(file),
              std::string(GetParam()).find("utm17") == std::string::npos ? 0.0 : 0.5);
}

INSTANTIATE_TEST_SUITE_P(
    Files, RealPcd,
    testing::Values("pcd_folder/0000000124.pcd", "pcd_folder/0000000125.pcd",
                    "pcd_variants/pcl_pairwise/capture0001.pcd", "pcd_variants/pcl_room_scan1.pcd",
                    "pcd_variants/pcl_terrain/samp11-utm.pcd", "pcd_variants/python-pcl_bun0.pcd",
                    "pdal/pcd/utm17_space.pcd", "calib_opencalib/manual_calib/data/0.pcd",
                    "sly_and_kittiraw_annot/kitti_raw/velodyne_points/data/0000000001.pcd",
                    "pdal/ply/mesh.ply"));

class PclWritten : public testing::TestWithParam<test::PclStyle> {};

TEST_P(PclWritten, EveryNumberTypePaddingAndCountsAgree) {
  const test::TemporaryFolder folder;
  const auto file = folder / "everything.pcd";
  test::pcl_write_everything(file, 1000, GetParam());
  const auto cloud = read_cloud(file);
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_GE(cloud->dropped, 100u);
  EXPECT_TRUE(std::holds_alternative<std::vector<std::uint8_t>>(cloud->channel("byte")->values));
  EXPECT_TRUE(std::holds_alternative<std::vector<std::uint16_t>>(cloud->channel("ring")->values));
  EXPECT_TRUE(std::holds_alternative<std::vector<std::int32_t>>(cloud->channel("long")->values));
  EXPECT_TRUE(std::holds_alternative<std::vector<double>>(cloud->channel("exact")->values));
  const test::Columns reference = test::pcl_read(file);
  if (GetParam() == test::PclStyle::ascii) {
    // PCL writes float64 with the digits it is told to, and reads them back through its own parser: compare
    // what is there.
    ASSERT_EQ(cloud->size() + cloud->dropped, reference.at("x").size());
    EXPECT_EQ(cloud->channel_as_float("ring").front(),
              static_cast<float>(reference.at("ring")[file_row(*cloud, 0)]));
  }
  expect_same(*cloud, reference, 0.0);
}

INSTANTIATE_TEST_SUITE_P(Styles, PclWritten,
                         testing::Values(test::PclStyle::ascii, test::PclStyle::binary,
                                         test::PclStyle::binary_compressed));

TEST(BrokenRealFiles, NameWhatIsWrong) {
  SWEEPMARK_NEEDS_REAL_DATA("pdal/pcd/missingheader.pcd");
  const auto headless = read_cloud(test::real_data("pdal/pcd/missingheader.pcd"));
  ASSERT_FALSE(headless);
  EXPECT_EQ(headless.error().code, ErrorCode::malformed);
  EXPECT_EQ(headless.error().where.line, 1u);
  const auto flat = read_cloud(test::real_data("pdal/ply/sized_dims.ply"));
  ASSERT_FALSE(flat);
  EXPECT_EQ(flat.error().message, "fields x, y and z expected, found x, y, j, i");
}

TEST(RealPly, KeepsDoublesAndNames) {
  SWEEPMARK_NEEDS_REAL_DATA("pdal/ply/issue_2421.ply");
  const auto cloud = read_cloud(test::real_data("pdal/ply/issue_2421.ply"));
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  ASSERT_EQ(cloud->size(), 1u);
  EXPECT_NEAR(cloud->position(0).y(), 12345.67890, 1e-6);
  EXPECT_NEAR(cloud->position(0).z(), 1234567890.12345, 1e-3);
  EXPECT_EQ(std::get<std::vector<std::int32_t>>(cloud->channel("intensity")->values).front(), 1234567890);
}

}  // namespace
}  // namespace sweepmark
