// Commands that take several sweeps of one object at once.
#include <gtest/gtest.h>

#include "core/commands/registry.hpp"
#include "tests/support/small_drive.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;

class SeveralSweeps : public testing::Test {
 protected:
  void SetUp() override {
    for (const int sweep : {0, 2, 4, 6})
      ASSERT_TRUE(run(sweep == 0 ? "box.create" : "keyframe.set",
                      {{sweep == 0 ? "class" : "track", 1}, {"sweep", sweep}, {"box", box(10.0 + sweep)}}));
  }
  Result<ChangeSet> run(std::string_view name, const json& args) {
    const Command* command = command_named(all_commands(), name);
    if (!command) return fail(ErrorCode::not_found, "no such command");
    SWEEPMARK_CHECK(check_arguments(*command, args));
    SWEEPMARK_TRY(patch, command->plan({document_, drive_}, args));
    before_ = document_;
    auto changes = apply_patch(document_, patch);
    Document back = document_;
    EXPECT_TRUE(apply_patch(back, inverted(patch)) && back == before_) << "undo does not lead back";
    return changes;
  }
  static json box(double x) { return {{"centre", {x, 3, -0.9}}, {"size", {4.2, 1.8, 1.5}}, {"yaw", 0.1}}; }
  std::int64_t time(std::size_t sweep) const { return drive_.sweeps.at(sweep).time.ns; }
  const Track* track() const { return document_.track(TrackId(1)); }

  Drive drive_ = test::small_drive();
  Document document_ = new_document(), before_;
};

TEST_F(SeveralSweeps, KeyframesOfSeveralGoTogether) {
  ASSERT_TRUE(run("keyframe.remove", {{"track", 1}, {"times_ns", {time(2), time(6), time(2)}}}));
  ASSERT_EQ(track()->keyframes.size(), 2u);
  EXPECT_TRUE(track()->keyframe_at({time(0)}) && track()->keyframe_at({time(4)}));
}

TEST_F(SeveralSweeps, AllKeyframesTakeTheTrackWithThem) {
  ASSERT_TRUE(run("keyframe.remove", {{"track", 1}, {"times_ns", {time(0), time(2), time(4), time(6)}}}));
  EXPECT_FALSE(track());
}

TEST_F(SeveralSweeps, OneWithoutAKeyframeRefusesAll) {
  EXPECT_FALSE(run("keyframe.remove", {{"track", 1}, {"times_ns", {time(2), time(3)}}}));
  EXPECT_FALSE(run("keyframe.remove", {{"track", 1}, {"times_ns", json::array()}}));
  EXPECT_FALSE(run("keyframe.remove", {{"track", 1}, {"times_ns", {"soon"}}}));
  EXPECT_FALSE(run("keyframe.remove", {{"track", 1}, {"times_ns", {12}}}));
  EXPECT_EQ(track()->keyframes.size(), 4u);
}

TEST_F(SeveralSweeps, AbsencesOfSeveralIntervalsAreSaidAndTakenBackTogether) {
  const json intervals = {{{"first_ns", time(1)}, {"last_ns", time(1)}},
                          {{"first_ns", time(3)}, {"last_ns", time(5)}}};
  ASSERT_TRUE(run("track.set_absent", {{"track", 1}, {"intervals", intervals}, {"absent", true}}));
  EXPECT_EQ(track()->properties.absences.size(), 2u);
  for (const std::size_t sweep : {1u, 3u, 4u, 5u}) EXPECT_TRUE(track()->absent_at({time(sweep)})) << sweep;
  for (const std::size_t sweep : {0u, 2u, 6u}) EXPECT_FALSE(track()->absent_at({time(sweep)})) << sweep;
  ASSERT_TRUE(run("track.set_absent", {{"track", 1}, {"intervals", intervals}, {"absent", false}}));
  EXPECT_TRUE(track()->properties.absences.empty());
}

TEST_F(SeveralSweeps, AnIntervalThatIsNoneIsRefused) {
  for (const json& interval :
       {json{{"first_ns", 5}, {"last_ns", 4}}, json{{"first_ns", 5}}, json("all"), json()})
    EXPECT_FALSE(
        run("track.set_absent", {{"track", 1}, {"intervals", json::array({interval})}, {"absent", true}}))
        << interval;
  EXPECT_FALSE(run("track.set_absent", {{"track", 1}, {"absent", true}}));
}

}  // namespace
}  // namespace sweepmark
