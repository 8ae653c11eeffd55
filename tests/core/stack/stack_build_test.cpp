#include "core/stack/stack_build.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <optional>
#include <set>
#include <thread>

#include "core/stack/stack_file.hpp"
#include "tests/core/stack/made_up_sweeps.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::bytes_of;
using test::made_up_source;
using test::made_up_sweep;
using test::TemporaryFolder;

struct Found {
  StackRow row;
  Eigen::Vector3d position;
  float intensity = 0;
};

// All points of all layers by where they come from; each at most once.
std::vector<Found> points_of(const std::filesystem::path& file) {
  std::vector<Found> all;
  const auto stack = StackFile::open(file).value();
  stack->refresh();
  EXPECT_TRUE(stack->complete());
  for (std::uint32_t b = 0; b < stack->blocks(); ++b)
    for (std::uint32_t level = 0; level < stack_levels; ++level) {
      const PointCloud layer = stack->read_layer({b, level}).value();
      const std::vector<float> intensity = layer.channel_as_float("intensity");
      const auto& source = std::get<std::vector<std::uint32_t>>(layer.channel("source")->values);
      for (std::size_t i = 0; i < layer.size(); ++i)
        all.push_back({row_of(stack->block(b).slots, source[i]).value(), layer.position(i),
                       intensity.empty() ? 0 : intensity[i]});
    }
  std::ranges::sort(all, {}, &Found::row);
  EXPECT_EQ(std::ranges::adjacent_find(all, {}, &Found::row), all.end());
  return all;
}

Eigen::Vector3d in_world(const StackSweep& sweep, const PointCloud& cloud, std::size_t i) {
  return (sweep.world_from_ego * sweep.ego_from_sensor * Point<Sensor>(cloud.position(i))).metres;
}

void expect_every_point(const StackSource& source, const std::vector<Found>& found, double tolerance_m) {
  std::size_t expected = 0;
  for (const StackSweep& sweep : source.sweeps) {
    const auto cloud = source.read(sweep.sweep);
    if (!cloud) continue;
    const std::vector<float> intensity = cloud->channel_as_float("intensity");
    for (std::size_t i = 0; i < cloud->size(); ++i, ++expected) {
      const std::uint32_t row = cloud->file_row.empty() ? static_cast<std::uint32_t>(i) : cloud->file_row[i];
      const auto point = std::ranges::lower_bound(found, StackRow{sweep.sweep, row}, {}, &Found::row);
      ASSERT_TRUE(point != found.end() && point->row == StackRow(sweep.sweep, row))
          << "row " << row << " of sweep " << sweep.sweep;
      ASSERT_LT((point->position - in_world(sweep, *cloud, i)).norm(), tolerance_m);
      ASSERT_EQ(point->intensity, intensity[i]);
    }
  }
  ASSERT_EQ(found.size(), expected);
}

TEST(StackBuild, HasEveryPointOnceWhereItIsInTheWorld) {
  const TemporaryFolder folder;
  const StackSource source = made_up_source(600, 70);
  const StackBuilt built = build_stack(source, folder / "a.stack").value();
  EXPECT_EQ(built.points, 42'000u);
  EXPECT_EQ(built.blocks, 3u);  // 256 sweeps at most
  EXPECT_EQ(built.resumed_points, 0u);
  EXPECT_EQ(built.bytes, std::filesystem::file_size(folder / "a.stack"));
  expect_every_point(source, points_of(folder / "a.stack"), 1e-4);
}

TEST(StackBuild, DividesLargeSweepsBetweenBlocks) {
  const TemporaryFolder folder;
  const StackSource source = made_up_source(3, 500'000);
  const StackBuilt built = build_stack(source, folder / "a.stack").value();
  EXPECT_EQ(built.blocks, 2u);
  expect_every_point(source, points_of(folder / "a.stack"), 1e-4);
}

TEST(StackBuild, KeepsMillimetresInUtmCoordinatesAndFarAlong) {
  const TemporaryFolder folder;
  StackSource source = made_up_source(300, 60);
  for (std::size_t i = 0; i < source.sweeps.size(); ++i) {
    Pose<World, Ego>& pose = source.sweeps[i].world_from_ego;
    pose = {
        pose.rotation(),
        pose.translation() + Eigen::Vector3d(5'400'000.125 + 50.0 * static_cast<double>(i), 620'000.5, 300)};
  }
  const StackBuilt built = build_stack(source, folder / "a.stack").value();
  EXPECT_GT(built.blocks, 5u);  // 15 km: blocks end where float32 would
  expect_every_point(source, points_of(folder / "a.stack"), 1e-3);
}

TEST(StackBuild, GoesByRowsOfTheFileHoweverMany) {
  const TemporaryFolder folder;
  StackSource source = made_up_source(5, 90);
  source.read = [](std::size_t sweep) -> Result<PointCloud> {
    PointCloud cloud = made_up_sweep(sweep, 90);
    for (std::uint32_t i = 0; i < 90; ++i)
      cloud.file_row.push_back((89 - i) * 1'000'003u);  // up to 89 million
    return cloud;
  };
  build_stack(source, folder / "a.stack").value();
  expect_every_point(source, points_of(folder / "a.stack"), 1e-4);
}

TEST(StackBuild, LeavesOutAndReportsWhatCannotBeRead) {
  const TemporaryFolder folder;
  StackSource source = made_up_source(300, 40);
  source.read = [](std::size_t sweep) -> Result<PointCloud> {
    if (sweep == 30 || sweep == 897) return fail(ErrorCode::malformed, "no sweep");
    return made_up_sweep(sweep, sweep == 33 ? 0 : 40);
  };
  source.sweeps[20].world_from_ego = Pose<World, Ego>(Eigen::Quaterniond::Identity(), {NAN, 0, 0});
  StackBuilt built = build_stack(source, folder / "a.stack").value();
  EXPECT_EQ(built.unreadable, (std::vector<std::uint32_t>{30, 60, 897}));
  EXPECT_EQ(built.points, 296u * 40u);
  built = build_stack(source, folder / "a.stack").value();
  EXPECT_TRUE(built.was_complete);
  EXPECT_EQ(built.resumed_points, built.points);
  EXPECT_EQ(built.unreadable, (std::vector<std::uint32_t>{30, 60, 897}));
}

TEST(StackBuild, PointsBeyondFloatAreDropped) {
  const TemporaryFolder folder;
  StackSource source = made_up_source(2, 40);
  source.read = [](std::size_t sweep) -> Result<PointCloud> {
    PointCloud cloud = made_up_sweep(sweep, 40);
    cloud.x[3] = cloud.y[3] = 3.4e38f;
    return cloud;
  };
  EXPECT_EQ(build_stack(source, folder / "a.stack").value().points, 78u);
}

// A car that drives along beside the vehicle, and one that stands, each with points inside.
struct Traffic {
  StackSource source = made_up_source(40, 500);
  Box3<Ego> moving = upright_box(Point<Ego>(12, 4, 0.5), 0.3, {4.4, 1.9, 1.6});
  Box3<Ego> standing = upright_box(Point<Ego>(-9, -5, 0.5), -1.0, {4.4, 1.9, 1.6});
  static constexpr std::size_t on_each = 50;

  Traffic() {
    source.boxes = [this](std::size_t) {
      return std::vector<StackBox>{{TrackId(7), moving, true}, {TrackId(8), standing, false}};
    };
    source.read = [this](std::size_t sweep) -> Result<PointCloud> {
      PointCloud cloud = made_up_sweep(sweep, 500);
      const Pose<Sensor, Ego> sensor_from_ego = source.sweeps[0].ego_from_sensor.inverse();
      for (std::size_t i = 0; i < 2 * on_each; ++i) {
        const double share = static_cast<double>(i / 2) / on_each - 0.5;
        const Box3<Ego>& box = i % 2 == 0 ? moving : standing;
        const auto at = sensor_from_ego * (box.pose * Point<BoxLocal>(share * 4.3, -share * 1.8, share));
        cloud.x[i] = static_cast<float>(at.x()), cloud.y[i] = static_cast<float>(at.y());
        cloud.z[i] = static_cast<float>(at.z());
      }
      return cloud;
    };
  }
  std::size_t inside(const Box3<Ego>& box) const {
    std::size_t count = 0;
    for (const StackSweep& sweep : source.sweeps)
      count += points_in_box(source.read(sweep.sweep).value(), sweep.ego_from_sensor.inverse() * box).size();
    return count;
  }
};

TEST(StackBuild, LeavesOutWhatMovesAndKeepsWhatStands) {
  const TemporaryFolder folder;
  Traffic traffic;
  traffic.source.movers = Movers::left_out;
  const StackBuilt built = build_stack(traffic.source, folder / "a.stack").value();
  EXPECT_EQ(built.points, 40u * 500u - traffic.inside(traffic.moving));
  EXPECT_EQ(built.mover_points, 0u);
}

TEST(StackBuild, PutsWhatMovesInTheFrameOfItsBox) {
  const TemporaryFolder folder;
  Traffic traffic;
  traffic.source.movers = Movers::own_frame;
  const StackBuilt built = build_stack(traffic.source, folder / "a.stack").value();
  const std::size_t inside = traffic.inside(traffic.moving);
  EXPECT_EQ(built.points, 40u * 500u - inside);
  EXPECT_EQ(built.mover_points, inside);
  const auto stack = StackFile::open(folder / "a.stack").value();
  stack->refresh();
  const PointCloud car = stack->read_mover(TrackId(7)).value();
  ASSERT_EQ(car.size(), inside);
  EXPECT_EQ(car.channel_as_float("intensity").size(), inside);
  std::size_t on_the_line = 0;
  for (std::size_t i = 0; i < car.size(); ++i) {
    EXPECT_LE(std::abs(car.x[i]), 2.2001f);
    EXPECT_LE(std::abs(car.y[i]), 0.9501f);
    on_the_line += std::abs(car.x[i] / 4.3f + car.y[i] / 1.8f) < 1e-3f;
  }
  EXPECT_GE(on_the_line, 40 * Traffic::on_each);
  EXPECT_EQ(stack->read_mover(TrackId(8)).value().size(), 0u);
}

TEST(StackBuild, KeepsALimitedNumberOfPointsOfAMover) {
  const TemporaryFolder folder;
  Traffic traffic;
  traffic.source.movers = Movers::own_frame;
  traffic.moving.size = {200, 200, 20};  // everything
  traffic.source.read = [](std::size_t sweep) -> Result<PointCloud> { return made_up_sweep(sweep, 4000); };
  const StackBuilt built = build_stack(traffic.source, folder / "a.stack").value();
  EXPECT_EQ(built.points, 0u);
  EXPECT_LE(built.mover_points, 20'000u);
  EXPECT_GE(built.mover_points, 10'000u);
}

TEST(StackBuild, StartsAnewForAnotherSourceAndNeverReplacesOtherFiles) {
  const TemporaryFolder folder;
  const auto file = folder / "a.stack";
  build_stack(made_up_source(20, 40), file).value();
  EXPECT_EQ(build_stack(made_up_source(20, 41), file).value().points, 820u);
  EXPECT_EQ(points_of(file).size(), 820u);
  const auto thesis =
      folder.write("thesis.tex", "\\documentclass{book} and a lot more than a header would have of it");
  const auto refused = build_stack(made_up_source(20, 40), thesis);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_TRUE(bytes_of(thesis).starts_with("\\documentclass"));
}

TEST(StackBuild, OneAtATime) {
  const TemporaryFolder folder;
  StackSource source = made_up_source(3, 40);
  std::optional<Result<StackBuilt>> second;
  source.read = [&](std::size_t sweep) -> Result<PointCloud> {
    if (!second) second = build_stack(made_up_source(3, 40), folder / "a.stack");
    return made_up_sweep(sweep, 40);
  };
  EXPECT_TRUE(build_stack(source, folder / "a.stack"));
  ASSERT_TRUE(second && !*second);
  EXPECT_EQ(second->error().code, ErrorCode::conflict);
}

TEST(StackBuild, SaysWhatIsWrongWithTheFolder) {
  const TemporaryFolder folder;
  folder.write("file", "x");
  const auto built = build_stack(made_up_source(2, 4), folder / "file/a.stack");
  ASSERT_FALSE(built);
  EXPECT_NE(to_string(built.error()).find("file/a.stack"), std::string::npos);
}

TEST(StackBuild, CancelledItGoesOnToTheSameFile) {
  const TemporaryFolder folder;
  const StackSource source = made_up_source(1500, 20);
  build_stack(source, folder / "whole.stack").value();
  std::size_t cancelled = 0;
  for (bool done = false; !done;) {
    std::stop_source stop;
    StackSource slow = source;
    std::size_t reads = 0;
    slow.read = [&](std::size_t sweep) {
      if (++reads == 600) stop.request_stop();
      return source.read(sweep);
    };
    const auto built = build_stack(slow, folder / "a.stack", {stop.get_token(), {}});
    done = built.has_value();
    if (!done) {
      ASSERT_EQ(built.error().code, ErrorCode::cancelled);
      ASSERT_LT(++cancelled, 10u);
    }
  }
  EXPECT_GE(cancelled, 2u);
  EXPECT_EQ(bytes_of(folder / "a.stack"), bytes_of(folder / "whole.stack"));
}

RC_GTEST_PROP(StackBuild, CutAnywhereItGoesOnToTheSameFile, ()) {
  static const TemporaryFolder folder;
  static const StackSource source = [] {
    StackSource made = made_up_source(700, 12);
    made.read = [](std::size_t sweep) -> Result<PointCloud> {
      if (sweep % 171 == 0) return fail(ErrorCode::unreadable, "gone");
      return made_up_sweep(sweep, 12);
    };
    return made;
  }();
  static const std::string whole = [] {
    build_stack(source, folder / "whole.stack").value();
    return bytes_of(folder / "whole.stack");
  }();
  const auto length = *rc::gen::inRange<std::size_t>(0, whole.size() + 1);
  std::string cut = whole.substr(0, length);
  // After a loss of power the end may also be there in length only.
  if (*rc::gen::arbitrary<bool>() && length > 64)
    std::fill(cut.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(length - 64, 3000)), cut.end(),
              '\0');
  std::filesystem::remove(folder / "a.stack");
  folder.write("a.stack", cut);
  const auto built = build_stack(source, folder / "a.stack");
  RC_ASSERT(built.has_value());
  RC_ASSERT(built->unreadable.size() == 13u);
  RC_ASSERT(bytes_of(folder / "a.stack") == whole);
}

TEST(StackBuild, KilledItGoesOnToTheSameFile) {
  const TemporaryFolder folder;
  const StackSource source = made_up_source(1100, 30);
  build_stack(source, folder / "whole.stack").value();
  for (const std::size_t reads_before : {10u, 300u, 513u, 800u, 1099u}) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      StackSource watched = source;
      std::size_t reads = 0;
      watched.read = [&](std::size_t sweep) {
        if (++reads == reads_before && ::write(pipe_ends[1], "x", 1) != 1) ::_exit(2);
        return source.read(sweep);
      };
      (void)build_stack(watched, folder / "a.stack");
      if (::write(pipe_ends[1], "x", 1) != 1) ::_exit(2);
      ::pause();  // until it is killed
      ::_exit(1);
    }
    char said = 0;
    ASSERT_EQ(::read(pipe_ends[0], &said, 1), 1);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
  }
  ASSERT_TRUE(build_stack(source, folder / "a.stack"));
  EXPECT_EQ(bytes_of(folder / "a.stack"), bytes_of(folder / "whole.stack"));
}

}  // namespace
}  // namespace sweepmark
