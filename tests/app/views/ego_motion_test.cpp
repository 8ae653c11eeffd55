// What is said of an estimate of the vehicle's motion.
#include "app/gui/shell/ego_motion.hpp"

#include <gtest/gtest.h>

namespace sweepmark::gui {
namespace {

Odometry three_sweeps() {
  Odometry odometry;
  odometry.trajectory = Trajectory({{{0}, {}}, {{1}, {}}, {{2}, {}}}, PoseSource::estimated);
  odometry.steps.resize(3);
  return odometry;
}

TEST(EgoMotion, ASoundEstimateIsNoWarning) {
  const Message said = said_of(three_sweeps());
  EXPECT_EQ(said.kind, Message::Kind::info);
  EXPECT_NE(said.text.find("3 sweeps"), std::string::npos) << said.text;
}

TEST(EgoMotion, WhatWasBridgedOrIsUnsureIsSaidWithItsReason) {
  Odometry odometry = three_sweeps();
  odometry.steps[1].bridged = true;
  odometry.warnings = {"1.bin cannot be read", "b", "c", "d"};
  Message said = said_of(odometry);
  EXPECT_EQ(said.kind, Message::Kind::warning);
  EXPECT_NE(said.text.find("1 could not be used"), std::string::npos) << said.text;
  EXPECT_NE(said.text.find("1.bin cannot be read"), std::string::npos) << said.text;
  EXPECT_NE(said.text.find("1 more"), std::string::npos) << said.text;
  odometry = three_sweeps();
  odometry.steps[2].unsure = true;
  said = said_of(odometry);
  EXPECT_EQ(said.kind, Message::Kind::warning);
  EXPECT_NE(said.text.find("1 is unsure"), std::string::npos) << said.text;
}

}  // namespace
}  // namespace sweepmark::gui
