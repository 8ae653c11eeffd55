#include <gtest/gtest.h>

#include "core/drive/image.hpp"
#include "tests/app/cli/ctl.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark {
namespace {

using test::ctl;
using test::Ran;

// One sweep of six points in the KITTI tracking layout.
class PictureCommands : public testing::Test {
 protected:
  PictureCommands() {
    std::vector<float> rows;
    for (int k = 0; k < 6; ++k) rows.insert(rows.end(), {5.0f + static_cast<float>(k), 1, 0, 0.5f});
    folder_.write("root/training/velodyne/0000/000000.bin",
                  {reinterpret_cast<const char*>(rows.data()), rows.size() * sizeof(float)});
  }
  std::string root() const { return (folder_ / "root").string(); }
  std::string file(const char* name) const { return (folder_ / name).string(); }

  test::TemporaryFolder folder_;
};

TEST_F(PictureCommands, RenderMakesItsFolderAndThePicture) {
  const Ran ran = ctl({"render", root(), "--size", "320x200", "--json", file("new/a.png")});
  ASSERT_EQ(ran.code, 0) << ran.messages << ran.out;
  const auto image = read_image(file("new/a.png"));
  ASSERT_TRUE(image);
  EXPECT_EQ(image->width, 320);
  EXPECT_EQ(image->height, 200);
}

TEST_F(PictureCommands, SceneWritesThePoints) {
  const Ran ran = ctl({"scene", root(), "--json", file("new/a.vtm")});
  ASSERT_EQ(ran.code, 0) << ran.messages << ran.out;
  EXPECT_EQ(ran.object()["points"], 6);
  EXPECT_TRUE(std::filesystem::exists(file("new/a/points_0.vtp")));
}

TEST_F(PictureCommands, NothingIsWrittenIntoTheDrive) {
  for (const std::vector<std::string>& command : std::vector<std::vector<std::string>>{
           {"render", root(), file("root/training/a.png")},
           {"scene", root(), file("root/training/a.vtm")},
           {"stack", root(), "--out", file("root/training/a.stack")},
           {"stack", root(), "--out", file("a.stack"), "--export", file("root/training/a.ply")}}) {
    const Ran ran = ctl(command);
    EXPECT_NE(ran.code, 0) << command[0];
    EXPECT_NE(ran.messages.find("inside the drive"), std::string::npos) << ran.messages;
  }
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_ / "root"))
    files += entry.is_regular_file();
  EXPECT_EQ(files, 1u);
}

TEST_F(PictureCommands, WhatIsWrongIsSaid) {
  EXPECT_EQ(ctl({"render", root(), "--size", "big", file("a.png")}).code, 2);
  const Ran sweep = ctl({"render", root(), "--sweep", "7", file("a.png")});
  EXPECT_NE(sweep.messages.find("no sweep 7"), std::string::npos) << sweep.messages;
  const Ran mesh = ctl({"render", root(), "--mesh", file("none.stl"), file("a.png")});
  EXPECT_NE(mesh.messages.find("none.stl"), std::string::npos) << mesh.messages;
}

}  // namespace
}  // namespace sweepmark
