#include <gtest/gtest.h>

#include "tests/app/cli/ctl.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using nlohmann::json;
using test::ctl;
using test::Ran;

// Sweeps of six points in the KITTI tracking layout, with poses that go on a metre a sweep.
class StackCommand : public testing::Test {
 protected:
  static constexpr int sweeps = 6;
  StackCommand() {
    for (int i = 0; i < sweeps; ++i) {
      std::vector<float> rows;
      for (int k = 0; k < 6; ++k) rows.insert(rows.end(), {5.0f + static_cast<float>(k), 1, 0, 0.5f});
      write_sweep(i, {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float)});
    }
  }
  void write_sweep(int i, std::string_view bytes) {
    folder_.write("root/training/velodyne/0000/00000" + std::to_string(i) + ".bin", bytes);
  }
  std::string root() const { return (folder_ / "root").string(); }
  std::string file(const char* name) const { return (folder_ / name).string(); }

  test::TemporaryFolder folder_;
};

TEST_F(StackCommand, BuildsOnceAndExports) {
  const Ran ran = ctl({"stack", root(), "--out", file("a.stack"), "--export", file("a.ply"), "--json"});
  ASSERT_EQ(ran.code, 0) << ran.messages << ran.out;
  const json object = ran.object();
  EXPECT_EQ(object["points"], 36);
  EXPECT_EQ(object["sweeps"], sweeps);
  EXPECT_EQ(object["blocks"], 1);
  EXPECT_EQ(object["was_complete"], false);
  EXPECT_EQ(object["exported"], file("a.ply"));
  EXPECT_NE(ran.messages.find("ego-motion"), std::string::npos) << ran.messages;  // there are no poses
  EXPECT_TRUE(std::filesystem::exists(file("a.ply")));
  const Ran again = ctl({"stack", root(), "--out", file("a.stack"), "--json"});
  EXPECT_EQ(again.object()["was_complete"], true);
  EXPECT_EQ(again.object()["resumed_points"], 36);
}

TEST_F(StackCommand, TakesARangeOfSweeps) {
  for (const auto& [range, points] : std::map<std::string, int>{
           {"1:5:2", 12}, {"::3", 12}, {"4:", 12}, {"2", 6}, {":3", 18}, {"0:100", 36}}) {
    const Ran ran = ctl({"stack", root(), "--out", file("a.stack"), "--sweeps", range, "--json"});
    ASSERT_EQ(ran.code, 0) << range << ran.messages;
    EXPECT_EQ(ran.object()["points"], points) << range;
  }
  for (const char* wrong : {"a:b", "1:2:3:4", "-1:", "9:", "::0"})
    EXPECT_EQ(ctl({"stack", root(), "--out", file("b.stack"), std::string("--sweeps=") + wrong}).code, 2)
        << wrong;
}

TEST_F(StackCommand, NamesWhatItCouldNotRead) {
  write_sweep(2, "not sixteen bytes a row");
  const Ran ran = ctl({"stack", root(), "--out", file("a.stack")});
  EXPECT_EQ(ran.code, 1);
  EXPECT_NE(ran.messages.find("sweep 2 could not be read"), std::string::npos) << ran.messages;
  EXPECT_NE(ran.out.find("30 points of 6 sweeps"), std::string::npos) << ran.out;
}

TEST_F(StackCommand, MoversNeedLabels) {
  const Ran ran = ctl({"stack", root(), "--out", file("a.stack"), "--labels", file("none.sweepmark"),
                       "--movers", "left-out"});
  EXPECT_EQ(ran.code, 3);
  EXPECT_NE(ran.messages.find("no labels file"), std::string::npos) << ran.messages;
  EXPECT_EQ(ctl({"stack", root(), "--movers", "sideways"}).code, 2);
}

}  // namespace
}  // namespace sweepmark
