// Drawing in memory must not bring OpenGL or a window system along: the command line draws where there is
// neither. This program has all of render in it.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "render/picture.hpp"
#include "tests/render/scenes.hpp"

namespace sweepmark {
namespace {

TEST(Render, LoadsNothingThatDrawsByOpenGl) {
  const auto cloud = test::random_sweep(1'000, 1);
  const Image image =
      draw_picture({{{cloud, Eigen::Matrix4d::Identity()}}}, {}, {}, {}, ViewCamera{}, Viewport{40, 30});
  EXPECT_EQ(image.width, 40);
  std::ifstream maps("/proc/self/maps");
  const std::string loaded((std::istreambuf_iterator<char>(maps)), std::istreambuf_iterator<char>());
  EXPECT_TRUE(loaded.contains("libc.so"));  // it is the list of what is loaded
  // Not libGL itself: where the linker drops nothing, OpenCV's image files bring it along for formats of
  // their own.
  for (const char* library : {"/libepoxy", "/libglfw", "/libvtk", "/libEGL"})
    EXPECT_FALSE(loaded.contains(library)) << library;
}

}  // namespace
}  // namespace sweepmark
