// measure fit on a drive of one sweep, in KITTI's tracking layout: a car as a lidar sees it, and its true
// box.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <numbers>

#include "app/cli/measure.hpp"
#include "tests/app/cli/ctl.hpp"
#include "tests/core/assist_fit/seen_scene.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;

using test::ctl;
using test::Ran;

constexpr double ground = -1.7;

class MeasureFitTest : public testing::Test {
 protected:
  MeasureFitTest() {
    test::SeenScene scene(ground);
    scene.add_ground(18, 0.4);
    scene.add_box(test::standing_car(11, 4, yaw_, ground), 0.12);
    const PointCloud cloud = scene.cloud();
    std::string bytes;
    for (std::size_t i = 0; i < cloud.size(); ++i) {
      const std::array<float, 4> row = {cloud.x[i], cloud.y[i], cloud.z[i], 0.5f};
      bytes.append(reinterpret_cast<const char*>(row.data()), sizeof row);
    }
    folder_.write("root/training/velodyne/0000/000000.bin", bytes);
    folder_.write("root/training/calib/0000.txt",
                  "P2: 700 0 600 0 0 700 180 0 0 0 1 0\n"
                  "R0_rect: 1 0 0 0 1 0 0 0 1\n"
                  "Tr_velo_to_cam: 0 -1 0 0 0 0 -1 0 1 0 0 0\n"
                  "Tr_imu_to_velo: 1 0 0 0 0 1 0 0 0 0 1 0\n");
  }
  // In the camera's frame: x to the right, y down, z ahead; at the middle of the bottom.
  void write_truth() {
    folder_.write("root/training/label_02/0000.txt",
                  fmt::format("0 1 Car 0 0 0 500 150 600 250 {} {} {} -4 1.7 11 {}\n", test::car_size.z(),
                              test::car_size.y(), test::car_size.x(), -yaw_ - std::numbers::pi / 2));
  }
  std::string root() const { return (folder_ / "root").string(); }

  const double yaw_ = 0.4;
  test::TemporaryFolder folder_;
};

TEST_F(MeasureFitTest, ClicksEveryTrueBoxAndJudgesWhatComesOfIt) {
  write_truth();
  const Ran ran = ctl({"measure", "fit", root(), "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages;
  const json found = json::parse(ran.out);
  EXPECT_EQ(found["measure"], "fit");
  EXPECT_EQ(found["drives"][0]["clicks"], 1);
  const json& all = found["rows"].back();
  EXPECT_EQ(all["class"], "all");
  EXPECT_EQ(all["clicks"], 1);
  EXPECT_GT(all["mean_bev_iou"].get<double>(), 0.8);
  EXPECT_EQ(all["share_at_0_7"], 1.0);
  ASSERT_EQ(found["reliability"].size(), 1u);
  EXPECT_EQ(found["reliability"][0]["clicks"], 1);
}

TEST_F(MeasureFitTest, ListsEachClickWhereAsked) {
  write_truth();
  const Ran ran = ctl({"measure", "fit", root(), "--list"});
  ASSERT_EQ(ran.code, 0) << ran.messages;
  EXPECT_NE(ran.out.find("sweep   0 1 Car"), std::string::npos) << ran.out;
}

TEST_F(MeasureFitTest, SaysWhatIsMissing) {
  const Ran no_truth = ctl({"measure", "fit", root()});
  EXPECT_EQ(no_truth.code, 3);
  EXPECT_NE(no_truth.messages.find("true boxes"), std::string::npos) << no_truth.messages;
  write_truth();
  const Ran too_few = ctl({"measure", "fit", root(), "--min-points", "1000000"});
  EXPECT_EQ(too_few.code, 3);
  EXPECT_NE(too_few.messages.find("1000000"), std::string::npos) << too_few.messages;
  const Ran no_class = ctl({"measure", "fit", root(), "--class", "Unicorn"});
  EXPECT_EQ(no_class.code, 2);
  EXPECT_NE(no_class.messages.find("Unicorn"), std::string::npos) << no_class.messages;
}

}  // namespace
}  // namespace sweepmark
