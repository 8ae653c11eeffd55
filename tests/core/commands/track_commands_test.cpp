// Commands that cut, join, move and propose whole tracks.
// gtest.h first: RapidCheck's header expects it.
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/assist/interpolate.hpp"
#include "core/labels/attributes_at.hpp"
#include "tests/core/commands/commands_fixture.hpp"
#include "tests/support/random_labels.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;
using test::CommandsTest;

class TrackCommandsTest : public CommandsTest {
 protected:
  // Object 1 with a person's boxes at sweeps 0 and 9.
  void SetUp() override {
    must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(12)}});
    must_run("keyframe.set", {{"track", 1}, {"sweep", 9}, {"box", box(21)}});
  }
  static json proposal(int sweep, double x, double confidence) {
    return {{"sweep", sweep}, {"box", box(x)}, {"confidence", confidence}};
  }
};

TEST_F(TrackCommandsTest, SplitLosesNoBoxAndKeepsTheFirstPartsNumber) {
  must_run("track.set_attribute", {{"track", 1}, {"name", "occluded"}, {"value", "2"}, {"sweep", 2}});
  std::vector<double> before;
  for (std::size_t i = 0; i < 10; ++i)
    before.push_back(box_at(track(), drive_.trajectory, time(i))->box.centre().x());
  must_run("track.split", {{"track", 1}, {"sweep", 4}});
  EXPECT_EQ(track(1).lifetime()->last, time(3));
  EXPECT_EQ(track(2).lifetime()->first, time(4));
  EXPECT_EQ(track(1).keyframe_at(time(0))->origin, Origin::human);
  EXPECT_EQ(track(1).keyframe_at(time(3))->origin, Origin::automatic) << "nobody has looked at it";
  EXPECT_EQ(attributes_at(track(2), time(4)).at("occluded"), "2");
  for (std::size_t i : {0u, 3u, 4u, 9u}) {
    const auto there = box_at(track(i < 4 ? 1 : 2), drive_.trajectory, time(i));
    ASSERT_TRUE(there);
    EXPECT_NEAR(there->box.centre().x(), before[i], 1e-6);
  }
  EXPECT_NE(error_of("track.split", {{"track", 1}, {"sweep", 0}}).find("both sides"), std::string::npos);
}

TEST_F(TrackCommandsTest, MergeNamesTheSweepOfAConflictUnlessOneSideIsPreferred) {
  must_run("box.create", {{"class", "Van"}, {"sweep", 9}, {"box", box(30)}});
  must_run("keyframe.set", {{"track", 2}, {"sweep", 5}, {"box", box(25)}});
  must_run("box.create", {{"class", "Trailer"}, {"sweep", 0}, {"box", box(40, 8)}});
  must_run("relation.add", {{"kind", "tows"}, {"from", 2}, {"to", 3}});
  EXPECT_NE(error_of("track.merge", {{"track", 1}, {"other", 2}}).find("sweep 9"), std::string::npos);
  EXPECT_FALSE(run("track.merge", {{"track", 1}, {"other", 1}}));
  must_run("track.merge", {{"track", 1}, {"other", 2}, {"prefer", "other"}});
  EXPECT_FALSE(document_.track(TrackId(2)));
  EXPECT_EQ(track().keyframes.size(), 3u);
  EXPECT_EQ(track().keyframe_at(time(9))->box.centre().x(), 30);
  EXPECT_EQ(document_.relations, (std::set<Relation>{{RelationKind::tows, TrackId(1), TrackId(3)}}));
}

// A proposal of either side gives way to what a person placed on the other, whatever is preferred.
TEST_F(TrackCommandsTest, MergeKeepsAPersonsBoxAgainstAProposal) {
  must_run("box.create", {{"class", "Van"}, {"sweep", 5}, {"box", box(25)}});
  for (const std::size_t sweep : {3u, 5u})
    must_run("track.propose",
             {{"track", 1}, {"keyframes", {{{"sweep", sweep}, {"box", box(50)}, {"confidence", 0.9}}}}});
  const Document before = document_;
  for (const char* prefer : {"", "track", "other"}) {
    document_ = before;
    json args = {{"track", 1}, {"other", 2}};
    if (*prefer) args["prefer"] = prefer;
    must_run("track.merge", args);
    EXPECT_EQ(track().keyframe_at(time(5))->origin, Origin::human) << prefer;
    EXPECT_EQ(track().keyframe_at(time(5))->box.centre().x(), 25) << prefer;
    EXPECT_EQ(track().keyframe_at(time(3))->origin, Origin::automatic) << prefer;
  }
}

TEST_F(TrackCommandsTest, AlignedByAPersonIsAPersonsBox) {
  must_run("track.propose",
           {{"track", 1}, {"keyframes", {{{"sweep", 3}, {"box", box(13)}, {"confidence", 0.4}}}}});
  must_run("track.align_to_ground",
           {{"track", 1}, {"placements", {{{"sweep", 3}, {"roll", 0.01}, {"pitch", 0.02}, {"z", -0.8}}}}});
  EXPECT_EQ(track().keyframe_at(time(3))->origin, Origin::human);
  EXPECT_FALSE(track().keyframe_at(time(3))->confidence);
}

TEST_F(TrackCommandsTest, TakingAnAttributeAwayForAWhileLeavesWhatFollows) {
  must_run("track.set_attribute", {{"track", 1}, {"name", "occluded"}, {"value", "2"}, {"sweep", 3}});
  must_run("track.set_attribute",
           {{"track", 1}, {"name", "occluded"}, {"value", ""}, {"sweep", 2}, {"to_sweep", 5}});
  EXPECT_FALSE(attributes_at(track(), time(4)).contains("occluded"));
  EXPECT_EQ(attributes_at(track(), time(6))["occluded"], "2");
}

TEST_F(TrackCommandsTest, SplitThenMergeGivesTheSameBoxes) {
  const auto before = box_at(track(), drive_.trajectory, time(6));
  must_run("track.split", {{"track", 1}, {"sweep", 4}});
  must_run("track.merge", {{"track", 1}, {"other", 2}});
  // The two boxes at the cut are keyframes now, and the curve between keyframes is a little another:
  // millimetres.
  EXPECT_NEAR(box_at(track(), drive_.trajectory, time(6))->box.centre().x(), before->box.centre().x(), 2e-3);
  EXPECT_TRUE(track().properties.absences.empty());
}

// Of the whole life, from a sweep on, and with a keyframe: none of it leaks over the joint, to either side.
TEST_F(TrackCommandsTest, EachSweepKeepsItsAttributesInAMerge) {
  must_run("track.set_attribute", {{"track", 1}, {"name", "occluded"}, {"value", "1"}, {"sweep", 2}});
  must_run("track.set_attribute", {{"track", 1}, {"name", "lit"}, {"value", "yes"}});
  must_run("track.split", {{"track", 1}, {"sweep", 5}});
  must_run("track.set_attribute", {{"track", 2}, {"name", "occluded"}, {"value", ""}, {"sweep", 5}});
  must_run("track.set_attribute", {{"track", 2}, {"name", "lit"}, {"value", ""}});
  must_run("track.set_attribute", {{"track", 2}, {"name", "colour"}, {"value", "red"}});
  must_run("track.set_attribute", {{"track", 2}, {"name", "moving"}, {"value", "yes"}, {"sweep", 7}});
  const auto wanted = [&](std::size_t sweep) {
    return attributes_at(*document_.track(TrackId(sweep < 5 ? 1u : 2u)), time(sweep));
  };
  std::vector<Attributes> before;
  for (std::size_t sweep = 0; sweep < 10; ++sweep) before.push_back(wanted(sweep));
  EXPECT_NE(before[3], before[5]);
  const Document apart = document_;
  for (const auto& [into, other] : {std::pair(1, 2), std::pair(2, 1)}) {
    document_ = apart;
    must_run("track.merge", {{"track", into}, {"other", other}});
    for (std::size_t sweep = 0; sweep < 10; ++sweep)
      EXPECT_EQ(attributes_at(*document_.track(TrackId(static_cast<unsigned>(into))), time(sweep)),
                before[sweep])
          << into << " at " << sweep;
  }
}

// Proposals beyond an end that a person set go, and none comes back there; a person's box carries the end on.
TEST_F(TrackCommandsTest, ATrimmedEndHoldsAgainstProposals) {
  must_run("keyframe.remove", {{"track", 1}, {"sweep", 9}});
  must_run("track.propose", {{"track", 1}, {"keyframes", {proposal(4, 16, 0.9), proposal(8, 20, 0.2)}}});
  must_run("track.trim", {{"track", 1}, {"edge", "last"}, {"sweep", 5}});
  EXPECT_EQ(track().lifetime()->last, time(5));
  EXPECT_FALSE(track().keyframe_at(time(8)));
  must_run("track.propose", {{"track", 1}, {"keyframes", {proposal(5, 17, 0.9), proposal(6, 18, 0.9)}}});
  EXPECT_EQ(track().lifetime()->last, time(5));
  must_run("keyframe.set", {{"track", 1}, {"sweep", 7}, {"box", box(19)}});
  EXPECT_FALSE(track().absent_at(time(6)));
  EXPECT_TRUE(track().absent_at(time(8)));
  must_run("track.trim", {{"track", 1}, {"edge", "last"}, {"sweep", 8}});
  EXPECT_FALSE(track().absent_at(time(8)));
  EXPECT_TRUE(track().absent_at(time(9)));
  must_run("track.trim", {{"track", 1}, {"edge", "first"}, {"sweep", 2}});
  EXPECT_TRUE(track().absent_at(time(1)));
  EXPECT_FALSE(track().absent_at(time(2)));
}

TEST_F(TrackCommandsTest, MergedAbsencesEndWhereTheOtherIsThere) {
  must_run("track.set_absent",
           {{"track", 1}, {"first_ns", time(2).ns}, {"last_ns", time(7).ns}, {"absent", true}});
  must_run("box.create", {{"class", "Car"}, {"sweep", 4}, {"box", box(16)}});
  must_run("keyframe.set", {{"track", 2}, {"sweep", 5}, {"box", box(17)}});
  must_run("track.merge", {{"track", 1}, {"other", 2}});
  EXPECT_TRUE(track().absent_at(time(3)));
  EXPECT_FALSE(track().absent_at(time(4)));
  EXPECT_FALSE(track().absent_at(time(5)));
  EXPECT_TRUE(track().absent_at(time(6)));
}

TEST_F(TrackCommandsTest, WhatStandsHasOneWorldBox) {
  must_run("track.set_standing", {{"track", 1}, {"standing", true}});
  EXPECT_NEAR(world_x(1, 0), world_x(1, 9), 1e-9);
  EXPECT_NEAR(world_x(1, 0), 12, 1e-9) << "the box nearest to the vehicle";
  must_run("keyframe.set", {{"track", 1}, {"sweep", 5}, {"box", box(9)}});
  for (std::size_t i = 0; i < 10; ++i) {
    const auto there = box_at(track(), drive_.trajectory, time(i));
    ASSERT_TRUE(there);
    EXPECT_NEAR((drive_.trajectory.world_from_ego(time(i)) * there->box.centre()).metres.x(), 14, 1e-9);
  }
  EXPECT_FALSE(run("track.propose", {{"track", 1}, {"keyframes", {proposal(3, 10, 0.5)}}}));
}

TEST_F(TrackCommandsTest, ProposalsReplaceOnlyEarlierProposalsBetweenThem) {
  must_run("track.propose",
           {{"track", 1}, {"keyframes", {proposal(2, 14, 0.9), proposal(3, 15, 0.8), proposal(7, 18, 0.7)}}});
  must_run("track.propose",
           {{"track", 1}, {"keyframes", {proposal(0, 99, 1), proposal(2, 14.5, 0.6), proposal(4, 16, 0.5)}}});
  EXPECT_EQ(track().keyframe_at(time(0))->box.centre().x(), 12) << "a person's";
  EXPECT_EQ(track().keyframe_at(time(2))->confidence, 0.6);
  EXPECT_FALSE(track().keyframe_at(time(3)));
  EXPECT_EQ(track().keyframe_at(time(7))->confidence, 0.7) << "outside what is proposed now";
  for (const json& wrong : {proposal(3, 1, 1.5), json{{"sweep", 3}}, proposal(99, 1, 1)})
    EXPECT_FALSE(run("track.propose", {{"track", 1}, {"keyframes", {wrong}}})) << wrong;
  EXPECT_FALSE(run("track.propose", {{"track", 1}, {"keyframes", json::array()}}));
  EXPECT_FALSE(run("track.propose", {{"track", 1}, {"keyframes", {proposal(3, 1, 1), proposal(3, 2, 1)}}}));
  EXPECT_FALSE(
      run("track.propose", {{"track", 1}, {"replace", "human"}, {"keyframes", {proposal(3, 1, 1)}}}));
}

TEST_F(TrackCommandsTest, AcceptedBoxesAreAPersons) {
  must_run("track.propose",
           {{"track", 1}, {"keyframes", {proposal(2, 14, 0.9), proposal(3, 15, 0.8), proposal(7, 18, 0.7)}}});
  must_run("track.accept", {{"track", 1}, {"sweep", 2}, {"to_sweep", 3}});
  EXPECT_EQ(track().keyframe_at(time(3))->origin, Origin::human);
  EXPECT_FALSE(track().keyframe_at(time(3))->confidence);
  EXPECT_EQ(track().keyframe_at(time(7))->origin, Origin::automatic);
  must_run("track.accept", {{"track", 1}});
  EXPECT_EQ(track().keyframe_at(time(7))->origin, Origin::human);
  EXPECT_FALSE(run("track.accept", {{"track", 1}, {"sweep", 5}, {"to_sweep", 3}}));
}

TEST_F(TrackCommandsTest, TrimCutsAndExtends) {
  must_run("track.trim", {{"track", 1}, {"edge", "last"}, {"sweep", 6}});
  EXPECT_EQ(track().lifetime()->last, time(6));
  must_run("track.trim", {{"track", 1}, {"edge", "first"}, {"sweep", 3}});
  EXPECT_EQ(track().lifetime()->first, time(3));
  must_run("track.trim", {{"track", 1}, {"edge", "last"}, {"sweep", 8}});
  EXPECT_NEAR(world_x(1, 8), world_x(1, 6), 1e-9) << "held in the world";
  EXPECT_FALSE(run("track.trim", {{"track", 1}, {"edge", "first"}, {"sweep", 9}}));
  EXPECT_FALSE(run("track.trim", {{"track", 1}, {"edge", "middle"}, {"sweep", 5}}));
}

TEST_F(TrackCommandsTest, CopiesStayInTheWorldOrWithTheVehicle) {
  must_run("box.copy_to", {{"track", 1}, {"sweep", 0}, {"sweeps", {1, 2}}});
  EXPECT_NEAR(world_x(1, 2), 12, 1e-9);
  must_run("box.copy_to", {{"track", 1}, {"sweep", 0}, {"sweeps", {3}}, {"frame", "ego"}});
  EXPECT_EQ(track().keyframe_at(time(3))->box.centre().x(), 12);
  EXPECT_FALSE(run("box.copy_to", {{"track", 1}, {"sweep", 0}, {"sweeps", {99}}}));
  EXPECT_FALSE(run("box.copy_to", {{"track", 1}, {"sweep", 0}, {"sweeps", {"x"}}}));
}

TEST_F(TrackCommandsTest, MirroringTurnsByHalfATurnFromTheSweepOn) {
  must_run("track.mirror_heading", {{"track", 1}, {"sweep", 5}});
  EXPECT_NEAR(track().keyframe_at(time(0))->box.yaw(), 0.1, 1e-12);
  EXPECT_NEAR(std::abs(track().keyframe_at(time(9))->box.yaw() - 0.1), std::numbers::pi, 1e-12);
  must_run("track.mirror_heading", {{"track", 1}});
  EXPECT_NEAR(track().keyframe_at(time(9))->box.yaw(), 0.1, 1e-12);
}

TEST_F(TrackCommandsTest, AlignmentSetsTiltAndHeightAndKeepsTheHeading) {
  must_run("track.align_to_ground",
           {{"track", 1}, {"placements", {{{"sweep", 0}, {"roll", 0.02}, {"pitch", -0.03}, {"z", -0.7}}}}});
  const Box3<Ego>& now = track().keyframe_at(time(0))->box;
  EXPECT_EQ(now.centre().z(), -0.7);
  EXPECT_EQ(now.centre().x(), 12);
  EXPECT_NEAR(now.yaw(), 0.1, 1e-9);
  EXPECT_FALSE(
      run("track.align_to_ground", {{"track", 1}, {"placements", {{{"sweep", 0}, {"roll", 0.02}}}}}));
}

TEST_F(TrackCommandsTest, SeveralBoxesMoveInOneStep) {
  must_run("box.create", {{"class", "Car"}, {"sweep", 0}, {"box", box(30)}});
  must_run(
      "boxes.set",
      {{"boxes",
        {{{"track", 1}, {"sweep", 0}, {"box", box(13)}}, {{"track", 2}, {"sweep", 0}, {"box", box(31)}}}}});
  EXPECT_EQ(track(1).keyframe_at(time(0))->box.centre().x(), 13);
  EXPECT_EQ(track(2).keyframe_at(time(0))->box.centre().x(), 31);
  const Document before = document_;
  EXPECT_FALSE(run("boxes.set", {{"boxes",
                                  {{{"track", 1}, {"sweep", 0}, {"box", box(14)}},
                                   {{"track", 9}, {"sweep", 0}, {"box", box(31)}}}}}));
  EXPECT_TRUE(document_ == before) << "all or nothing";
}

TEST_F(TrackCommandsTest, RemovingAnObjectEndsItsRelations) {
  must_run("box.create", {{"class", "Trailer"}, {"sweep", 0}, {"box", box(18, 8)}});
  must_run("relation.add", {{"kind", "tows"}, {"from", 1}, {"to", 2}});
  EXPECT_FALSE(run("relation.add", {{"kind", "tows"}, {"from", 1}, {"to", 1}}));
  EXPECT_FALSE(run("relation.add", {{"kind", "eats"}, {"from", 1}, {"to", 2}}));
  EXPECT_FALSE(run("relation.add", {{"kind", "tows"}, {"from", 1}, {"to", 7}}));
  EXPECT_FALSE(run("relation.remove", {{"kind", "rides"}, {"from", 1}, {"to", 2}}));
  must_run("track.remove", {{"track", 2}});
  EXPECT_TRUE(document_.relations.empty());
}

// Whatever is proposed, a person's and a file's keyframes stay to the last bit, and nothing is placed where
// the object was said to be absent.
RC_GTEST_PROP(ProposalProperty, NeverTouchesWhatAPersonOrAFileSaid, ()) {
  const Drive drive = test::small_drive();
  Document document = new_document();
  PatchBuilder builder(document);
  TrackProperties properties;
  properties.class_id = ClassId(1);
  if (*rc::gen::inRange(0, 2)) properties.absences = {{drive.sweeps[4].time, drive.sweeps[6].time}};
  builder.set_properties(TrackId(1), properties);
  for (const SweepEntry& sweep : drive.sweeps)
    if (*rc::gen::inRange(0, 2))
      builder.set_keyframe(TrackId(1), {sweep.time,
                                        test::random_box(),
                                        *rc::gen::element(Origin::human, Origin::imported, Origin::automatic),
                                        {}});
  RC_ASSERT(apply_patch(document, std::move(builder).take()).has_value());
  json list = json::array();
  for (std::size_t i = 0; i < drive.sweeps.size(); ++i)
    if (i == 5 || *rc::gen::inRange(0, 2))
      list.push_back(
          {{"sweep", i},
           {"box", {{"centre", {test::random_number(-9, 9), 0, 0}}, {"size", {4, 2, 1}}, {"yaw", 0}}},
           {"confidence", test::random_number(0, 1)}});
  Document after = document;
  const auto patch = command_named(all_commands(), "track.propose")
                         ->plan({document, drive}, {{"track", 1}, {"keyframes", list}});
  RC_ASSERT(patch.has_value());
  RC_ASSERT(apply_patch(after, *patch).has_value());
  const Track &was = *document.track(TrackId(1)), &is = *after.track(TrackId(1));
  for (const Keyframe& keyframe : was.keyframes)
    if (keyframe.origin != Origin::automatic) {
      RC_ASSERT(is.keyframe_at(keyframe.time) != nullptr);
      RC_ASSERT(*is.keyframe_at(keyframe.time) == keyframe);
    }
  for (const Keyframe& keyframe : is.keyframes) {
    const Keyframe* before = was.keyframe_at(keyframe.time);
    RC_ASSERT((before && *before == keyframe) || keyframe.origin == Origin::automatic);
    RC_ASSERT((before && *before == keyframe) || !is.absent_at(keyframe.time));
  }
}

}  // namespace
}  // namespace sweepmark
