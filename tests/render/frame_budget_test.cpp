#include "render/frame_budget.hpp"

#include <gtest/gtest.h>

namespace sweepmark {
namespace {

// A machine that takes 4 ms a frame and 3 ms a million points.
double seconds_for(std::size_t points) {
  return 0.004 + 3e-9 * static_cast<double>(points);
}

TEST(FrameBudget, SettlesOnTheTimeItIsGiven) {
  FrameBudget budget(0.025);
  for (int frame = 0; frame < 8; ++frame) budget.record(budget.points(), seconds_for(budget.points()));
  EXPECT_NEAR(seconds_for(budget.points()), 0.025, 0.001);
}

TEST(FrameBudget, OneSlowFrameDoesNotStallThePicture) {
  FrameBudget budget(0.025);
  for (int frame = 0; frame < 8; ++frame) budget.record(budget.points(), seconds_for(budget.points()));
  budget.record(budget.points(), 0.5);
  for (int frame = 0; frame < 30; ++frame) budget.record(budget.points(), seconds_for(budget.points()));
  EXPECT_GT(seconds_for(budget.points()), 0.018);
  EXPECT_LT(seconds_for(budget.points()), 0.027);
}

TEST(FrameBudget, ShowsSomethingOnTheSlowestMachine) {
  FrameBudget budget(0.025);
  for (int frame = 0; frame < 5; ++frame) budget.record(budget.points(), 3.0);
  EXPECT_GE(budget.points(), 100'000u);
}

TEST(FrameBudget, FramesWithoutPointsAreNoReasonToStop) {
  FrameBudget budget(0.025);
  for (int frame = 0; frame < 5; ++frame) budget.record(0, 0.002);
  EXPECT_GE(budget.points(), 100'000u);
}

}  // namespace
}  // namespace sweepmark
