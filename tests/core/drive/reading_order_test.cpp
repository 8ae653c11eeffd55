#include "core/drive/reading_order.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/support/small_drive.hpp"

namespace sweepmark {
namespace {

Drive drive_of(std::size_t points, bool rows_dropped) {
  Drive drive = test::small_drive();
  drive.read_sweep = [=](std::size_t) -> Result<PointCloud> {
    PointCloud cloud;
    std::vector<std::uint32_t> row(points);
    for (std::uint32_t i = 0; i < points; ++i) {
      row[i] = rows_dropped ? 2 * i : i;
      cloud.x.push_back(static_cast<float>(i * 7919u % 1000u));
      cloud.y.push_back(static_cast<float>(i % 31));
      cloud.z.push_back(0.0f);
    }
    cloud.channels.push_back({"row", row});
    if (rows_dropped) cloud.file_row = row;
    return cloud;
  };
  return drive;
}

TEST(ReadingOrder, LargeSweepsComeInDetailOrderWithTheRowsTheyHad) {
  for (const bool rows_dropped : {false, true}) {
    Drive drive = drive_of(101, rows_dropped);
    order_large_sweeps_when_reading(drive, 100);
    const PointCloud cloud = drive.read_sweep(3).value();
    ASSERT_EQ(cloud.chunks.size(), 1u);
    EXPECT_EQ(cloud.file_row, std::get<std::vector<std::uint32_t>>(cloud.channel("row")->values));
    EXPECT_FALSE(std::ranges::is_sorted(cloud.file_row));
    EXPECT_TRUE(drive.read_recorded_sweep(3)->chunks.empty());
  }
}

TEST(ReadingOrder, OthersComeAsTheyAre) {
  Drive drive = drive_of(100, false);
  order_large_sweeps_when_reading(drive, 100);
  EXPECT_TRUE(drive.read_sweep(3)->chunks.empty());
  EXPECT_TRUE(drive.read_sweep(3)->file_row.empty());
}

TEST(ReadingOrder, AnUnreadableSweepStaysAnError) {
  Drive drive = test::small_drive();
  drive.read_sweep = [](std::size_t) -> Result<PointCloud> { return fail(ErrorCode::malformed, "torn"); };
  order_large_sweeps_when_reading(drive);
  ASSERT_FALSE(drive.read_sweep(0));
  EXPECT_EQ(drive.read_sweep(0).error().message, "torn");
}

}  // namespace
}  // namespace sweepmark
