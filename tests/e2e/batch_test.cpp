// The batch view of the real window: boxes edited in their cells by recorded input, then the document is
// compared.
#include "tests/e2e/window_fixture.hpp"

#include <fmt/format.h>

namespace sweepmark {
namespace {

using test::car_at;

class BatchView : public test::WindowTest {
 protected:
  // A car that two keyframes put right, selected.
  static std::string select_car(int first, int last) {
    std::string script;
    for (const int sweep : {first, last}) {
      const Box3<Ego> car = car_at(sweep);
      const std::string box =
          fmt::format(R"({{"centre": [{}, {}, {}], "size": [{}, {}, {}], "yaw": 0}})", car.centre().x(),
                      car.centre().y(), car.centre().z(), car.length(), car.width(), car.height());
      script +=
          sweep == first
              ? fmt::format(
                    R"({{"command": {{"name": "box.create", "args": {{"class": 1, "sweep": {}, "box": {}}}}}}})",
                    sweep, box)
              : fmt::format(
                    R"({{"command": {{"name": "keyframe.set", "args": {{"track": 1, "sweep": {}, "box": {}}}}}}})",
                    sweep, box);
      script += "\n";
    }
    for (int sweep = 0; sweep < first; ++sweep) script += "{\"key\": \"PgDn\"}\n";
    return script + "{\"key\": \"Tab\"}\n";
  }
  // Its keyframes are those of the first and the last sweep; in the open batch view.
  static std::string begin() { return select_car(0, test::sweeps - 1) + "{\"key\": \"J\"}\n"; }

  static std::vector<int> keyframes(const Document& document) {
    std::vector<int> result;
    for (const Keyframe& keyframe : document.tracks.at(TrackId(1))->keyframes)
      result.push_back(static_cast<int>(keyframe.time.ns / 100'000'000));
    return result;
  }
  static bool there(const Document& document, int sweep) {
    return box_at(*document.tracks.at(TrackId(1)), {}, {sweep * 100'000'000}).has_value();
  }
};

Eigen::Vector3d rear(const Box3<Ego>& box) {
  return (box.pose * Point<BoxLocal>(-0.5 * box.length(), 0, 0)).metres;
}

TEST_F(BatchView, AFaceDraggedInACellBecomesOneKeyframeOfThatSweep) {
  const std::string drag = "{\"drag\": [\"batch/4/face+x\", \"batch/4/heading\"]}\n";
  ASSERT_TRUE(ended_well(play(begin() + drag)));
  const Document edited = document();
  EXPECT_EQ(keyframes(edited), (std::vector{0, 4, 7}));
  const Box3<Ego> before = car_at(4), after = box_in(edited, 4);
  EXPECT_GT(after.length(), before.length() + 0.1);
  EXPECT_NEAR(after.width(), before.width(), 1e-9);
  EXPECT_NEAR(after.height(), before.height(), 1e-9);
  EXPECT_LT((rear(after) - rear(before)).norm(), 1e-6);
  EXPECT_EQ(edited.tracks.at(TrackId(1))->keyframe_at({400'000'000})->origin, Origin::human);
  // A car has one size along its track; the middles of the others stay.
  for (const int other : {0, 7})
    EXPECT_LT((box_in(edited, other).centre().metres - car_at(other).centre().metres).norm(), 1e-9);
  // One gesture, one command: one undo takes it back.
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Z\"}\n")));
  EXPECT_EQ(keyframes(document()), (std::vector{0, 7}));
}

TEST_F(BatchView, ADoubleClickPullsAFaceToThePointsOfThatSweep) {
  // The rear is what the lidar sees; it is at the left or at the bottom of a cell.
  const std::string wide =
      "{\"drag\": [\"batch/3/face-x\", {\"place\": \"batch/3/face-x\", \"offset\": [-10, 10]}]}\n";
  const std::string pull = "{\"double_click\": \"batch/3/face-x\"}\n";
  ASSERT_TRUE(ended_well(play(begin() + wide + pull)));
  EXPECT_NEAR(box_in(document(), 3).length(), car_at(3).length(), 0.06);
}

TEST_F(BatchView, EscBeforeTheButtonGoesUpLeavesEverythingAsItWas) {
  const std::string drag = R"({"move": "batch/5/centre"}
{"frame": {"buttons": [0]}}
{"move": {"place": "batch/5/centre", "offset": [12, 9]}}
{"key": "Esc"}
{"frame": {"buttons": []}}
)";
  ASSERT_TRUE(ended_well(play(begin() + drag)));
  EXPECT_EQ(keyframes(document()), (std::vector{0, 7}));
}

TEST_F(BatchView, KeysActOnTheCellUnderTheMouse) {
  const std::string keys = R"({"move": "batch/2"}
{"key": "K"}
{"move": "batch/5"}
{"key": "Shift+W"}
{"move": "batch/6"}
{"key": "O"}
)";
  ASSERT_TRUE(ended_well(play(begin() + keys)));
  const Document edited = document();
  EXPECT_EQ(keyframes(edited), (std::vector{0, 2, 5, 7}));
  EXPECT_LT((box_in(edited, 2).centre().metres - car_at(2).centre().metres).norm(), 1e-6);
  EXPECT_NEAR(box_in(edited, 5).centre().x(), car_at(5).centre().x() + 0.5, 1e-3);
  EXPECT_FALSE(there(edited, 6));
}

TEST_F(BatchView, CtrlClickAcceptsABoxAsItIs) {
  ASSERT_TRUE(ended_well(play(begin() + "{\"click\": \"batch/3\", \"mods\": [\"ctrl\"]}\n")));
  const Document edited = document();
  EXPECT_EQ(keyframes(edited), (std::vector{0, 3, 7}));
  EXPECT_LT((box_in(edited, 3).centre().metres - car_at(3).centre().metres).norm(), 1e-6);
}

TEST_F(BatchView, MarkedCellsAreAcceptedAndSaidToBeAbsentTogether) {
  const std::string marks = R"({"drag": ["batch/2/caption", "batch/4/caption"]}
{"key": "K"}
{"click": "batch/5", "mods": ["shift"]}
{"click": "batch/6", "mods": ["shift"]}
{"click_item": "batch/absent"}
)";
  ASSERT_TRUE(ended_well(play(begin() + marks)));
  const Document edited = document();
  EXPECT_EQ(keyframes(edited), (std::vector{0, 2, 3, 4, 7}));
  EXPECT_FALSE(there(edited, 5) || there(edited, 6));
  EXPECT_TRUE(there(edited, 4) && there(edited, 7));
  // Each was one command.
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Z\"}\n{\"key\": \"Ctrl+Z\"}\n")));
  EXPECT_EQ(keyframes(document()), (std::vector{0, 7}));
  EXPECT_TRUE(there(document(), 5));
}

TEST_F(BatchView, EscAndItsKeyAndItsTabsLeadOutAndIn) {
  // Places that are not on the window end a script with an error.
  EXPECT_TRUE(ended_well(play(begin() + R"({"click_item": "batch/1"}
{"key": "Esc"}
{"click_item": "view3d", "at": [0.05, 0.05]}
{"key": "Tab"}
{"key": "J"}
{"click_item": "batch/look/top_and_side"}
{"key": "J"}
{"click_item": "tab.batch"}
{"click_item": "batch/look/rear"}
{"click_item": "tab.view3d"}
{"click_item": "side_top"}
)")));
}

TEST_F(BatchView, AReviewPageHasWhatNobodyPlacedAndIsEditedInPlace) {
  const std::string edit = R"({"key": "Y"}
{"click": "batch/3", "mods": ["ctrl"]}
{"drag": ["batch/5/face+x", "batch/5/heading"]}
)";
  ASSERT_TRUE(ended_well(play(select_car(0, 7) + edit)));
  const Document edited = document();
  EXPECT_EQ(keyframes(edited), (std::vector{0, 3, 5, 7}));
  EXPECT_LT((box_in(edited, 3).centre().metres - car_at(3).centre().metres).norm(), 1e-6);
  EXPECT_GT(box_in(edited, 5).length(), car_at(5).length() + 0.1);
  // What a person placed is not on the page.
  EXPECT_FALSE(ended_well(play("{\"key\": \"Tab\"}\n{\"key\": \"Y\"}\n{\"click\": \"batch/0\"}\n")));
}

TEST_F(BatchView, AReviewPageStaysAsItIsUntilTheNextPress) {
  // Once all pages were shown they are made anew: without the box that was accepted meanwhile.
  const std::string accepted = "{\"key\": \"Y\"}\n{\"click\": \"batch/3\", \"mods\": [\"ctrl\"]}\n";
  const std::string look = "{\"click_item\": \"batch/3/caption\"}\n";
  EXPECT_TRUE(ended_well(play(select_car(0, 7) + accepted + look)));
  EXPECT_FALSE(ended_well(play("{\"key\": \"Tab\"}\n{\"key\": \"Y\"}\n" + look)));
  const std::string again = "{\"click\": \"batch/4\", \"mods\": [\"ctrl\"]}\n{\"key\": \"Y\"}\n";
  EXPECT_TRUE(
      ended_well(play("{\"key\": \"Tab\"}\n{\"key\": \"Y\"}\n" + again +
                      "{\"click_item\": \"batch/5\"}\n{\"click_item\": \"batch/order/time\"}\n" + look)));
}

TEST_F(BatchView, BeyondTheEndsAReviewPageShowsGhostsThatADragMakesBoxes) {
  const std::string drag = "{\"key\": \"Y\"}\n{\"drag\": [\"batch/5/face+x\", \"batch/5/heading\"]}\n";
  ASSERT_TRUE(ended_well(play(select_car(2, 4) + drag)));
  EXPECT_EQ(keyframes(document()), (std::vector{2, 4, 5}));
}

TEST_F(BatchView, ADamagedSweepIsSaidInItsCellAndTheOthersGoOn) {
  folder_.write("drive/lidar/000003.bin", "broken");
  const std::string drag = "{\"drag\": [\"batch/4/face+x\", \"batch/4/heading\"]}\n";
  ASSERT_TRUE(ended_well(play(begin() + drag)));
  EXPECT_EQ(keyframes(document()), (std::vector{0, 4, 7}));
}

}  // namespace
}  // namespace sweepmark
