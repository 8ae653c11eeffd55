#include "app/gui/workspace.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "core/drive/image.hpp"
#include "tests/app/views/tiny_drive.hpp"

namespace sweepmark::gui {
namespace {

TEST(Workspace, IsToldOfAWindowThatComesLater) {
  const TinyDrive drive;
  const auto first = drive.open();
  ASSERT_NE(first, nullptr);
  EXPECT_TRUE(first->fresh_notices().empty());
  const auto second = drive.open();
  ASSERT_NE(second, nullptr);
  EXPECT_EQ(second->notices().size(), first->notices().size() + 1);
  const auto told = first->fresh_notices();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_NE(told[0].find("another window"), std::string::npos);
  EXPECT_TRUE(first->fresh_notices().empty());  // once is enough
}

TEST(Workspace, LoadsAllThatIsInViewWhateverTheLimit) {
  const TinyDrive drive;
  const int side = 200;
  const Image image{side, side, std::vector<std::uint8_t>(4 * side * side, 200)};
  const int cameras = 3;
  for (int camera = 0; camera < cameras; ++camera)
    for (int sweep = 0; sweep < 4; ++sweep) {
      const auto file = drive.folder().write(
          "drive/image_0" + std::to_string(camera) + "/0000/00000" + std::to_string(sweep) + ".png", "");
      ASSERT_TRUE(write_png(image, file));
    }
  CacheLimits limits;
  limits.image_bytes = image.bytes();  // one of three
  const auto opened = drive.open(limits);
  ASSERT_NE(opened, nullptr);
  Workspace& workspace = *opened;
  for (const std::size_t sweep : {1, 2, 0}) {
    workspace.look_at(sweep, 1);
    while (!workspace.images().idle() || !workspace.sweeps().idle()) std::this_thread::yield();
    EXPECT_EQ(workspace.images_at(sweep).size(), 3u);
    EXPECT_TRUE(workspace.all_in_view_loaded()) << sweep;
  }
}

}  // namespace
}  // namespace sweepmark::gui
