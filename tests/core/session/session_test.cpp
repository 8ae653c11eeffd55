#include "core/session/session.hpp"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <random>

#include "core/commands/registry.hpp"
#include "core/store/sqlite_store.hpp"
#include "tests/support/small_drive.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;

json create_args(double x = 12, int sweep = 0) {
  return {{"class", "Car"},
          {"sweep", sweep},
          {"box", {{"centre", {x, 3, -0.9}}, {"size", {4.2, 1.8, 1.5}}, {"yaw", 0.1}}}};
}

class SessionTest : public testing::Test {
 protected:
  // A session on the labels file as a new process would open it.
  struct Window {
    std::unique_ptr<LabelStore> store;
    std::unique_ptr<Session> session;
    Session* operator->() const { return session.get(); }
  };
  Window open(std::size_t snapshot_every = 3) {
    Window window;
    auto store = open_sqlite_store(file());
    EXPECT_TRUE(store) << to_string(store.error());
    window.store = std::move(*store);
    auto session =
        Session::open(drive_, *window.store, all_commands(), {LayerName("main"), "tester", snapshot_every});
    EXPECT_TRUE(session) << to_string(session.error());
    window.session = std::move(*session);
    return window;
  }
  std::filesystem::path file() const { return folder_ / "small.sweepmark"; }

  test::TemporaryFolder folder_;
  Drive drive_ = test::small_drive();
};

TEST_F(SessionTest, RunsUndoesAndRedoes) {
  auto window = open();
  const auto outcome = window->run("box.create", create_args());
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_TRUE(outcome->committed);
  EXPECT_EQ(outcome->changes.tracks, std::set{TrackId(1)});
  EXPECT_EQ(window->undo_title(), "Create box");
  const Document with_box = *window->document();
  ASSERT_TRUE(window->undo());
  EXPECT_TRUE(*window->document() == new_document());
  EXPECT_FALSE(window->can_undo());
  ASSERT_TRUE(window->redo());
  EXPECT_TRUE(*window->document() == with_box);
  EXPECT_EQ(window->revision(), Revision(3));  // history only grows
}

TEST_F(SessionTest, NothingToDoMakesNoCommit) {
  auto window = open();
  ASSERT_TRUE(window->run("box.create", create_args()));
  const auto outcome = window->run("track.set_class", {{"track", 1}, {"class", "car"}});
  ASSERT_TRUE(outcome);
  EXPECT_FALSE(outcome->committed);
  EXPECT_EQ(window->revision(), Revision(1));
}

TEST_F(SessionTest, RefusesWhatACommandDoesNotTake) {
  auto window = open();
  EXPECT_EQ(window->run("box.crate", {}).error().code, ErrorCode::not_found);
  EXPECT_EQ(window->run("box.create", {{"class", "Car"}}).error().code, ErrorCode::invalid_argument);
  json misspelt = create_args();
  misspelt["colour"] = "red";
  EXPECT_NE(window->run("box.create", misspelt).error().message.find("colour"), std::string::npos);
  json flat = create_args();
  flat["box"]["size"] = {4, 0, 1};
  EXPECT_EQ(window->run("box.create", flat).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(window->run("track.remove", {{"track", 7}}).error().code, ErrorCode::not_found);
  EXPECT_EQ(window->revision(), Revision(0));
  EXPECT_TRUE(*window->document() == new_document());
}

TEST_F(SessionTest, UndoSurvivesARestart) {
  Document after_first;
  {
    auto window = open();
    ASSERT_TRUE(window->run("box.create", create_args()));
    after_first = *window->document();
    ASSERT_TRUE(window->run("box.create", create_args(30)));
    ASSERT_TRUE(window->run("track.set_class", {{"track", 2}, {"class", "Van"}}));
    ASSERT_TRUE(window->undo());
  }
  auto window = open();
  EXPECT_EQ(window->revision(), Revision(4));
  EXPECT_EQ(window->redo_title(), "Change class");
  ASSERT_TRUE(window->undo());
  EXPECT_TRUE(*window->document() == after_first);
  ASSERT_TRUE(window->redo());
  ASSERT_TRUE(window->redo());
  EXPECT_EQ(window->document()->track(TrackId(2))->properties.class_id,
            class_named(default_taxonomy(), "Van"));
  EXPECT_FALSE(window->can_redo());
}

TEST_F(SessionTest, ANewCommandForgetsWhatCouldBeRedone) {
  auto window = open();
  ASSERT_TRUE(window->run("box.create", create_args()));
  ASSERT_TRUE(window->undo());
  ASSERT_TRUE(window->run("box.create", create_args(40)));
  EXPECT_FALSE(window->can_redo());
  EXPECT_FALSE(open()->can_redo());
}

nlohmann::json set_args(int track, double x, int sweep) {
  json args = create_args(x, sweep);
  args.erase("class");
  args["track"] = track;
  return args;
}

// What a program puts beside a person's box.
json propose_args(int track, std::vector<int> sweeps) {
  json keyframes = json::array();
  for (const int sweep : sweeps)
    keyframes.push_back({{"sweep", sweep}, {"box", create_args(50 + sweep)["box"]}, {"confidence", 0.5}});
  return {{"track", track}, {"keyframes", keyframes}};
}

TEST_F(SessionTest, WhatAProgramDidBecauseOfACommitIsUndoneAndRedoneWithIt) {
  Document created, followed;
  {
    auto window = open();
    ASSERT_TRUE(window->run("box.create", create_args()));
    created = *window->document();
    const auto set = window->run("keyframe.set", set_args(1, 13, 4));
    ASSERT_TRUE(set);
    for (const int sweep : {2, 5}) {
      const auto more = window->run_after(set->revision, "track.propose", propose_args(1, {sweep}));
      ASSERT_TRUE(more) << to_string(more.error());
      EXPECT_TRUE(more->committed);
    }
    followed = *window->document();
    EXPECT_EQ(window->undo_title(), "Set keyframe");
    ASSERT_TRUE(window->undo());
    EXPECT_TRUE(*window->document() == created);
    ASSERT_TRUE(window->redo());
    EXPECT_TRUE(*window->document() == followed);
  }
  auto window = open();  // as the log has it
  EXPECT_EQ(window->revision(), Revision(6));
  EXPECT_EQ(window->undo_title(), "Set keyframe");
  ASSERT_TRUE(window->undo());
  EXPECT_TRUE(*window->document() == created);
  EXPECT_EQ(window->redo_title(), "Set keyframe");
  auto again = open();
  ASSERT_TRUE(again->redo());
  EXPECT_TRUE(*again->document() == followed);
  EXPECT_FALSE(again->can_redo());
}

TEST_F(SessionTest, WhatWasDoneMeanwhileElsewhereStaysAStepOfItsOwn) {
  auto window = open();
  ASSERT_TRUE(window->run("box.create", create_args()));
  const Document created = *window->document();
  const auto set = window->run("keyframe.set", set_args(1, 13, 4));
  ASSERT_TRUE(set);
  ASSERT_TRUE(window->run("box.create", create_args(30)));
  ASSERT_TRUE(window->run("keyframe.set", set_args(1, 14, 6)));
  ASSERT_TRUE(window->run_after(set->revision, "track.propose", propose_args(1, {2, 5})));
  const Document all = *window->document();
  auto restarted = open();
  for (int step = 0; step < 2; ++step) ASSERT_TRUE(restarted->undo());
  EXPECT_EQ(restarted->document()->tracks.size(), 1u);
  EXPECT_EQ(restarted->document()->track(TrackId(1))->keyframes.size(), 4u);  // 0, 2, 4, 5
  ASSERT_TRUE(restarted->undo());
  EXPECT_TRUE(*restarted->document() == created);
  for (int step = 0; step < 3; ++step) ASSERT_TRUE(restarted->redo());
  EXPECT_TRUE(*restarted->document() == all);
}

// An undo must always be possible: what leans on a later change goes with that.
TEST_F(SessionTest, WhatLeansOnALaterChangeIsUndoneWithThat) {
  auto window = open();
  ASSERT_TRUE(window->run("box.create", create_args()));
  const auto set = window->run("keyframe.set", set_args(1, 13, 4));
  ASSERT_TRUE(set);
  ASSERT_TRUE(window->run("track.propose", propose_args(1, {2})));
  const Document proposed = *window->document();
  ASSERT_TRUE(window->run("track.accept", {{"track", 1}, {"sweep", 2}}));
  ASSERT_TRUE(window->run("keyframe.remove", {{"track", 1}, {"sweep", 2}}));
  ASSERT_TRUE(window->run_after(set->revision, "track.propose", propose_args(1, {2})));
  auto restarted = open();
  EXPECT_EQ(restarted->undo_title(), "Remove keyframe");
  for (int step = 0; step < 2; ++step) ASSERT_TRUE(restarted->undo());
  EXPECT_TRUE(*restarted->document() == proposed);
}

TEST_F(SessionTest, NothingFollowsWhatWasUndone) {
  auto window = open();
  ASSERT_TRUE(window->run("box.create", create_args()));
  const auto set = window->run("keyframe.set", set_args(1, 13, 4));
  ASSERT_TRUE(set && window->undo());
  const auto late = window->run_after(set->revision, "track.propose", propose_args(1, {2}));
  ASSERT_TRUE(late);
  EXPECT_FALSE(late->committed);
  EXPECT_TRUE(window->can_redo());
}

// Logs of earlier versions say nothing of what belongs together, and one may have been damaged by hand.
TEST_F(SessionTest, AFollowerOfNothingIsAStepOfItsOwn) {
  {
    auto window = open();
    ASSERT_TRUE(window->run("box.create", create_args()));
    PatchBuilder patch(*window->document());
    patch.remove_track(TrackId(1));
    for (const char* follows : {"77", "\"x\"", "null"}) {
      Commit commit{{Revision(window->revision().value + 1), 0, "a", "track.remove",
                     std::string("{\"follows\": ") + follows + "}", 0},
                    encode(std::move(PatchBuilder(patch)).take())};
      ASSERT_TRUE(window.store->append(LayerName("main"), window->revision(), commit));
      ASSERT_TRUE(open()->undo());
      ASSERT_TRUE(window->refresh());
    }
  }
  auto window = open();
  EXPECT_EQ(window->undo_title(), "Create box");
  ASSERT_TRUE(window->undo());
  EXPECT_FALSE(window->can_undo());
}

TEST_F(SessionTest, TwoWindowsOnOneFileKeepBothTheirEdits) {
  auto one = open(), two = open();
  ASSERT_TRUE(one->run("box.create", create_args(10)));
  const auto outcome = two->run("box.create", create_args(20));  // it has not seen the other's box
  ASSERT_TRUE(outcome) << to_string(outcome.error());
  EXPECT_EQ(outcome->changes.tracks, (std::set{TrackId(1), TrackId(2)}));
  EXPECT_EQ(two->document()->tracks.size(), 2u);
  const auto news = one->refresh();
  ASSERT_TRUE(news);
  EXPECT_EQ(news->tracks, std::set{TrackId(2)});
  EXPECT_TRUE(*one->document() == *two->document());
}

TEST_F(SessionTest, UndoTakesBackTheNewestCommitWhoeverMadeIt) {
  auto one = open();
  ASSERT_TRUE(one->run("box.create", create_args(10)));
  {
    auto two = open();
    ASSERT_TRUE(two->run("track.set_class", {{"track", 1}, {"class", "Bus"}}));
  }
  // The newest commit of the layer goes first, whoever made it.
  ASSERT_TRUE(one->undo());
  EXPECT_EQ(one->document()->track(TrackId(1))->properties.class_id, class_named(default_taxonomy(), "Car"));
}

TEST_F(SessionTest, AFullDiskLosesNothingAcknowledged) {
  auto limited = open_sqlite_store(file(), {.read_only = false, .page_limit = 40, .pretend_file_system = {}});
  ASSERT_TRUE(limited);
  auto session = Session::open(drive_, **limited, all_commands(), {LayerName("main"), "tester", 0});
  ASSERT_TRUE(session);
  Document acknowledged = *(*session)->document();
  Result<CommandOutcome> outcome;
  for (int i = 0; i < 2000; ++i) {
    outcome = (*session)->run("box.create", create_args(i));
    if (!outcome) break;
    acknowledged = *(*session)->document();
  }
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().code, ErrorCode::no_space) << to_string(outcome.error());
  EXPECT_EQ(outcome.error().where.file, file());
  EXPECT_TRUE(*(*session)->document() == acknowledged);
  session->reset();
  limited->reset();
  EXPECT_TRUE(*open()->document() == acknowledged);
}

// A child process labels at random and says after each command which revision was acknowledged; it is killed
// somewhere.
TEST_F(SessionTest, WhatWasAcknowledgedIsThereAfterAKillAtAnyMoment) {
  std::mt19937 random(11);
  for (int trial = 0; trial < 8; ++trial) {
    int channel[2];
    ASSERT_EQ(::pipe(channel), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      auto window = open(5);
      for (int i = 0;; ++i) {
        const auto outcome = i % 7 == 6 ? window->undo() : window->run("box.create", create_args(i));
        const std::int64_t revision = outcome ? outcome->revision.value : -1;
        if (::write(channel[1], &revision, sizeof revision) != sizeof revision) ::_exit(1);
      }
    }
    ::close(channel[1]);
    const int wanted = std::uniform_int_distribution(1, 60)(random);
    std::int64_t acknowledged = 0, revision = 0;
    for (int i = 0; i < wanted && ::read(channel[0], &revision, sizeof revision) == sizeof revision; ++i)
      acknowledged = revision;
    ::kill(child, SIGKILL);
    while (::read(channel[0], &revision, sizeof revision) == sizeof revision) acknowledged = revision;
    ::close(channel[0]);
    ::waitpid(child, nullptr, 0);
    ASSERT_GT(acknowledged, 0);
    auto window = open();
    EXPECT_GE(window->revision().value, acknowledged);
    // The whole log replays to the same document that snapshot and tail give.
    auto replayed = new_document();
    const auto commits = window.store->commits(LayerName("main"), Revision(0), 100'000);
    ASSERT_TRUE(commits);
    for (const Commit& commit : *commits) ASSERT_TRUE(apply_patch(replayed, *decode_patch(commit.patch)));
    EXPECT_TRUE(replayed == *window->document());
  }
}

// Commits that were lost at the end of the log, with a snapshot of them left behind.
TEST_F(SessionTest, ASnapshotBeyondTheLogLeavesTheLayerEditable) {
  Document of_the_log;
  {
    auto window = open(0);
    ASSERT_TRUE(window->run("box.create", create_args()));
    of_the_log = *window->document();
    ASSERT_TRUE(window.store->save_snapshot(LayerName("main"), {Revision(9), to_json(new_document())}));
  }
  auto window = open(0);
  EXPECT_EQ(window->revision(), Revision(1));
  EXPECT_TRUE(*window->document() == of_the_log);
  EXPECT_FALSE(window.store->notices().empty());
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(window->run("box.create", create_args(20.0 + i)));
  EXPECT_TRUE(*open()->document() == *window->document());
}

class OtherDrive : public SessionTest {
 protected:
  // Labels of the small drive, opened with `drive`.
  Result<CommandOutcome> label_on(const Drive& drive, bool adopt = false) {
    if (!std::filesystem::exists(file())) {
      EXPECT_TRUE(open()->run("box.create", create_args()));
    }
    auto store = open_sqlite_store(file());
    auto session = Session::open(
        drive, **store, all_commands(),
        {.layer = LayerName("main"), .author = "tester", .snapshot_every = 3, .adopt_labels = adopt});
    EXPECT_TRUE(session) << to_string(session.error());
    EXPECT_GE((*session)->document()->tracks.size(), 1u);  // they can be looked at, whatever drive it is
    notices_ = (*session)->notices();
    return (*session)->run("box.create", create_args(30));
  }
  std::vector<std::string> notices_;
};

TEST_F(OtherDrive, ItsLabelsAreShownButNotChangedUnlessTakenOver) {
  Drive other = drive_;
  other.name = "other";
  other.sweeps.pop_back();
  const auto refused = label_on(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(refused.error().where.file, file());
  for (const char* part : {"'small' (10 sweeps)", "'other' (9 sweeps)", "--adopt-labels"})
    EXPECT_NE(refused.error().message.find(part), std::string::npos) << part;
  ASSERT_EQ(notices_.size(), 1u);
  EXPECT_NE(notices_[0].find(file().string()), std::string::npos);
  EXPECT_EQ(open()->revision(), Revision(1));
  EXPECT_TRUE(label_on(other, true));
  EXPECT_EQ(notices_.size(), 1u);
  EXPECT_TRUE(label_on(other));  // from then on they are its own
  EXPECT_TRUE(notices_.empty());
  EXPECT_FALSE(label_on(drive_));
}

TEST_F(OtherDrive, ARenamedOrGrownDriveIsTheSame) {
  Drive renamed = drive_;
  renamed.name = "renamed";
  EXPECT_TRUE(label_on(renamed));
  Drive grown = drive_;
  grown.sweeps.push_back({SensorId("lidar"), {1'000'000'000}, {}});
  EXPECT_TRUE(label_on(grown));
  EXPECT_TRUE(notices_.empty());
}

TEST_F(OtherDrive, WhatTheFileSaysInOtherWordsIsNoReasonToRefuse) {
  ASSERT_TRUE(open_sqlite_store(file()).value()->set_fact("drive", "0052"));
  EXPECT_TRUE(open()->run("box.create", create_args()));
}

TEST_F(SessionTest, CountsActiveTimeButNotPauses) {
  auto window = open();
  const auto start = std::chrono::steady_clock::time_point{};
  window->note_activity(start);
  window->note_activity(start + std::chrono::seconds(10));
  window->note_activity(start + std::chrono::seconds(1000));  // lunch
  window->note_activity(start + std::chrono::seconds(1002));
  ASSERT_TRUE(window->run("box.create", create_args()));
  EXPECT_DOUBLE_EQ(window.store->commit(LayerName("main"), Revision(1))->info.active_seconds, 12.0);
}

}  // namespace
}  // namespace sweepmark
