// The real window under a display of its own, driven by recorded input, killed and opened again.
#include "core/geometry/iou.hpp"
#include "tests/e2e/window_fixture.hpp"

namespace sweepmark {
namespace {

namespace fs = std::filesystem;
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
  folder_.write("drive/lidar/000000.bin", "broken");
  // A place that is not on the window ends a script with an error: so these say what is to be seen.
  constexpr const char* said = "{\"move\": \"view3d/problem\"}\n";
  EXPECT_TRUE(ended_well(play(said)));
  EXPECT_TRUE(ended_well(play(std::string(said) + "{\"key\": \".\"}\n{\"move\": \"view3d\"}\n")));
  EXPECT_FALSE(ended_well(play(std::string("{\"key\": \".\"}\n") + said)));
  ASSERT_TRUE(ended_well(play(std::string("{\"key\": \".\"}\n") + make_a_box + "{\"key\": \",\"}\n" + said)));
  const Document labelled = document();
  ASSERT_EQ(labelled.tracks.size(), 1u);
  EXPECT_EQ(labelled.tracks.at(TrackId(1))->keyframes.at(0).time, TimestampNs{100'000'000});
}

// The script stops the process between its lines; the test changes what the process may write, and lets it go
// on.
TEST_F(WindowTest, ABoxThatAFullDiskTurnsAwayWaitsAndIsSavedLater) {
  const std::string stop = "{\"kill\": 19}\n";
  const pid_t child =
      start("{\"wait_idle\": true}\n" + stop + make_a_box + "{\"move\": \"unsaved.retry\"}\n" +
            "{\"key\": \".\"}\n{\"click_item\": \"unsaved.retry\"}\n" + "{\"move\": \"unsaved.retry\"}\n" +
            stop + "{\"click_item\": \"unsaved.retry\"}\n");
  const auto let_write = [child](rlim_t bytes) {
    const rlimit limit{bytes, RLIM_INFINITY};
    EXPECT_EQ(::prlimit(child, RLIMIT_FSIZE, &limit, nullptr), 0);
    ::kill(child, SIGCONT);
  };
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
  ASSERT_TRUE(WIFSTOPPED(status)) << status;
  let_write(512);
  ASSERT_EQ(::waitpid(child, &status, WUNTRACED), child);
  ASSERT_TRUE(WIFSTOPPED(status)) << status;
  let_write(RLIM_INFINITY);
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(ended_well(status)) << status;
  const Document labelled = document();
  ASSERT_EQ(labelled.tracks.size(), 1u);
  EXPECT_EQ(labelled.tracks.at(TrackId(1))->keyframes.at(0).time, TimestampNs{0});  // of its own sweep
  EXPECT_GT(iou_bev(box_in(labelled, 0), car_at(0)), 0.7);
}

TEST_F(WindowTest, EscInANumberFieldDiscardsWhatWasTyped) {
  const std::string length = "inspector/size0";
  ASSERT_TRUE(ended_well(play(make_a_box)));
  const Box3<Ego> before = box_in(document(), 0);
  const std::string type = "{\"key\": \"Tab\"}\n{\"double_click\": \"" + length +
                           "\"}\n{\"key\": \"Ctrl+A\"}\n" + "{\"text\": \"7.5\"}\n";
  ASSERT_TRUE(ended_well(play(type + "{\"key\": \"Esc\"}\n{\"move\": \"view3d\"}\n")));
  EXPECT_NEAR(box_in(document(), 0).length(), before.length(), 1e-9);
  ASSERT_TRUE(ended_well(play(type + "{\"key\": \"Enter\"}\n{\"move\": \"view3d\"}\n")));
  EXPECT_NEAR(box_in(document(), 0).length(), 7.5, 1e-9);
}

TEST_F(WindowTest, APictureOfWhatCannotBeOpenedIsAnError) {
  const std::string nothing = (folder_ / "no such drive").string(),
                    picture = (folder_ / "picture.png").string();
  const int status = wait_for(start_program({nothing, "--state", (folder_ / "view.json").string(),
                                             "--backend", "software", "--screenshot", picture}));
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 1);
  EXPECT_FALSE(fs::exists(picture));
}

TEST_F(WindowTest, AScriptThatCannotBeFollowedEndsWithAnError) {
  const int status = play("{\"click_item\": \"no such place\"}\n");
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_NE(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace sweepmark
