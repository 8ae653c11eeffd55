// Commands that take several objects at once: one step of the history for all.
#include <gtest/gtest.h>

#include "core/commands/registry.hpp"
#include "tests/support/small_drive.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;

class SeveralObjects : public testing::Test {
 protected:
  void SetUp() override {
    for (const double x : {10.0, 20.0, 30.0})
      ASSERT_TRUE(run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(x)}}));
  }
  Result<ChangeSet> run(std::string_view name, const json& args) {
    const Command* command = command_named(all_commands(), name);
    if (!command) return fail(ErrorCode::not_found, "no such command");
    SWEEPMARK_CHECK(check_arguments(*command, args));
    SWEEPMARK_TRY(patch, command->plan({document_, drive_}, args));
    const Document before = document_;
    auto changes = apply_patch(document_, patch);
    Document back = document_;
    EXPECT_TRUE(apply_patch(back, inverted(patch)) && back == before) << "undo does not lead back";
    return changes;
  }
  static json box(double x) { return {{"centre", {x, 3, -0.9}}, {"size", {4.2, 1.8, 1.5}}, {"yaw", 0.1}}; }

  Drive drive_ = test::small_drive();
  Document document_ = new_document();
};

TEST_F(SeveralObjects, BoxesSetMovesSomeAndMakesOthers) {
  const json boxes = {{{"track", 1}, {"sweep", 2}, {"box", box(11)}},
                      {{"class", "Van"}, {"sweep", 2}, {"box", box(50)}},
                      {{"class", 1}, {"sweep", 3}, {"box", box(60)}}};
  ASSERT_TRUE(run("boxes.set", {{"boxes", boxes}}));
  ASSERT_EQ(document_.tracks.size(), 5u);
  EXPECT_EQ(document_.track(TrackId(1))->keyframes.size(), 2u);
  const Track& van = *document_.track(TrackId(4));
  EXPECT_EQ(van.properties.class_id, class_named(document_.taxonomy, "Van"));
  ASSERT_TRUE(van.properties.size);
  EXPECT_EQ(van.keyframes.at(0).time, drive_.sweeps[2].time);
  EXPECT_EQ(document_.track(TrackId(5))->keyframes.at(0).time, drive_.sweeps[3].time);
}

TEST_F(SeveralObjects, BoxesSetRefusesWhatIsNeitherOrBoth) {
  const Document before = document_;
  for (const json& odd :
       {json{{"sweep", 0}, {"box", box(1)}}, json{{"track", 1}, {"class", 1}, {"sweep", 0}, {"box", box(1)}},
        json{{"class", "Dragon"}, {"sweep", 0}, {"box", box(1)}},
        json{{"track", 99}, {"sweep", 0}, {"box", box(1)}}, json(7)})
    EXPECT_FALSE(run("boxes.set", {{"boxes", {{{"track", 1}, {"sweep", 0}, {"box", box(5)}}, odd}}})) << odd;
  EXPECT_TRUE(document_ == before);
}

TEST_F(SeveralObjects, ClassesAreSetTogether) {
  ASSERT_TRUE(run("tracks.set_class", {{"tracks", {1, 3, 3}}, {"class", "Truck"}}));
  const ClassId truck = class_named(document_.taxonomy, "Truck");
  EXPECT_EQ(document_.track(TrackId(1))->properties.class_id, truck);
  EXPECT_NE(document_.track(TrackId(2))->properties.class_id, truck);
  EXPECT_EQ(document_.track(TrackId(3))->properties.class_id, truck);
}

TEST_F(SeveralObjects, AreRemovedTogetherOrNotAtAll) {
  EXPECT_FALSE(run("tracks.remove", {{"tracks", {1, 99}}}));
  EXPECT_FALSE(run("tracks.remove", {{"tracks", {"one"}}}));
  EXPECT_EQ(document_.tracks.size(), 3u);
  ASSERT_TRUE(run("tracks.remove", {{"tracks", {1, 2, 1}}}));
  EXPECT_EQ(document_.tracks.size(), 1u);
}

}  // namespace
}  // namespace sweepmark
