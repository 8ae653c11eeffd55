// Making boxes and taking hold of them in the 3D view of the real window, by recorded input; then the
// commands in the log and the document are compared.
#include <fmt/format.h>

#include "core/geometry/iou.hpp"
#include "tests/e2e/window_fixture.hpp"

namespace sweepmark {
namespace {

using test::car_at;
using Commands = std::vector<std::string>;

// From above, close to the car, which is what the camera looks at first.
constexpr const char* look_at_the_car = R"({"action": "view.top"}
{"scroll": "view3d", "by": [0, 6]}
{"wait_idle": true}
)";

class Boxes : public test::WindowTest {
 protected:
  static std::string create(const Box3<Ego>& box) {
    return fmt::format(
        R"({{"command": {{"name": "box.create", "args": {{"class": 1, "sweep": 0, "box":
           {{"centre": [{}, {}, {}], "size": [{}, {}, {}], "yaw": {}}}}}}}}})",
        box.centre().x(), box.centre().y(), box.centre().z(), box.length(), box.width(), box.height(),
        box.yaw());
  }
  static std::string one_line(std::string text) {
    std::erase(text, '\n');
    return text + "\n";
  }
  Commands commands() const {
    const auto store = open_sqlite_store(labels());
    EXPECT_TRUE(store);
    const auto infos = (*store)->infos(LayerName("main"), Revision{}, 1000);
    EXPECT_TRUE(infos);
    Commands names;
    for (const CommitInfo& info : *infos) names.push_back(info.command);
    return names;
  }
};

TEST_F(Boxes, OneClickOnACarIsOneCommandAndTheBoxFits) {
  ASSERT_TRUE(ended_well(play(std::string(look_at_the_car) + "{\"key\": \"B\"}\n{\"click\": \"view3d\"}\n")));
  EXPECT_EQ(commands(), (Commands{"box.create"}));
  EXPECT_GT(iou_bev(box_in(document(), 0), car_at(0)), 0.7);
}

TEST_F(Boxes, AClickOnBareGroundPutsTheUsualSizeThere) {
  ASSERT_TRUE(
      ended_well(play(std::string(look_at_the_car) +
                      "{\"key\": \"B\"}\n{\"click\": {\"place\": \"view3d\", \"at\": [0.08, 0.3]}}\n")));
  EXPECT_EQ(commands(), (Commands{"box.create"}));
  const Document labelled = document();
  const Box3<Ego> box = box_in(labelled, 0);
  EXPECT_EQ(box.size, labelled.taxonomy.at(ClassId(1)).usual_size);
  EXPECT_NEAR(box.centre().z() - 0.5 * box.height(), test::ground, 0.05);
}

TEST_F(Boxes, ThreeClicksMakeABoxThatEndsWhereTheyWere) {
  const std::string clicks =
      "{\"key\": \"Shift+2\"}\n"
      "{\"click\": {\"place\": \"view3d\", \"offset\": [-31, -70]}}\n"
      "{\"click\": {\"place\": \"view3d\", \"offset\": [31, -70]}}\n"
      "{\"click\": {\"place\": \"view3d\", \"offset\": [10, 70]}}\n";
  ASSERT_TRUE(ended_well(play(look_at_the_car + clicks)));
  EXPECT_EQ(commands(), (Commands{"box.create"}));
  const Box3<Ego> box = box_in(document(), 0);
  EXPECT_NEAR(box.yaw(), 0, 0.05);  // the front is ahead: up on the screen
  EXPECT_NEAR(box.length() / box.width(), 140.0 / 62, 0.1);
  EXPECT_GT(iou_bev(box, car_at(0)), 0.7);
}

TEST_F(Boxes, ShiftKeepsTheToolForTheNextBox) {
  const std::string twice =
      "{\"key\": \"B\"}\n"
      "{\"click\": {\"place\": \"view3d\", \"at\": [0.08, 0.3]}, \"mods\": [\"shift\"]}\n"
      "{\"click\": {\"place\": \"view3d\", \"at\": [0.08, 0.7]}}\n";
  ASSERT_TRUE(ended_well(play(look_at_the_car + twice)));
  EXPECT_EQ(commands(), (Commands{"box.create", "box.create"}));
}

TEST_F(Boxes, AFaceDraggedInThe3dViewIsOneKeyframeAndMovesAlone) {
  const std::string drag =
      "{\"key\": \"Tab\"}\n"
      "{\"drag\": [\"view3d/face+x\", {\"place\": \"view3d/face+x\", \"offset\": [0, -25]}]}\n";
  ASSERT_TRUE(ended_well(play(look_at_the_car + one_line(create(car_at(0))) + drag)));
  EXPECT_EQ(commands(), (Commands{"box.create", "keyframe.set"}));
  const Box3<Ego> before = car_at(0), after = box_in(document(), 0);
  EXPECT_GT(after.length(), before.length() + 0.3);
  EXPECT_NEAR(after.width(), before.width(), 1e-9);
  EXPECT_NEAR(after.height(), before.height(), 1e-9);
  const auto rear = [](const Box3<Ego>& box) {
    return (box.pose * Point<BoxLocal>(-0.5 * box.length(), 0, 0)).metres;
  };
  EXPECT_LT((rear(after) - rear(before)).norm(), 1e-6);
}

TEST_F(Boxes, ADoubleClickOnAFacePullsItToThePointsAndTheViewStays) {
  Box3<Ego> loose = car_at(0);
  loose = {Pose<Ego, BoxLocal>(loose.pose.rotation(), loose.pose.translation() + Eigen::Vector3d(0.3, 0, 0)),
           loose.size + Eigen::Vector3d(0.6, 0.04, 0.04)};
  const std::string script = look_at_the_car + one_line(create(loose)) +
                             "{\"key\": \"Tab\"}\n{\"double_click\": \"view3d/face+x\"}\n";
  ASSERT_TRUE(ended_well(play(script)));
  EXPECT_EQ(commands(), (Commands{"box.create", "keyframe.set"}));
  EXPECT_NEAR(box_in(document(), 0).length(), car_at(0).length() + 0.02, 0.02);
}

TEST_F(Boxes, SeveralAreMovedCarriedAndDeletedByOneCommandEach) {
  Box3<Ego> beside = car_at(0);
  beside.pose =
      Pose<Ego, BoxLocal>(beside.pose.rotation(), beside.pose.translation() + Eigen::Vector3d(0, 6, 0));
  const std::string make = one_line(create(car_at(0))) + one_line(create(beside));
  const std::string move_and_carry =
      "{\"key\": \"Ctrl+A\"}\n{\"move\": \"inspector/selected\"}\n{\"key\": \"Shift+W\"}\n"
      "{\"key\": \"Ctrl+C\"}\n{\"key\": \".\"}\n{\"key\": \"Ctrl+V\"}\n";
  ASSERT_TRUE(ended_well(play(make + move_and_carry)));
  EXPECT_EQ(commands(), (Commands{"box.create", "box.create", "boxes.set", "boxes.set"}));
  const Document carried = document();
  ASSERT_EQ(carried.tracks.size(), 2u);
  for (const auto& [id, track] : carried.tracks) {
    ASSERT_EQ(track->keyframes.size(), 2u);
    EXPECT_NEAR(track->keyframes[0].box.centre().x(), 0.5, 1e-9);
    EXPECT_NEAR(track->keyframes[1].box.centre().x(), 0.5, 1e-9);
  }
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+A\"}\n{\"key\": \"Del\"}\n")));
  EXPECT_TRUE(document().tracks.empty());
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Z\"}\n")));
  EXPECT_EQ(document().tracks.size(), 2u);
}

TEST_F(Boxes, ShiftClickInTheListAddsAndWhatIsPastedOfAnotherObjectIsNew) {
  Box3<Ego> beside = car_at(0);
  beside.pose =
      Pose<Ego, BoxLocal>(beside.pose.rotation(), beside.pose.translation() + Eigen::Vector3d(0, 6, 0));
  const std::string make = one_line(create(car_at(0))) + one_line(create(beside));
  const std::string script =
      "{\"click\": \"track.1\"}\n{\"click\": \"track.2\", \"mods\": [\"shift\"]}\n"
      "{\"key\": \"G\"}\n"                                                           // both turn round
      "{\"click\": \"track.2\"}\n{\"key\": \"Ctrl+C\"}\n{\"click\": \"track.1\"}\n"  // 2 is copied, 1
                                                                                     // selected
      "{\"key\": \".\"}\n{\"key\": \"Ctrl+Shift+V\"}\n";
  ASSERT_TRUE(ended_well(play(make + script)));
  EXPECT_EQ(commands(), (Commands{"box.create", "box.create", "boxes.set", "boxes.set"}));
  const Document labelled = document();
  ASSERT_EQ(labelled.tracks.size(), 3u);
  EXPECT_EQ(labelled.tracks.at(TrackId(3))->keyframes.at(0).time, TimestampNs{100'000'000});
  EXPECT_NEAR(std::abs(box_in(labelled, 0).yaw()), 3.14159265, 1e-6);
}

TEST_F(Boxes, OneDimensionIsChangedByKeysAndByTheWheel) {
  const std::string keys =
      "{\"key\": \"Tab\"}\n{\"key\": \"C\"}\n{\"key\": \"=\"}\n{\"key\": \"=\"}\n"
      "{\"key\": \"X\"}\n{\"key\": \"-\"}\n";
  // Two notches with Ctrl held are one command when it is let go.
  const std::string wheel =
      "{\"move\": {\"place\": \"view3d\", \"at\": [0.2, 0.6]}}\n"
      "{\"frame\": {\"mods\": 2, \"wheel\": [0, 1]}}\n{\"frame\": {\"mods\": 2, \"wheel\": [0, 1]}}\n"
      "{\"frame\": {\"mods\": 0}}\n{\"frames\": 2}\n";
  ASSERT_TRUE(ended_well(play(one_line(create(car_at(0))) + keys + wheel)));
  const std::string set = "keyframe.set";
  EXPECT_EQ(commands(), (Commands{"box.create", set, set, set, set}));
  const Box3<Ego> box = box_in(document(), 0);
  EXPECT_NEAR(box.height(), car_at(0).height() + 0.1, 1e-9);
  EXPECT_NEAR(box.width(), car_at(0).width() - 0.05 + 0.1, 1e-9);
  EXPECT_NEAR(box.length(), car_at(0).length(), 1e-9);
}

}  // namespace
}  // namespace sweepmark
