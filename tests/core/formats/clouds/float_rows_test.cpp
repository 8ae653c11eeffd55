#include "core/formats/float_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>
#include <random>

#include "core/base/files.hpp"
#include "core/formats/cloud_reader.hpp"
#include "tests/support/real_data.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

struct RealRows {
  const char* file;
  std::size_t width;
};

class RealFloatRows : public testing::TestWithParam<RealRows> {};

std::vector<float> floats_of(const std::filesystem::path& file) {
  const auto bytes = read_bytes(file);
  std::vector<float> values(bytes->size() / sizeof(float));
  std::memcpy(values.data(), bytes->data(), values.size() * sizeof(float));
  return values;
}

TEST_P(RealFloatRows, WidthIsToldFromTheNumbers) {
  SWEEPMARK_NEEDS_REAL_DATA(GetParam().file);
  const std::vector<float> values = floats_of(test::real_data(GetParam().file));
  EXPECT_EQ(likely_row_width(values), GetParam().width);
  const auto cloud = read_cloud(test::real_data(GetParam().file));
  ASSERT_TRUE(cloud) << to_string(cloud.error());
  EXPECT_EQ(cloud->size(), values.size() / GetParam().width);
  EXPECT_EQ(cloud->channels.size(), GetParam().width - 3);
}

// Order within the sweep helps, but is not needed: the same rows shuffled, and cut to sizes that many widths
// divide.
TEST_P(RealFloatRows, WidthIsToldFromShuffledRows) {
  SWEEPMARK_NEEDS_REAL_DATA(GetParam().file);
  const std::vector<float> values = floats_of(test::real_data(GetParam().file));
  const std::size_t width = GetParam().width;
  std::vector<std::size_t> order(values.size() / width);
  std::iota(order.begin(), order.end(), 0u);
  std::shuffle(order.begin(), order.end(), std::mt19937(3));
  order.resize(std::min<std::size_t>(order.size(), 8400) / 420 * 420);
  std::vector<float> shuffled;
  for (const std::size_t row : order)
    shuffled.insert(shuffled.end(), values.begin() + static_cast<std::ptrdiff_t>(row * width),
                    values.begin() + static_cast<std::ptrdiff_t>((row + 1) * width));
  if (shuffled.empty()) return;  // a radar sweep has too few rows to cut
  EXPECT_EQ(likely_row_width(shuffled), width);
}

INSTANTIATE_TEST_SUITE_P(
    Files, RealFloatRows,
    testing::Values(
        RealRows{"kitti_object_full3/training/velodyne/000000.bin", 4},
        RealRows{"kitti_mmdet3d/000008.bin", 4}, RealRows{"semantickitti/spvnas/000000.bin", 4},
        RealRows{"kitti_tracking/training/velodyne/0052/000003.bin", 4},
        RealRows{"nuscenes_mmdet3d/n015-2018-07-24-11-22-45+0800__LIDAR_TOP__1532402927647951.pcd.bin", 5},
        RealRows{"view_of_delft/lidar/training/velodyne/00549.bin", 4},
        RealRows{"view_of_delft/radar/training/velodyne/00549.bin", 7}));

TEST(FloatRows, NuscenesColumnsAreNamed) {
  const char* file = "nuscenes_mmdet3d/n015-2018-07-24-11-22-45+0800__LIDAR_TOP__1532402927647951.pcd.bin";
  SWEEPMARK_NEEDS_REAL_DATA(file);
  const auto cloud = read_cloud(test::real_data(file));
  ASSERT_TRUE(cloud);
  const std::vector<float> rings = cloud->channel_as_float("ring");
  EXPECT_EQ(*std::ranges::max_element(rings), 31.0f);
  EXPECT_EQ(*std::ranges::min_element(rings), 0.0f);
  EXPECT_TRUE(cloud->channel("intensity"));
}

TEST(FloatRows, BareCoordinatesOfThreeColumns) {
  const char* file = "kitti_object_full3/training/velodyne/000000.bin";
  SWEEPMARK_NEEDS_REAL_DATA(file);
  const std::vector<float> values = floats_of(test::real_data(file));
  std::vector<float> bare;
  for (std::size_t i = 0; i + 3 < 4 * 42'000; i += 4)
    bare.insert(bare.end(), values.begin() + static_cast<std::ptrdiff_t>(i),
                values.begin() + static_cast<std::ptrdiff_t>(i) + 3);
  EXPECT_EQ(likely_row_width(bare), 3u);
}

TEST(FloatRows, OtherFilesAreRefused) {
  const test::TemporaryFolder folder;
  EXPECT_FALSE(read_cloud(folder.write("empty.bin", "")));
  EXPECT_FALSE(
      read_cloud(folder.write("text.bin", "this is not a cloud, though its name says so; it is a sentence")));
  std::string noise;
  std::mt19937 random(1);
  for (int i = 0; i < 12'000; ++i) noise += static_cast<char>(random());
  const auto cloud = read_cloud(folder.write("noise.bin", noise));
  ASSERT_FALSE(cloud);
  EXPECT_EQ(cloud.error().where.file, folder / "noise.bin");
}

TEST(FloatRows, ATruncatedFileSaysSo) {
  const char* file = "kitti_object_full3/training/velodyne/000000.bin";
  SWEEPMARK_NEEDS_REAL_DATA(file);
  const auto text = read_text(test::real_data(file));
  const test::TemporaryFolder folder;
  const auto cloud = read_cloud(folder.write("cut.bin", std::string_view(*text).substr(0, 100'003)));
  ASSERT_FALSE(cloud);
  EXPECT_EQ(cloud.error().message, "the file's 100003 bytes make no whole rows of 3 to 7 float32");
}

}  // namespace
}  // namespace sweepmark
