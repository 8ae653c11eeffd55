// The fit against boxes that people placed: KITTI's sequence 0000.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/assist/footprint_fit.hpp"
#include "core/base/units.hpp"
#include "core/formats/drive_reader.hpp"
#include "core/geometry/iou.hpp"
#include "core/quality/fit_accuracy.hpp"
#include "tests/support/real_data.hpp"

namespace sweepmark {
namespace {

double degrees_between_lines(double a, double b) {
  const double turn = std::abs(wrapped_angle(a - b));
  return degrees_from_radians(std::min(turn, std::numbers::pi - turn));
}

double median(std::vector<double> values) {
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
  return values[values.size() / 2];
}

TEST(FootprintFitOnRealCars, ComesCloseToWhatPeopleDrew) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0000");
  const auto drive = open_drive(test::real_data("kitti_tracking"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto truth = drive->read_truth();
  ASSERT_TRUE(truth) << to_string(truth.error());
  std::vector<double> ious, angles;
  for (const TruthBox& box : *truth) {
    const auto sweep = drive->sweep_at(box.time);
    if (!sweep || box.class_name != "Car") continue;
    const auto cloud = drive->read_sweep(*sweep);
    ASSERT_TRUE(cloud) << to_string(cloud.error());
    const Pose<Ego, Sensor> ego_from_cloud = drive->rig.ego_from(drive->sweeps[*sweep].lidar);
    if (points_in_box(*cloud, ego_from_cloud.inverse() * box.box).size() < 80) continue;
    // As a hand draws it: along the line of sight, with room to spare.
    const Eigen::Vector2d reach =
        (rotation_about_z(box.box.yaw()) * Eigen::Vector3d(box.box.length(), box.box.width(), 0)).head<2>();
    const Eigen::Vector2d other =
        (rotation_about_z(box.box.yaw()) * Eigen::Vector3d(box.box.length(), -box.box.width(), 0)).head<2>();
    const Footprint drawn{box.box.centre().metres.head<2>(), 0,
                          std::max(std::abs(reach.x()), std::abs(other.x())) + 0.8,
                          std::max(std::abs(reach.y()), std::abs(other.y())) + 0.8};
    const FootprintFit fit = fit_in_footprint(*cloud, ego_from_cloud, drawn, {4.2, 1.8, 1.5}, -1.7);
    ious.push_back(iou_3d(fit.box, box.box));
    angles.push_back(degrees_between_lines(fit.box.yaw(), box.box.yaw()));
  }
  ASSERT_GT(ious.size(), 20u);
  RecordProperty("cars", static_cast<int>(ious.size()));
  RecordProperty("median_iou", std::to_string(median(ious)));
  RecordProperty("median_angle_degrees", std::to_string(median(angles)));
  EXPECT_GT(median(ious), 0.6);
  EXPECT_LT(median(angles), 5.0);
}

TEST(OneClickOnRealCars, GivesMostlyGoodBoxesAndKnowsWhich) {
  SWEEPMARK_NEEDS_REAL_DATA("kitti_tracking/training/velodyne/0000");
  const auto drive = open_drive(test::real_data("kitti_tracking"), "0000");
  ASSERT_TRUE(drive) << to_string(drive.error());
  const auto trials = fit_trials(*drive, default_taxonomy(), {"Car", 50}, {});
  ASSERT_TRUE(trials) << to_string(trials.error());
  const std::vector<FitRow> rows = fit_rows(*trials);
  ASSERT_FALSE(rows.empty());
  EXPECT_EQ(rows.back().range, "all");
  EXPECT_GT(rows.back().clicks, 50u);
  EXPECT_GE(rows.back().share_at_0_7, 0.85);
  EXPECT_GE(rows.back().heading_right, 0.85);
  for (const FitReliability& row : reliability(*trials)) {
    if (row.clicks < 20) continue;
    EXPECT_NEAR(row.mean_confidence, row.mean_bev_iou, 0.15);
  }
}

}  // namespace
}  // namespace sweepmark
