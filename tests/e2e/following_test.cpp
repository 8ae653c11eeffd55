// Objects through time in the real window: following, correcting, accepting, ends of lives.
#include <algorithm>
#include <filesystem>

#include "core/commands/arguments.hpp"
#include "core/geometry/iou.hpp"
#include "core/labels/attributes_at.hpp"
#include "tests/core/assist_track/seen_scene.hpp"
#include "tests/e2e/window_fixture.hpp"

namespace sweepmark {
namespace {

using test::WindowTest;

// At 1280 × 720, from above, the middle of the car of sweep 0.
constexpr const char* place_and_follow = R"({"action": "view.top"}
{"key": "B"}
{"click": {"place": "view3d", "at": [0.5, 0.3]}}
{"wait_idle": true}
{"frames": 2}
{"key": "T"}
{"wait_idle": true}
{"frames": 2}
)";

std::size_t proposed(const Document& document) {
  const auto& keyframes = document.tracks.at(TrackId(1))->keyframes;
  return static_cast<std::size_t>(std::ranges::count(keyframes, Origin::automatic, &Keyframe::origin));
}

// A car that crosses in front of a vehicle that stands, at 8 m/s, as a lidar sees it.
Box3<Ego> crossing(int sweep) {
  return test::standing_box(6, 0.8 * sweep, 1.5708, {4.4, 1.8, 1.5});
}

class FollowingTest : public WindowTest {
 protected:
  void SetUp() override {
    WindowTest::SetUp();
    std::filesystem::remove(folder_ /
                            "drive/drive.json");  // its lidar is at the vehicle's origin, as KITTI's
    for (int sweep = 0; sweep < test::sweeps; ++sweep) {
      test::SeenScene seen(static_cast<unsigned>(sweep) + 1);
      seen.add_ground({6, 0}, 16, 0.4);
      seen.add_box(crossing(sweep), 0.1);
      folder_.write("drive/velodyne/0000/00000" + std::to_string(sweep) + ".bin", bytes_of(seen.cloud()));
    }
  }

 private:
  static std::string bytes_of(const PointCloud& cloud) {
    std::vector<float> rows;
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      const Eigen::Vector3d p = cloud.position(i);
      for (const double value : {p.x(), p.y(), p.z(), 0.5}) rows.push_back(static_cast<float>(value));
    }
    return {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float)};
  }
};

TEST_F(FollowingTest, APlacedBoxIsFollowedAndOneUndoTakesTheFoundOnesBack) {
  ASSERT_TRUE(ended_well(play(place_and_follow)));
  const Document followed = document();
  ASSERT_EQ(followed.tracks.size(), 1u);
  EXPECT_EQ(proposed(followed), static_cast<std::size_t>(test::sweeps - 1));
  for (int sweep = 0; sweep < test::sweeps; ++sweep)
    EXPECT_GT(iou_bev(box_in(followed, sweep), crossing(sweep)), 0.6) << sweep;
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Z\"}\n")));
  const Document undone = document();
  ASSERT_EQ(undone.tracks.size(), 1u);
  EXPECT_EQ(proposed(undone), 0u);
  EXPECT_EQ(undone.tracks.at(TrackId(1))->keyframes.size(), 1u);
}

// The corrected box stays where the hand put it; what lies beside it is found again from there.
TEST_F(FollowingTest, ACorrectedBoxStaysAndItsNeighboursAreSolvedAgain) {
  ASSERT_TRUE(ended_well(play(place_and_follow)));
  const Document before = document();
  ASSERT_TRUE(ended_well(play(R"({"key": "Tab"}
{"key": "."}
{"key": "."}
{"key": "."}
{"key": "Shift+A"}
{"wait_idle": true}
{"frames": 2}
)")));
  const Document after = document();
  const Keyframe* const corrected = after.tracks.at(TrackId(1))->keyframe_at({300'000'000});
  ASSERT_TRUE(corrected);
  EXPECT_EQ(corrected->origin, Origin::human);
  EXPECT_NEAR((corrected->box.centre().metres - box_in(before, 3).centre().metres).norm(), 0.5, 1e-6);
  EXPECT_GT((box_in(after, 2).centre().metres - box_in(before, 2).centre().metres).norm(), 1e-3);
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Z\"}\n")));
  EXPECT_TRUE(document() == before);
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Shift+Z\"}\n")));
  EXPECT_TRUE(document() == after);
}

// No frame passes idle between the corrections: the second comes while the first is being solved.
TEST_F(FollowingTest, TwoCorrectionsOneAfterTheOtherAreBothSolved) {
  ASSERT_TRUE(ended_well(play(place_and_follow)));
  const Document before = document();
  const auto correct = [](int sweep) {
    const Box3<Ego> box = crossing(sweep);
    const Eigen::Vector3d centre = box.centre().metres + Eigen::Vector3d(0.4, 0, 0);
    return nlohmann::json{{"track", 1},
                          {"time_ns", sweep * 100'000'000},
                          {"box", commands::box_to(upright_box(Point<Ego>(centre), box.yaw(), box.size))}};
  };
  ASSERT_TRUE(ended_well(play(
      nlohmann::json{{"command", {{"name", "keyframe.set"}, {"args", correct(2)}}}}.dump() + "\n" +
      nlohmann::json{{"command", {{"name", "boxes.set"}, {"args", {{"boxes", {correct(5), correct(6)}}}}}}}
          .dump() +
      "\n{\"wait_idle\": true}\n")));
  const Document after = document();
  for (const int sweep : {1, 3, 4, 7}) {
    ASSERT_TRUE(after.tracks.at(TrackId(1))->keyframe_at({sweep * 100'000'000})) << sweep;
    EXPECT_EQ(after.tracks.at(TrackId(1))->keyframe_at({sweep * 100'000'000})->origin, Origin::automatic);
    EXPECT_GT((box_in(after, sweep).centre().metres - box_in(before, sweep).centre().metres).norm(), 1e-4)
        << sweep;
  }
  ASSERT_TRUE(ended_well(play("{\"key\": \"Ctrl+Z\"}\n{\"key\": \"Ctrl+Z\"}\n")));
  EXPECT_TRUE(document() == before);
}

TEST_F(FollowingTest, ProposalsAreAcceptedOneByOneOrAllAtOnce) {
  ASSERT_TRUE(ended_well(play(std::string(place_and_follow) + "{\"key\": \"N\"}\n{\"key\": \"Enter\"}\n")));
  EXPECT_EQ(proposed(document()), static_cast<std::size_t>(test::sweeps - 2));
  ASSERT_TRUE(ended_well(play("{\"key\": \"Tab\"}\n{\"key\": \"Shift+Enter\"}\n")));
  EXPECT_EQ(proposed(document()), 0u);
  EXPECT_EQ(document().tracks.at(TrackId(1))->keyframes.size(), static_cast<std::size_t>(test::sweeps));
}

TEST_F(FollowingTest, AnEndOfALifeIsDraggedOnTheTimeline) {
  ASSERT_TRUE(ended_well(play(place_and_follow)));
  ASSERT_TRUE(ended_well(play(R"({"key": "Tab"}
{"drag": ["timeline/ends", {"place": "timeline/ends", "offset": [-300, 0]}]}
)")));
  const auto life = document().tracks.at(TrackId(1))->lifetime();
  ASSERT_TRUE(life);
  EXPECT_EQ(life->first, TimestampNs{0});
  EXPECT_LT(life->last, TimestampNs{700'000'000});
  EXPECT_GT(life->last, TimestampNs{0});
}

TEST_F(FollowingTest, ADriveWithoutPosesIsGivenEstimatedOnes) {
  ASSERT_TRUE(ended_well(play("{\"click_item\": \"poses\"}\n{\"wait_idle\": true}\n{\"frames\": 2}\n")));
  const Document estimated = document();
  ASSERT_TRUE(estimated.ego_motion);
  EXPECT_EQ(estimated.ego_motion->poses().size(), static_cast<std::size_t>(test::sweeps));
}

TEST_F(FollowingTest, AnOntologyIsTakenFromTheMenuAndItsAttributesAreSetInTheInspector) {
  ASSERT_TRUE(ended_well(play(std::string(place_and_follow) + R"({"resize": [1600, 1200]}
{"action": "ontology.kitti"}
{"key": "."}
{"click_item": "inspector/occluded"}
{"click_item": "inspector/occluded/2"}
)")));
  const Document labelled = document();
  EXPECT_EQ(labelled.job.name, "KITTI");
  const Track& car = *labelled.tracks.at(TrackId(1));
  EXPECT_EQ(attributes_at(car, {0}).count("occluded"), 0u);
  EXPECT_EQ(attributes_at(car, {100'000'000}).at("occluded"), "2");
  EXPECT_EQ(attributes_at(car, {500'000'000}).at("occluded"), "2");
}

}  // namespace
}  // namespace sweepmark
