#include "core/assist/voxel_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

namespace sweepmark {
namespace {

std::vector<Eigen::Vector3d> random_points(std::size_t count) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> place(-20.0, 20.0);
  std::vector<Eigen::Vector3d> points;
  for (std::size_t i = 0; i < count; ++i)
    points.emplace_back(place(random), place(random), place(random) / 10);
  return points;
}

VoxelMap map_of(const std::vector<Eigen::Vector3d>& points, double edge) {
  VoxelMap map(edge);
  for (const Eigen::Vector3d& point : points) map.add(point);
  return map;
}

Eigen::Vector3d mean_in(const VoxelMap& map, const Voxel& voxel) {
  const Moments& m = voxel.moments;
  return map.low_corner(voxel.cell) + map.quantum() / static_cast<double>(m.count) *
                                          Eigen::Vector3d(static_cast<double>(m.sum[0]),
                                                          static_cast<double>(m.sum[1]),
                                                          static_cast<double>(m.sum[2]));
}

bool same(const Voxel& a, const Voxel& b) {
  return a.cell == b.cell && a.moments.count == b.moments.count && a.moments.sum == b.moments.sum &&
         a.moments.squares == b.moments.squares;
}

TEST(VoxelMap, HoldsEveryPointInTheCubeItLiesIn) {
  const auto points = random_points(5000);
  const VoxelMap map = map_of(points, 0.5);
  std::int64_t count = 0;
  for (const Voxel& voxel : map.voxels()) {
    count += voxel.moments.count;
    EXPECT_EQ(&map.voxels()[map.index_of(voxel.cell)], &voxel);
    const Eigen::Vector3d within = mean_in(map, voxel) - map.low_corner(voxel.cell);
    EXPECT_GE(within.minCoeff(), 0.0);
    EXPECT_LE(within.maxCoeff(), 0.5);
  }
  EXPECT_EQ(count, 5000);
  EXPECT_EQ(map.index_of({1000, 0, 0}), VoxelMap::none);
}

TEST(VoxelMap, SortedItDoesNotShowTheOrderOfThePoints) {
  auto points = random_points(5000);
  VoxelMap forward = map_of(points, 0.7);
  std::ranges::shuffle(points, std::mt19937(5));
  VoxelMap shuffled = map_of(points, 0.7);
  forward.sort();
  shuffled.sort();
  ASSERT_EQ(forward.size(), shuffled.size());
  for (std::size_t i = 0; i < forward.size(); ++i)
    EXPECT_TRUE(same(forward.voxels()[i], shuffled.voxels()[i]));
}

TEST(VoxelMap, CoarserCubesHoldTheSamePoints) {
  const auto points = random_points(3000);
  const VoxelMap coarse = map_of(points, 0.5).coarser(), direct = map_of(points, 1.0);
  std::int64_t count = 0;
  for (const Voxel& voxel : coarse.voxels()) {
    count += voxel.moments.count;
    const std::uint32_t index = direct.index_of(voxel.cell);
    if (index == VoxelMap::none || direct.voxels()[index].moments.count != voxel.moments.count) continue;
    // Apart only by how finely places are stored.
    EXPECT_LT((mean_in(coarse, voxel) - mean_in(direct, direct.voxels()[index])).norm(), 1e-3);
  }
  EXPECT_EQ(count, 3000);
  EXPECT_DOUBLE_EQ(coarse.edge(), 1.0);
}

TEST(VoxelMap, MomentsMoveExactly) {
  Moments here, there;
  std::mt19937 random(3);
  std::uniform_int_distribution<std::int64_t> place(0, 2047);
  for (int i = 0; i < 100; ++i) {
    const std::int64_t x = place(random), y = place(random), z = place(random);
    here.add(x, y, z);
    there.add(x - 2048, y + 2048, z + 4096);
  }
  const Moments moved = here.moved(-2048, 2048, 4096);
  EXPECT_EQ(moved.count, there.count);
  EXPECT_EQ(moved.sum, there.sum);
  EXPECT_EQ(moved.squares, there.squares);
}

TEST(VoxelMap, PassesOverWhatHasNoPlace) {
  VoxelMap map(0.5);
  const double nan = std::numeric_limits<double>::quiet_NaN(), inf = std::numeric_limits<double>::infinity();
  for (const double odd : {nan, inf, -inf, 1e300, -1e9})
    for (int axis = 0; axis < 3; ++axis) {
      Eigen::Vector3d point(1, 2, 3);
      point[axis] = odd;
      EXPECT_EQ(map.add(point), VoxelMap::none);
    }
  EXPECT_EQ(map.size(), 0u);
  EXPECT_EQ(map.index_of(map.cell_of({1e300, -1e300, 0})), VoxelMap::none);
}

TEST(VoxelMap, ForgetsWhatIsFarAndKeepsTheOrderOfTheRest) {
  VoxelMap map = map_of(random_points(3000), 0.5);
  const std::vector<Voxel> before(map.voxels().begin(), map.voxels().end());
  const auto kept = map.keep_within({5, 5, 0}, 8.0);
  ASSERT_EQ(kept.size(), map.size());
  ASSERT_LT(kept.size(), before.size());
  for (std::uint32_t i = 0; i < kept.size(); ++i) {
    EXPECT_TRUE(same(map.voxels()[i], before[kept[i]]));
    EXPECT_EQ(map.index_of(map.voxels()[i].cell), i);
    EXPECT_LE((map.low_corner(map.voxels()[i].cell) - Eigen::Vector3d(5, 5, 0)).norm(), 8.0);
  }
}

TEST(VoxelMap, ACubeThatIsFullTakesNoMore) {
  VoxelMap map(1.0);
  for (int i = 0; i < 10; ++i) map.add({0.5, 0.5, 0.5}, 4);
  EXPECT_EQ(map.voxels()[0].moments.count, 4);
}

}  // namespace
}  // namespace sweepmark
