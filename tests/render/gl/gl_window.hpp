// A hidden window with an OpenGL 3.3 core context for the tests of one program, under a display of its own
// where there is none.
#pragma once

#include <epoxy/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include <memory>

#include "tests/support/virtual_display.hpp"

namespace sweepmark::test {

class GlTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!std::getenv("DISPLAY")) display_ = VirtualDisplay::start();
    if (!std::getenv("DISPLAY") || !glfwInit()) return;
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    window_ = glfwCreateWindow(64, 64, "test", nullptr, nullptr);
    if (window_) glfwMakeContextCurrent(window_);
  }
  static void TearDownTestSuite() {
    if (window_) glfwDestroyWindow(window_);
    glfwTerminate();
    window_ = nullptr;
    display_.reset();
  }
  void SetUp() override {
    if (!window_) GTEST_SKIP() << "no display and no Xvfb, or no OpenGL 3.3";
  }
  void TearDown() override {
    if (!window_) return;
    EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
  }

 private:
  static inline std::unique_ptr<VirtualDisplay> display_;
  static inline GLFWwindow* window_ = nullptr;
};

}  // namespace sweepmark::test
