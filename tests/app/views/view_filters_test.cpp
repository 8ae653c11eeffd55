#include "app/gui/view_filters.hpp"

#include <gtest/gtest.h>

namespace sweepmark::gui {
namespace {

Box3<World> box_at(double x) {
  return {Pose<World, BoxLocal>(Eigen::Quaterniond::Identity(), {x, 0, 0}), {4, 2, 1.5}};
}

TEST(ViewFilters, LeaveNothingOutAtFirst) {
  EXPECT_TRUE(point_filter({}, {}).lets_all_through());
  EXPECT_EQ(filter_text({}, {}), "");
}

TEST(ViewFilters, HeightIsOverTheGround) {
  ViewFilters filters;
  filters.height = {true, 0.2, 2.5};
  FilterMoment moment;
  moment.ground = -1.7;
  const PointFilter filter = point_filter(filters, moment);
  ASSERT_TRUE(filter.height);
  EXPECT_DOUBLE_EQ(filter.height->low, -1.5);
  EXPECT_DOUBLE_EQ(filter.height->high, 0.8);
  EXPECT_EQ(filter_text(filters, moment), "height 0.2 … 2.5 m");
}

TEST(ViewFilters, TheSelectedBoxIsTakenBeforeTheClippingBox) {
  ViewFilters filters;
  filters.clipping = filters.inside_selected = true;
  filters.clip = ClippingBox{box_at(50), "log7"};
  filters.margin = 0.25;
  FilterMoment moment;
  moment.drive = "log7";
  EXPECT_EQ(point_filter(filters, moment).clip->centre().x(), 50);
  EXPECT_EQ(filter_text(filters, moment), "clipping box");
  moment.selected = box_at(7);
  moment.selected_name = "Car 3";
  const auto clip = point_filter(filters, moment).clip;
  EXPECT_EQ(clip->centre().x(), 7);
  EXPECT_EQ(clip->size, Eigen::Vector3d(4.5, 2.5, 2.0));
  EXPECT_EQ(filter_text(filters, moment), "Car 3 and 0.25 m round it");
}

TEST(ViewFilters, AClippingBoxOfAnotherDriveClipsNothing) {
  ViewFilters filters;
  filters.clipping = true;
  filters.clip = ClippingBox{box_at(50), "log7"};
  FilterMoment moment;
  moment.drive = "log8";
  EXPECT_FALSE(point_filter(filters, moment).clip);
  EXPECT_EQ(filter_text(filters, moment), "");
}

TEST(ViewFilters, ClassesAndLabelsAreSaid) {
  ViewFilters filters;
  filters.hidden_classes = {2, 5};
  filters.shown = PointsShown::unannotated;
  const PointFilter filter = point_filter(filters, {});
  EXPECT_EQ(filter.hidden_classes, (std::vector<std::uint16_t>{2, 5}));
  EXPECT_EQ(filter.shown, PointsShown::unannotated);
  EXPECT_EQ(filter_text(filters, {}), "not annotated · 2 classes hidden");
}

TEST(ViewFilters, TurnedOffTheyKeepTheirNumbers) {
  ViewFilters filters;
  filters.height = {true, 1, 2};
  filters.clipping = true;
  filters.clip = ClippingBox{box_at(1), "log7"};
  filters.hidden_classes = {1};
  turn_off(filters);
  FilterMoment moment;
  moment.drive = "log7";
  EXPECT_TRUE(point_filter(filters, moment).lets_all_through());
  EXPECT_EQ(filters.height.low, 1);
  EXPECT_TRUE(filters.clip);
}

}  // namespace
}  // namespace sweepmark::gui
