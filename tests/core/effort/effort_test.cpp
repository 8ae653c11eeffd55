// What the measure of effort counts, and that the annotator it simulates gets done.
#include "core/quality/effort.hpp"

// gtest.h first: RapidCheck's header expects it.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cmath>

#include "core/geometry/iou.hpp"
#include "tests/core/assist_track/seen_scene.hpp"
#include "tests/support/small_drive.hpp"

namespace sweepmark {
namespace {

TEST(KeystrokeModel, AddsUpGestures) {
  Gestures sum{1, 2, 3, 4};
  sum += {10, 20, 30, 40};
  EXPECT_EQ(sum.actions(), 110u);
  const double apart = seconds_of({11, 0, 0, 0}) + seconds_of({0, 22, 0, 0}) + seconds_of({0, 0, 33, 0}) +
                       seconds_of({0, 0, 0, 44});
  EXPECT_NEAR(seconds_of(sum), apart, 1e-9);
  EXPECT_LT(seconds_of({1, 0, 0, 0}), seconds_of({0, 1, 0, 0}));
  EXPECT_LT(seconds_of({0, 1, 0, 0}), seconds_of({0, 0, 1, 0}));
}

double within(int thousandths, double reach) {
  return reach * thousandths / 1000.0;
}

RC_GTEST_PROP(SimulatedHand, BringsAnyBoxToTheTargetByTheFewestDrags, ()) {
  const auto off = [] { return *rc::gen::inRange(-1000, 1001); };
  const Box3<Ego> truth = upright_box(Point<Ego>(12, -4, -0.9), 0.4, {4.3, 1.8, 1.5});
  const Box3<Ego> box = upright_box(
      Point<Ego>(12 + within(off(), 2), -4 + within(off(), 2), -0.9 + within(off(), 0.5)),
      0.4 + within(off(), 1.5),
      {4.3 * (1 + within(off(), 0.4)), 1.8 * (1 + within(off(), 0.4)), 1.5 * (1 + within(off(), 0.4))});
  HandError sure;
  sure.place_m = sure.turn_rad = 0;
  const Correction correction = corrected_by_hand(box, truth, 0.7, sure, 1);
  RC_ASSERT(correction.iou >= 0.7);
  RC_ASSERT(std::abs(iou_3d(correction.box, truth) - correction.iou) < 1e-12);
  RC_ASSERT(correction.drags <= 6u);
  RC_ASSERT((correction.drags == 0) == (iou_3d(box, truth) >= 0.7));
}

TEST(SimulatedHand, ErrsByItsNumberAndTheSameEveryTime) {
  const Box3<Ego> truth = upright_box(Point<Ego>(12, -4, -0.9), 0.4, {4.3, 1.8, 1.5});
  const Box3<Ego> box = upright_box(Point<Ego>(14, -4, -0.9), 0.4, {4.3, 1.8, 1.5});
  const auto x_after = [&](std::uint64_t gesture) {
    return corrected_by_hand(box, truth, 0.7, {}, gesture).box.centre().x();
  };
  EXPECT_EQ(x_after(1), x_after(1));
  EXPECT_NE(x_after(1), x_after(2));
  double sum = 0, squares = 0;
  constexpr int tries = 400;
  for (int i = 0; i < tries; ++i) {
    const double error = x_after(static_cast<std::uint64_t>(i)) - truth.centre().x();
    sum += error;
    squares += error * error;
  }
  EXPECT_NEAR(sum / tries, 0.0, 0.006);
  EXPECT_NEAR(std::sqrt(squares / tries), HandError{}.place_m, 0.005);
}

// Ten sweeps of a vehicle that drives past a parked car and behind one that keeps its distance.
class Effort : public testing::Test {
 protected:
  Box3<Ego> parked(std::size_t sweep) const {
    return test::standing_box(16.0 - static_cast<double>(sweep), 6, 0.1, {4.3, 1.8, 1.5});
  }
  Box3<Ego> ahead(std::size_t sweep) const {
    return test::standing_box(14.0 + 0.2 * static_cast<double>(sweep), -2, 0, {4.4, 1.8, 1.5});
  }
  Drive drive() const {
    Drive drive = test::small_drive();
    drive.read_sweep = [this](std::size_t sweep) -> Result<PointCloud> {
      test::SeenScene seen(static_cast<unsigned>(sweep) + 1);
      seen.add_ground({10, 2}, 20, 0.4);
      seen.add_box(parked(sweep), 0.12);
      seen.add_box(ahead(sweep), 0.12);
      return seen.cloud();
    };
    drive.read_truth = [this, times = drive.sweeps]() -> Result<std::vector<TruthBox>> {
      std::vector<TruthBox> truth;
      for (std::size_t i = 0; i < times.size(); ++i) {
        truth.push_back({times[i].time, "parked", "Car", parked(i), {}, -1});
        truth.push_back({times[i].time, "ahead", "Car", ahead(i), {}, -1});
      }
      return truth;
    };
    return drive;
  }
};

TEST_F(Effort, EveryKindOfAutomationGetsDoneAndFullTakesLeast) {
  const Drive seen = drive();
  const SweepSource sweeps = sweeps_of(seen);
  const auto objects = true_objects(seen, sweeps, {});
  ASSERT_TRUE(objects) << to_string(objects.error());
  ASSERT_EQ(objects->size(), 2u);
  EXPECT_GT(objects->front().boxes.front().points, 50u);
  const auto row = [&](Automation automation) {
    const auto measured = measure_effort(seen, sweeps, *objects, automation, {});
    EXPECT_TRUE(measured) << to_string(measured.error());
    return measured.value_or(EffortRow{});
  };
  const EffortRow full = row(Automation::full), keyframes = row(Automation::keyframes),
                  none = row(Automation::none);
  for (const EffortRow& each : {full, keyframes, none}) {
    EXPECT_EQ(each.tracks, 2u);
    EXPECT_EQ(each.boxes, 20u);
    EXPECT_EQ(each.left_over, 0u);
    EXPECT_EQ(each.share_at_target, 1.0) << to_string(each.automation);
  }
  EXPECT_LT(full.gestures.actions(), none.gestures.actions());
  EXPECT_EQ(row(Automation::full).gestures.actions(), full.gestures.actions());
  EXPECT_EQ(row(Automation::full).mean_iou, full.mean_iou);
}

TEST_F(Effort, StopsWhenAskedAndNeedsTruth) {
  Drive seen = drive();
  const SweepSource sweeps = sweeps_of(seen);
  const auto objects = true_objects(seen, sweeps, {});
  ASSERT_TRUE(objects);
  std::stop_source stop;
  stop.request_stop();
  const auto cancelled = measure_effort(seen, sweeps, *objects, Automation::full, {}, {stop.get_token(), {}});
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().code, ErrorCode::cancelled);
  seen.read_truth = {};
  const auto none = true_objects(seen, sweeps, {});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace sweepmark
