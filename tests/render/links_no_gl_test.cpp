// Drawing in memory must not bring OpenGL or a window system along: the command line draws where there is
// neither. This program has all of render in it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "render/picture.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

TEST(Render, LoadsNoOpenGlAndNoWindowSystem) {
  const auto cloud = test::random_sweep(1'000, 1);
  const Image image =
      draw_picture({{{cloud, Eigen::Matrix4d::Identity()}}}, {}, {}, {}, ViewCamera{}, Viewport{40, 30});
  EXPECT_EQ(image.width, 40);
  std::ifstream maps("/proc/self/maps");
  const std::string loaded((std::istreambuf_iterator<char>(maps)), std::istreambuf_iterator<char>());
  EXPECT_THAT(loaded, testing::HasSubstr("libc.so"));  // it is the list of what is loaded
  for (const std::string_view library : {"libGL", "libEGL", "libepoxy", "libglfw", "libX11", "libvtk"})
    EXPECT_THAT(loaded, testing::Not(testing::HasSubstr(std::string("/") + std::string(library))));
}

}  // namespace
}  // namespace sweepmark
