#include "core/stack/stack_source.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>

#include "core/stack/stack_path.hpp"
#include "tests/support/small_drive.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

std::vector<std::uint32_t> sweeps_of(const StackRequest& request) {
  const Drive drive = test::small_drive();
  std::vector<std::uint32_t> sweeps;
  const StackSource source = stack_source(drive, drive.trajectory, request).value();
  for (const StackSweep& sweep : source.sweeps) sweeps.push_back(sweep.sweep);
  return sweeps;
}

TEST(StackSource, TakesTheSweepsThatAreAskedFor) {
  EXPECT_EQ(sweeps_of({}).size(), 10u);
  EXPECT_EQ(sweeps_of({.first = 1, .end = 8, .step = 3}), (std::vector<std::uint32_t>{1, 4, 7}));
  EXPECT_EQ(sweeps_of({.first = 9, .end = 100, .step = SIZE_MAX}), (std::vector<std::uint32_t>{9}));
  const Drive drive = test::small_drive();
  const auto source = stack_source(drive, drive.trajectory, {.first = 4, .end = 5}).value();
  EXPECT_EQ(source.sweeps[0].world_from_ego.translation().x(), 4.0);
  for (const StackRequest& none : {StackRequest{.first = 10}, {.step = 0}, {.first = 5, .end = 5}}) {
    const auto refused = stack_source(drive, drive.trajectory, none);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  }
}

TEST(StackSource, FingerprintTellsWhatDecidesThePoints) {
  const test::TemporaryFolder folder;
  Drive drive = test::small_drive();
  drive.sweeps[3].file = folder.write("3.bin", "points");
  double box_x = 1.0;
  const BoxesAt boxes = [&](std::size_t) {
    return std::vector<StackBox>{
        {TrackId(1), upright_box(Point<Ego>(box_x, 0, 0), 0.0, {4, 2, 2}), true},
        {TrackId(2), upright_box(Point<Ego>(9 * box_x, 0, 0), 0.0, {4, 2, 2}), false}};
  };
  const auto print = [&](const StackRequest& request = {}) {
    return stack_source(drive, drive.trajectory, request, boxes).value().fingerprint;
  };
  const auto left_out = [&] { return print({.movers = Movers::left_out}); };
  const std::uint64_t first = print(), first_left_out = left_out();
  EXPECT_EQ(print(), first);
  EXPECT_EQ(print({.first = 0, .end = 10}), first);  // the same sweeps
  std::set<std::uint64_t> seen = {first,
                                  first_left_out,
                                  print({.movers = Movers::own_frame}),
                                  print({.step = 2}),
                                  print({.first = 1}),
                                  print({.box_margin_m = 0.2})};
  EXPECT_EQ(seen.size(), 6u);
  box_x = 1.5;
  EXPECT_EQ(print(), first);  // boxes count where they are used
  EXPECT_TRUE(seen.insert(left_out()).second);
  folder.write("3.bin", "more points");
  EXPECT_TRUE(seen.insert(print()).second);
  auto poses = drive.trajectory.poses();
  poses[9].world_from_ego = Pose<World, Ego>(Eigen::Quaterniond::Identity(), {9, 1e-9, 0});
  drive.trajectory = Trajectory(poses, PoseSource::recorded);
  EXPECT_TRUE(seen.insert(print()).second);
}

TEST(StackPath, LiesInTheUsersCacheFolder) {
  Drive drive = test::small_drive();
  drive.name = "log/7 ü";
  StackSource source;
  source.fingerprint = 0xabc;
  ::setenv("XDG_CACHE_HOME", "/var/cache/someone", 1);
  EXPECT_EQ(default_stack_path(drive, source),
            "/var/cache/someone/sweepmark/stacks/log-7----0000000000000abc.stack");
  ::setenv("XDG_CACHE_HOME", "relative", 1);
  ::setenv("HOME", "/home/someone", 1);
  EXPECT_EQ(stack_cache_folder(), "/home/someone/.cache/sweepmark/stacks");
  ::unsetenv("XDG_CACHE_HOME");
}

}  // namespace
}  // namespace sweepmark
