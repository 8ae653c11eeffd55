#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>

#include "app/cli/output.hpp"
#include "core/geometry/rotation.hpp"
#include "tests/app/cli/ctl.hpp"
#include "tests/core/assist_registration/street.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;

using test::ctl;
using test::Ran;

constexpr double metres_a_sweep = 1.4;
constexpr int sweeps = 4;

// A street in the KITTI tracking layout, driven along at speed from the first sweep on.
class EgoMotionCommand : public testing::Test {
 protected:
  EgoMotionCommand() {
    for (int i = 0; i < sweeps; ++i) {
      const Pose<World, Sensor> pose(Eigen::Quaterniond::Identity(), {metres_a_sweep * i, 0, 1.7});
      const PointCloud cloud = test::seen_from(test::street(), static_cast<std::uint32_t>(i), 20'000, pose);
      std::vector<float> rows;
      for (std::size_t k = 0; k < cloud.size(); ++k)
        rows.insert(rows.end(), {cloud.x[k], cloud.y[k], cloud.z[k], 0.5f});
      write_sweep(i, {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float)});
    }
  }
  void write_sweep(int i, std::string_view bytes) {
    folder_.write("root/training/velodyne/0000/00000" + std::to_string(i) + ".bin", bytes);
  }
  std::string root() const { return (folder_ / "root").string(); }
  std::string labels() const { return (folder_ / "labels.swm").string(); }
  std::size_t commands_logged() const {
    const Ran ran = ctl({"log", root(), "--labels", labels(), "--json"});
    std::size_t found = 0;
    for (std::size_t at = 0; (at = ran.out.find("ego.set_estimated", at)) != std::string::npos; ++at) ++found;
    return found;
  }

  test::TemporaryFolder folder_;
};

TEST_F(EgoMotionCommand, SavesThePosesAsOneCommand) {
  const Ran ran = ctl({"ego-motion", root(), "--labels", labels(), "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages << ran.out;
  const json object = ran.object();
  EXPECT_EQ(object["sweeps"], sweeps);
  EXPECT_EQ(object["bridged"], 0);
  EXPECT_EQ(object["unsure"], 0);
  EXPECT_NEAR(object["length_m"].get<double>(), metres_a_sweep * (sweeps - 1), 0.05);
  EXPECT_EQ(object["labels"], labels());
  EXPECT_GT(object["revision"].get<int>(), 0);
  ASSERT_EQ(object["steps"].size(), static_cast<std::size_t>(sweeps));
  EXPECT_GT(object["steps"][1]["supported_share"].get<double>(), 0.3);
  EXPECT_EQ(commands_logged(), 1u);

  const Ran again = ctl({"ego-motion", root(), "--labels", labels()});
  EXPECT_EQ(again.code, 0) << again.messages;
  EXPECT_NE(again.out.find("saved as estimated"), std::string::npos) << again.out;
}

TEST_F(EgoMotionCommand, DryRunSavesNothingAndHandsOutThePoses) {
  const Ran ran = ctl({"ego-motion", root(), "--labels", labels(), "--dry-run", "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages << ran.out;
  const json poses = ran.object()["poses"];
  ASSERT_EQ(poses.size(), static_cast<std::size_t>(sweeps));
  for (int i = 0; i < sweeps; ++i)
    EXPECT_NEAR(poses[static_cast<std::size_t>(i)]["translation"][0].get<double>(), metres_a_sweep * i, 0.05);
  EXPECT_FALSE(std::filesystem::exists(labels()));
}

TEST_F(EgoMotionCommand, ASweepThatIsBridgedIsNamedAndTellsByTheExitCode) {
  write_sweep(2, "not sixteen bytes a row");
  const Ran ran = ctl({"ego-motion", root(), "--labels", labels(), "--json"});
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.object()["bridged"], 1);
  EXPECT_NE(ran.messages.find("000002.bin"), std::string::npos) << ran.messages;
  EXPECT_NEAR(ran.object()["length_m"].get<double>(), metres_a_sweep * (sweeps - 1), 0.1);
}

TEST_F(EgoMotionCommand, RecordedPosesAreKept) {
  std::string oxts;
  for (int i = 0; i < sweeps; ++i) {
    oxts += "49.0 8.4 100 0 0 0";
    for (int value = 6; value < 30; ++value) oxts += " 0";
    oxts += "\n";
  }
  folder_.write("root/training/oxts/0000.txt", oxts);
  const std::string identity = " 1 0 0 0 0 1 0 0 0 0 1 0\n";
  folder_.write("root/training/calib/0000.txt", "P2:" + identity + "R_rect 1 0 0 0 1 0 0 0 1\nTr_velo_cam" +
                                                    identity + "Tr_imu_velo" + identity);
  const Ran refused = ctl({"ego-motion", root(), "--labels", labels(), "--json"});
  EXPECT_EQ(refused.code, 2) << refused.messages;
  EXPECT_NE(refused.object()["error"]["message"].get<std::string>().find("recorded poses"),
            std::string::npos);
  EXPECT_EQ(commands_logged(), 0u);
  EXPECT_EQ(ctl({"ego-motion", root(), "--dry-run"}).code, 0);
  const Ran measured = ctl({"measure", "odometry", root(), "--json"});
  ASSERT_EQ(measured.code, 0) << measured.messages;
  EXPECT_EQ(measured.object()["rows"][0]["reference"], "recorded poses");
}

TEST_F(EgoMotionCommand, MeasuredAgainstItselfWhereNoPosesAreRecorded) {
  const Ran ran = ctl({"measure", "odometry", root(), "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages;
  const json row = ran.object()["rows"][0];
  EXPECT_TRUE(row["reference"].is_null());
  EXPECT_EQ(row["sweeps"], sweeps);
  EXPECT_EQ(row["bridged"], 0);
  EXPECT_GT(row["residual_m"].get<double>(), 0.0);
  EXPECT_LT(row["residual_m"].get<double>(), 0.03);  // a centimetre of noise
  EXPECT_TRUE(row.contains("map_thickness_m"));
}

// In a process of its own: an interrupt holds for the rest of it.
TEST_F(EgoMotionCommand, CtrlCEndsItWithoutSaving) {
  EXPECT_EXIT(
      {
        catch_interrupts();
        std::raise(SIGINT);
        std::_Exit(ctl({"ego-motion", root(), "--labels", labels()}).code);
      },
      testing::ExitedWithCode(130), "");
  EXPECT_EQ(commands_logged(), 0u);
}

}  // namespace
}  // namespace sweepmark
