// The real window under a display of its own, driven by recorded input, killed and opened again.
#include "tests/e2e/window_fixture.hpp"

#include "core/geometry/iou.hpp"

namespace sweepmark {
namespace {

using test::car_at;
using test::WindowTest;

constexpr const char* make_a_box = R"({"action": "view.top"}
{"key": "B"}
{"drag": [{"place": "view3d", "offset": [-70, -120]}, {"place": "view3d", "offset": [70, 120]}]}
)";

TEST_F(WindowTest, ABoxDraggedRoundACarFitsTheCar) {
  ASSERT_TRUE(ended_well(play(make_a_box)));
  const Document labelled = document();
  ASSERT_EQ(labelled.tracks.size(), 1u);
  EXPECT_GT(iou_bev(box_in(labelled, 0), car_at(0)), 0.7);
}

TEST_F(WindowTest, PlaceDragInterpolateUndoRedoKillReopen) {
  ASSERT_TRUE(ended_well(play(make_a_box)));
  const Box3<Ego> placed = box_in(document(), 0);
  const std::string edits = R"({"click_item": "side_top"}
{"action": "navigate.first"}
{"key": "Tab"}
{"drag": ["side_top/face+x", {"place": "side_top/face+x", "offset": [25, 0]}]}
{"key": "."}
{"key": "."}
{"key": "."}
{"key": "."}
)";
  // Four metres on, the second keyframe; then another way of moving between the two, back, and forth again.
  std::string on;
  for (int i = 0; i < 8; ++i) on += "{\"key\": \"Shift+W\"}\n";
  const std::string history =
      "{\"key\": \"I\"}\n{\"key\": \"Ctrl+Z\"}\n{\"key\": \"Ctrl+Shift+Z\"}\n{\"kill\": 9}\n";
  const int status = play(edits + on + history);
  ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "ended otherwise: " << status;

  const Document killed = document();
  ASSERT_EQ(killed.tracks.size(), 1u);
  const Track& car = *killed.tracks.at(TrackId(1));
  ASSERT_EQ(car.keyframes.size(), 2u);
  EXPECT_EQ(car.properties.motion, Motion::linear);
  // The face that was dragged moved, the opposite one did not.
  const Box3<Ego> dragged = box_in(killed, 0);
  EXPECT_GT(dragged.length(), placed.length() + 0.1);
  EXPECT_NEAR(dragged.width(), placed.width(), 1e-9);
  const auto rear = [](const Box3<Ego>& box) {
    return (box.pose * Point<BoxLocal>(-0.5 * box.length(), 0, 0)).metres;
  };
  EXPECT_LT((rear(dragged) - rear(placed)).norm(), 1e-6);
  // The sweep between lies between.
  const Eigen::Vector3d step = box_in(killed, 4).centre().metres - dragged.centre().metres;
  EXPECT_NEAR(step.norm(), 4.0, 1e-6);
  EXPECT_LT((box_in(killed, 2).centre().metres - dragged.centre().metres - 0.5 * step).norm(), 1e-6);

  // Reopened after the kill: nothing is lost, and undo still knows the way back, to before the first box.
  ASSERT_TRUE(ended_well(play("{\"wait_idle\": true}\n")));
  EXPECT_TRUE(document() == killed);
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Z\"}\n")));
  EXPECT_EQ(document().tracks.at(TrackId(1))->properties.motion, Motion::smooth);
  std::string all_back;
  for (int i = 0; i < 12; ++i) all_back += "{\"key\": \"Ctrl+Z\"}\n";
  ASSERT_TRUE(ended_well(play(all_back)));
  EXPECT_TRUE(document() == new_document());
}

TEST_F(WindowTest, ADamagedSweepIsSaidAndTheRestGoesOn) {
  folder_.write("drive/velodyne/0000/000000.bin", "broken");
  EXPECT_TRUE(ended_well(play("{\"wait_idle\": true}\n{\"key\": \".\"}\n{\"wait_idle\": true}\n")));
}

TEST_F(WindowTest, AScriptThatCannotBeFollowedEndsWithAnError) {
  const int status = play("{\"click_item\": \"no such place\"}\n");
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_NE(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace sweepmark
