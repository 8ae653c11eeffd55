// What keys do to whole objects: merging two, and taking keyframes away in the batch view.
#include <gtest/gtest.h>

#include "app/gui/action.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/box_hand.hpp"
#include "app/gui/merging.hpp"
#include "app/gui/view_memory.hpp"
#include "app/gui/view_resources.hpp"
#include "tests/app/views/tiny_drive.hpp"

namespace sweepmark::gui {
namespace {

class ObjectHand : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NE(workspace_, nullptr);
    for (const int sweep : {0, 1}) {
      const nlohmann::json box = {{"centre", {sweep, 2, 3}}, {"size", {4, 2, 1}}, {"yaw", 0}};
      ASSERT_TRUE(workspace_->session().run("box.create", {{"class", 1}, {"sweep", sweep}, {"box", box}}));
    }
    ui_.selected = TrackId(1);
  }
  void drain() {
    for (const CommandRequest& request : std::exchange(requests_, {})) {
      const auto outcome = workspace_->session().run(request.name, request.args);
      ASSERT_TRUE(outcome) << to_string(outcome.error());
      if (request.then) request.then(outcome);
    }
  }
  void act(std::string_view name) {
    const Action* const action = action_named(name);
    ASSERT_TRUE(action) << name;
    ASSERT_TRUE(is_enabled(*action, context_)) << name;
    action->run(context_);
    drain();
  }
  const Document& document() const { return workspace_->document(); }

  TinyDrive drive_;
  std::unique_ptr<Workspace> workspace_ = drive_.open();
  ViewState view_;
  UiState ui_;
  ViewResources resources_{BackendChoice::software};
  std::vector<CommandRequest> requests_;
  GuiContext context_{workspace_.get(), view_, ui_, resources_, requests_};
};

TEST_F(ObjectHand, AMergeSaysWhatItWaitsForAndAClickBesideEverythingLeavesItWaiting) {
  EXPECT_TRUE(merge_hint(context_).empty());
  begin_merge(context_);
  EXPECT_NE(merge_hint(context_).find("merges it into"), std::string::npos);
  EXPECT_NE(merge_hint(context_).find("Esc"), std::string::npos);
  ui_.selected.reset();
  settle_merge(context_);
  EXPECT_FALSE(merge_hint(context_).empty());
  EXPECT_EQ(ui_.selected, TrackId(1));
  ui_.selected = TrackId(2);
  settle_merge(context_);
  drain();
  EXPECT_TRUE(merge_hint(context_).empty());
  EXPECT_EQ(ui_.selected, TrackId(1));
  ASSERT_EQ(document().tracks.size(), 1u);
  EXPECT_EQ(document().track(TrackId(1))->keyframes.size(), 2u);
}

TEST_F(ObjectHand, EscLeavesAMerge) {
  begin_merge(context_);
  EXPECT_TRUE(leave_merge(context_));
  EXPECT_FALSE(leave_merge(context_));
  ui_.selected = TrackId(2);
  settle_merge(context_);
  drain();
  EXPECT_EQ(document().tracks.size(), 2u);
}

TEST_F(ObjectHand, TheLastKeyframeTakesTheObjectAlongAndThatIsSaidWithTheWayBack) {
  toggle_batch(context_);
  mark_page(context_);
  clear_marked(context_);
  drain();
  EXPECT_FALSE(document().track(TrackId(1)));
  ASSERT_FALSE(ui_.messages.empty());
  EXPECT_NE(ui_.messages.back().text.find("was deleted"), std::string::npos) << ui_.messages.back().text;
  EXPECT_NE(ui_.messages.back().text.find("Undo"), std::string::npos);
}

TEST_F(ObjectHand, ABoxIsCopiedToTheNextSweepOrToTheMarkedOnes) {
  act("box.copy_on");
  EXPECT_EQ(ui_.cursor, 1u);
  EXPECT_EQ(document().track(TrackId(1))->keyframes.size(), 2u);
  toggle_batch(context_);
  mark_page(context_);
  act("box.copy_on");
  EXPECT_EQ(document().track(TrackId(1))->keyframes.size(), workspace_->drive().sweeps.size());
  EXPECT_EQ(ui_.cursor, 1u);
}

TEST_F(ObjectHand, OneSizeForAllSweeps) {
  const Action* const action = action_named("box.one_size");
  ASSERT_TRUE(action);
  act("box.one_size");
  ASSERT_TRUE(document().track(TrackId(1))->properties.size);
  EXPECT_EQ(*document().track(TrackId(1))->properties.size, Eigen::Vector3d(4, 2, 1));
}

TEST_F(ObjectHand, KeysOfACellHaveItsPointsWithoutTheSweep) {
  toggle_batch(context_);
  const std::size_t far = workspace_->drive().sweeps.size() - 1;
  ui_.hovered_sweep = far;
  const CropKey key = crop_about(far, upright_box(Point<Ego>(1, 1, 1), 0, {4, 2, 1}), 3);
  resources_.memory().batch.shown[far] = key;
  workspace_->crops().want({key});
  ASSERT_TRUE(workspace_->crops().get(key));
  const PointsInHand points = points_in_hand(context_);
  ASSERT_TRUE(points.cloud);
  EXPECT_GT(points.cloud->size(), 0u);
  EXPECT_FALSE(points_missing(context_, points));
}

}  // namespace
}  // namespace sweepmark::gui
