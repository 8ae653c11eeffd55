#include "app/gui/draft.hpp"

#include <gtest/gtest.h>

#include "app/gui/view_resources.hpp"
#include "app/gui/view_scene.hpp"
#include "tests/app/views/tiny_drive.hpp"

namespace sweepmark::gui {
namespace {

class DraftTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(workspace_, nullptr); }

  TimestampNs time(std::size_t sweep) const { return workspace_->drive().sweeps[sweep].time; }
  static Box3<Ego> box_at(double x) { return upright_box(Point<Ego>(x, 0, 0), 0, {4, 2, 1.5}); }
  bool draft(double x) { return draft_box(context_, track_, ClassId(1), box_at(x)); }

  // As the window does at the end of a frame, with a labels file that works or does not.
  void drain() {
    for (const CommandRequest& request : std::exchange(requests_, {})) {
      const Result<CommandOutcome> outcome =
          full_disk_ ? Result<CommandOutcome>(fail(ErrorCode::no_space, "the disk is full"))
                     : workspace_->session().run(request.name, request.args);
      if (request.then) request.then(outcome);
    }
  }
  const Track& track() const { return *workspace_->document().track(TrackId(1)); }

  TinyDrive drive_;
  std::unique_ptr<Workspace> workspace_ = drive_.open();
  ViewState view_;
  UiState ui_;
  ViewResources resources_{BackendChoice::software};
  std::vector<CommandRequest> requests_;
  GuiContext context_{workspace_.get(), view_, ui_, resources_, requests_};
  std::optional<TrackId> track_;  // empty: a new box
  bool full_disk_ = false;
};

TEST_F(DraftTest, BecomesAKeyframeOfItsOwnSweepWhereverTheCursorIs) {
  ASSERT_TRUE(draft(1));
  commit_draft(context_);
  drain();
  track_ = TrackId(1);
  ASSERT_TRUE(draft(2));
  ui_.cursor = 3;  // by whatever way
  EXPECT_EQ(draft_at_cursor(context_), nullptr);
  for (const ShownBox& shown : shown_boxes(context_)) EXPECT_FALSE(shown.draft);
  commit_draft(context_);
  drain();
  ASSERT_EQ(track().keyframes.size(), 1u);
  EXPECT_EQ(track().keyframes[0].time, time(0));
  EXPECT_EQ(track().keyframes[0].box.centre().x(), 2);
  EXPECT_FALSE(ui_.draft);
}

TEST_F(DraftTest, IsLeftBehindOnTheWayToAnotherSweep) {
  ASSERT_TRUE(draft(1));
  go_to(context_, 0);
  EXPECT_TRUE(ui_.draft);  // that is where it is
  go_to(context_, 2);
  EXPECT_EQ(ui_.cursor, 2u);
  EXPECT_EQ(ui_.direction, 1);
  EXPECT_FALSE(ui_.draft);
  go_to(context_, 99);
  EXPECT_EQ(ui_.cursor, 3u);
  go_to(context_, 1);
  EXPECT_EQ(ui_.direction, -1);
}

TEST_F(DraftTest, ThatCannotBeSavedWaitsAndIsSavedLater) {
  full_disk_ = true;
  ASSERT_TRUE(draft(5));
  commit_draft(context_);
  drain();
  ASSERT_TRUE(ui_.unsaved);
  EXPECT_NE(ui_.unsaved->problem.find("disk is full"), std::string::npos);
  ASSERT_TRUE(selected_box(context_));  // still to be seen
  EXPECT_EQ(selected_box(context_)->box.centre().x(), 5);

  go_to(context_, 2);
  EXPECT_TRUE(shown_boxes(context_).empty());
  ASSERT_TRUE(ui_.unsaved);
  EXPECT_FALSE(draft(7));  // one at a time
  retry_unsaved(context_);
  drain();
  EXPECT_TRUE(ui_.unsaved);

  full_disk_ = false;
  retry_unsaved(context_);
  drain();
  EXPECT_FALSE(ui_.unsaved);
  ASSERT_EQ(track().keyframes.size(), 1u);
  EXPECT_EQ(track().keyframes[0].time, time(0));
  EXPECT_EQ(ui_.selected, TrackId(1));
}

TEST_F(DraftTest, ThatWaitsCanBeEditedOnAndComesBackWhereThatIsTakenBack) {
  full_disk_ = true;
  ASSERT_TRUE(draft(5));
  commit_draft(context_);
  drain();
  ASSERT_TRUE(draft(6));
  EXPECT_EQ(draft_at_cursor(context_)->box.centre().x(), 6);
  ui_.draft.reset();  // Esc
  EXPECT_EQ(draft_at_cursor(context_)->box.centre().x(), 5);
  ASSERT_TRUE(draft(6));
  full_disk_ = false;
  commit_draft(context_);
  drain();
  EXPECT_FALSE(ui_.unsaved);
  EXPECT_EQ(track().keyframes[0].box.centre().x(), 6);
}

TEST_F(DraftTest, ACommandThatMakesNoSenseLeavesNothingWaiting) {
  track_ = TrackId(77);
  ASSERT_TRUE(draft(1));
  commit_draft(context_);
  drain();
  EXPECT_FALSE(ui_.draft);
  EXPECT_FALSE(ui_.unsaved);
  EXPECT_TRUE(workspace_->document().tracks.empty());
}

}  // namespace
}  // namespace sweepmark::gui
