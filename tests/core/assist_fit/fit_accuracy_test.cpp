#include "core/quality/fit_accuracy.hpp"

#include <gtest/gtest.h>

namespace sweepmark {
namespace {

FitTrial trial(std::string class_name, double range, double bev_iou, double confidence, double ms) {
  FitTrial t;
  t.class_name = std::move(class_name);
  t.range = range;
  t.bev_iou = bev_iou;
  t.iou = 0.5 * bev_iou;
  t.fit.confidence = confidence;
  t.milliseconds = ms;
  return t;
}

TEST(FitRows, AreByClassAndRangeAndThenOfAll) {
  std::vector<FitTrial> trials = {trial("Car", 10, 0.9, 0.8, 1), trial("Car", 19.9, 0.6, 0.8, 5),
                                  trial("Car", 20, 0.4, 0.3, 2), trial("Van", 50, 0.7, 0.7, 4)};
  trials[0].heading_right = true;
  const std::vector<FitRow> rows = fit_rows(trials);
  std::vector<std::string> names;
  for (const FitRow& row : rows) names.push_back(row.class_name + " " + row.range);
  EXPECT_EQ(names, (std::vector<std::string>{"Car 0-20", "Car 20-40", "Car all", "Van 40+", "Van all",
                                             "all 0-20", "all 20-40", "all 40+", "all all"}));
  const FitRow& near_cars = rows[0];
  EXPECT_EQ(near_cars.clicks, 2u);
  EXPECT_DOUBLE_EQ(near_cars.share_at_0_5, 1.0);
  EXPECT_DOUBLE_EQ(near_cars.share_at_0_7, 0.5);
  EXPECT_DOUBLE_EQ(near_cars.mean_bev_iou, 0.75);
  EXPECT_DOUBLE_EQ(near_cars.mean_3d_iou, 0.375);
  EXPECT_DOUBLE_EQ(near_cars.heading_right, 0.5);
  const FitRow& all = rows.back();
  EXPECT_EQ(all.clicks, 4u);
  EXPECT_DOUBLE_EQ(all.share_at_0_7, 0.5);  // 0.7 itself counts
  EXPECT_DOUBLE_EQ(all.median_ms, 4);
}

TEST(FitRows, AreNoneWithoutClicks) {
  EXPECT_TRUE(fit_rows({}).empty());
  EXPECT_TRUE(reliability({}).empty());
}

TEST(FitReliability, IsByTenthsOfWhatWasStated) {
  const std::vector<FitTrial> trials = {trial("Car", 10, 0.9, 1.0, 1), trial("Car", 10, 0.7, 0.9, 1),
                                        trial("Car", 10, 0.2, 0.0, 1), trial("Car", 10, 0.5, 0.45, 1)};
  const std::vector<FitReliability> rows = reliability(trials);
  ASSERT_EQ(rows.size(), 3u);  // tenths without clicks have no row
  EXPECT_DOUBLE_EQ(rows[0].from, 0.0);
  EXPECT_DOUBLE_EQ(rows[0].mean_bev_iou, 0.2);
  EXPECT_DOUBLE_EQ(rows[1].from, 0.4);
  EXPECT_DOUBLE_EQ(rows[1].mean_confidence, 0.45);
  EXPECT_EQ(rows[2].clicks, 2u);  // 1.0 is of the last tenth
  EXPECT_DOUBLE_EQ(rows[2].mean_confidence, 0.95);
  EXPECT_DOUBLE_EQ(rows[2].share_at_0_7, 1.0);
}

}  // namespace
}  // namespace sweepmark
