#include "core/cloud/point_cloud.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <limits>

namespace sweepmark {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(PointCloud, DropsRowsWithoutCoordinatesFromEveryChannel) {
  const PointCloud cloud =
      make_point_cloud(std::vector<double>{1, nan, 3, 4e300, 5}, {1, 2, 3, 4, 5}, {0, 0, 0, 0, 0},
                       {{"intensity", std::vector<float>{10, 20, 30, 40, 50}},
                        {"ring", std::vector<std::uint8_t>{1, 2, 3, 4, 5}}});
  EXPECT_EQ(cloud.x, (std::vector<float>{1, 3, 5}));
  EXPECT_EQ(cloud.dropped, 2u);
  EXPECT_EQ(cloud.file_row, (std::vector<std::uint32_t>{0, 2, 4}));
  EXPECT_EQ(cloud.channel_as_float("intensity"), (std::vector<float>{10, 30, 50}));
  EXPECT_EQ(cloud.channel_as_float("ring"), (std::vector<float>{1, 3, 5}));
  EXPECT_TRUE(cloud.channel_as_float("colour").empty());
}

TEST(PointCloud, KeepsMillimetresFarFromTheOrigin) {
  const std::vector<double> x = {5'400'000.001, 5'400'123.456}, y = {320'000.25, 320'001.75},
                            z = {112.5, 113.125};
  const PointCloud cloud = make_point_cloud(x, y, z, {});
  EXPECT_EQ(cloud.origin.x(), 5'400'000.0);
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_LT((cloud.position(i) - Eigen::Vector3d(x[i], y[i], z[i])).norm(), 1e-4);
}

TEST(PointCloud, NearCloudsKeepTheZeroOriginAndTheirFloats) {
  const PointCloud cloud = make_point_cloud(std::vector<float>{1.5f, -2}, {0, 0}, {0, 0}, {});
  EXPECT_TRUE(cloud.origin.isZero());
  EXPECT_TRUE(cloud.file_row.empty());
  EXPECT_EQ(cloud.x[0], 1.5f);
}

RC_GTEST_PROP(PointCloud, PointsInABoxAreThoseTheBoxContains, ()) {
  const auto number = [](double low, double high) {
    return low + (high - low) * *rc::gen::inRange(0, 1001) / 1000.0;
  };
  std::vector<double> x, y, z;
  for (int i = 0; i < 60; ++i) {
    x.push_back(number(-6, 6));
    y.push_back(number(-6, 6));
    z.push_back(number(-3, 3));
  }
  const PointCloud cloud = make_point_cloud(x, y, z, {});
  const Box3<Sensor> box{
      Pose<Sensor, BoxLocal>(Eigen::Quaterniond(Eigen::AngleAxisd(
                                 number(-3, 3), Eigen::Vector3d(0.2, number(-1, 1), 1).normalized())),
                             {number(-2, 2), number(-2, 2), number(-1, 1)}),
      {number(1, 8), number(1, 4), number(1, 3)}};
  std::vector<std::uint32_t> expected;
  for (std::uint32_t i = 0; i < cloud.size(); ++i) {
    const Eigen::Vector3d local =
        (box.pose.inverse() * Point<Sensor>(cloud.position(i))).metres.cwiseAbs() - 0.5 * box.size;
    RC_PRE(local.cwiseAbs().minCoeff() > 1e-4);  // not on a face, where float and double may differ
    if (local.maxCoeff() < 0) expected.push_back(i);
  }
  RC_ASSERT(points_in_box(cloud, box) == expected);
}

}  // namespace
}  // namespace sweepmark
