#include "core/cloud/detail_order.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>
#include <set>

#include "core/cloud/morton_grid.hpp"

namespace sweepmark {
namespace {

// A street: ground, two walls, some scatter; dense where the vehicle is.
PointCloud street(std::size_t points, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> along(0, 30), noise(0, 0.05f);
  std::uniform_real_distribution<float> unit(0, 1);
  PointCloud cloud;
  std::vector<std::uint32_t> number(points);
  std::iota(number.begin(), number.end(), 0u);
  for (std::size_t i = 0; i < points; ++i) {
    const int kind = static_cast<int>(random() % 3);
    cloud.x.push_back(along(random));
    cloud.y.push_back(kind == 0 ? 20 * unit(random) - 10 : (kind == 1 ? 10.0f : -10.0f) + noise(random));
    cloud.z.push_back(kind == 0 ? noise(random) : 8 * unit(random));
  }
  cloud.channels.push_back({"number", std::move(number)});
  return cloud;
}

using Voxel = std::array<int, 3>;
template <class Indices>
std::size_t occupied(const PointCloud& cloud, const Indices& points, float edge) {
  std::set<Voxel> voxels;
  for (const std::size_t i : points)
    voxels.insert({static_cast<int>(std::floor(cloud.x[i] / edge)),
                   static_cast<int>(std::floor(cloud.y[i] / edge)),
                   static_cast<int>(std::floor(cloud.z[i] / edge))});
  return voxels.size();
}

const std::vector<std::uint32_t>& numbers(const PointCloud& cloud) {
  return std::get<std::vector<std::uint32_t>>(cloud.channel("number")->values);
}

void expect_same_points(const PointCloud& before, const PointCloud& after) {
  ASSERT_EQ(after.size(), before.size());
  ASSERT_EQ(after.file_row.size(), before.size());
  std::vector<bool> seen(before.size());
  for (std::size_t i = 0; i < after.size(); ++i) {
    const std::uint32_t from = numbers(after)[i];
    ASSERT_FALSE(seen[from]);
    seen[from] = true;
    ASSERT_EQ(after.x[i], before.x[from]);
    ASSERT_EQ(after.y[i], before.y[from]);
    ASSERT_EQ(after.z[i], before.z[from]);
    ASSERT_EQ(after.file_row[i], before.file_row.empty() ? from : before.file_row[from]);
  }
}

void expect_sound_chunks(const PointCloud& cloud) {
  std::uint32_t next = 0;
  for (const CloudChunk& chunk : cloud.chunks) {
    ASSERT_EQ(chunk.begin, next);
    ASSERT_GT(chunk.end, chunk.begin);
    ASSERT_LE(chunk.end - chunk.begin, chunk_points_most);
    ASSERT_GE(chunk.end - chunk.begin, std::min(chunk_points_least, cloud.size()));
    Eigen::Vector3f low = chunk.high, high = chunk.low;
    for (std::uint32_t i = chunk.begin; i < chunk.end; ++i) {
      low = low.cwiseMin(Eigen::Vector3f(cloud.x[i], cloud.y[i], cloud.z[i]));
      high = high.cwiseMax(Eigen::Vector3f(cloud.x[i], cloud.y[i], cloud.z[i]));
    }
    ASSERT_EQ(low, chunk.low);
    ASSERT_EQ(high, chunk.high);
    next = chunk.end;
  }
  ASSERT_EQ(next, cloud.size());
}

RC_GTEST_PROP(DetailOrder, KeepsEveryPointWithItsChannelsAndRow, ()) {
  const auto coordinate =
      rc::gen::map(rc::gen::inRange(-2000, 2000), [](int v) { return 0.05f * static_cast<float>(v); });
  const auto count = *rc::gen::inRange<std::size_t>(0, 300);
  PointCloud cloud;
  cloud.x = *rc::gen::container<std::vector<float>>(count, coordinate);
  cloud.y = *rc::gen::container<std::vector<float>>(count, coordinate);
  cloud.z = *rc::gen::container<std::vector<float>>(count, rc::gen::element(0.0f, 1.0f));
  std::vector<std::uint32_t> number(count);
  std::iota(number.begin(), number.end(), 0u);
  cloud.channels.push_back({"number", number});
  if (*rc::gen::arbitrary<bool>())
    for (const std::uint32_t i : number) cloud.file_row.push_back(2 * i + 1);
  PointCloud ordered = cloud;
  put_in_detail_order(ordered);
  expect_same_points(cloud, ordered);
  expect_sound_chunks(ordered);
}

TEST(DetailOrder, LargeCloudsComeInChunksThatCoverThem) {
  for (const std::size_t points : {32'768u, 65'536u, 65'537u, 98'304u, 1'000'003u}) {
    const PointCloud cloud = street(points, 3);
    PointCloud ordered = cloud;
    put_in_detail_order(ordered);
    expect_same_points(cloud, ordered);
    expect_sound_chunks(ordered);
  }
}

TEST(DetailOrder, IsTheSameForAnyNumberOfThreads) {
  PointCloud one = street(700'000, 5), three = one;
  put_in_detail_order(one, 1);
  put_in_detail_order(three, 3);
  EXPECT_EQ(numbers(one), numbers(three));
}

TEST(DetailOrder, AnyBeginningOfAChunkIsSpreadOverIt) {
  PointCloud cloud = street(100'000, 7);
  put_in_detail_order(cloud);
  std::mt19937 random(1);
  for (const CloudChunk& chunk : cloud.chunks)
    for (const std::uint32_t share : {4u, 16u, 64u}) {
      const std::uint32_t size = chunk.end - chunk.begin;
      std::vector<std::uint32_t> all(size), beginning, any;
      std::iota(all.begin(), all.end(), chunk.begin);
      beginning.assign(all.begin(), all.begin() + size / share);
      std::ranges::sample(all, std::back_inserter(any), size / share, random);
      // Voxels of which there are about as many as points are looked at.
      float edge = 0.2f;
      while (occupied(cloud, all, edge) > 2 * beginning.size()) edge *= 1.4f;
      EXPECT_GT(occupied(cloud, beginning, edge), 1.02 * static_cast<double>(occupied(cloud, any, edge)))
          << "1/" << share << " of the chunk at " << chunk.begin;
    }
}

TEST(DetailOrder, ChunksAreMuchSmallerThanTheCloud) {
  PointCloud cloud = street(1'000'000, 9);
  put_in_detail_order(cloud);
  double volume = 0.0;
  for (const CloudChunk& chunk : cloud.chunks) volume += (chunk.high - chunk.low).cast<double>().prod();
  const auto extent = [](const std::vector<float>& v) {
    return static_cast<double>(std::ranges::max(v)) - std::ranges::min(v);
  };
  const double whole = extent(cloud.x) * extent(cloud.y) * extent(cloud.z);
  EXPECT_LT(volume / static_cast<double>(cloud.chunks.size()), 0.15 * whole);
}

TEST(DetailOrder, PointsFarOffDoNotMakeCellsCoarse) {
  PointCloud cloud = street(300'000, 11);
  cloud.x[17] = 3e38f;
  cloud.y[18] = -3e38f;
  const MortonGrid grid = MortonGrid::over(cloud);
  EXPECT_NE(grid.code(0, 0, 0), grid.code(0, 1, 0));
  EXPECT_NE(grid.code(0, 0, 0), grid.code(1, 0, 0));
  put_in_detail_order(cloud);
  expect_sound_chunks(cloud);
}

TEST(DetailOrder, ManyPointsOfOnePlaceAreCutAllTheSame) {
  PointCloud cloud;
  cloud.x.assign(200'000, 1.5f);
  cloud.y = cloud.z = cloud.x;
  put_in_detail_order(cloud);
  expect_sound_chunks(cloud);
}

TEST(MortonGrid, SpendsItsBitsOnTheAxesThatAreLong) {
  const MortonGrid flat(Eigen::Vector3d::Zero(), {100, 100, 0});
  EXPECT_EQ(flat.bits(), 32u);
  const MortonGrid line(Eigen::Vector3d::Zero(), {100, 0, 0});
  EXPECT_EQ(line.bits(), 16u);
  EXPECT_EQ(MortonGrid(Eigen::Vector3d::Zero(), Eigen::Vector3d::Zero()).bits(), 0u);
  const MortonGrid cube(Eigen::Vector3d::Zero(), {8, 8, 8});
  EXPECT_EQ(cube.bits(), 30u);
  EXPECT_EQ(cube.code(7.999f, 7.999f, 7.999f), (1u << 30) - 1);
  EXPECT_EQ(cube.code(4, 0, 0), 1u << 29);
  EXPECT_EQ(cube.code(0, 4, 0), 1u << 28);
  EXPECT_EQ(cube.code(0, 0, 4), 1u << 27);
}

}  // namespace
}  // namespace sweepmark
