// The ground of tests that need OpenGL: one context for all tests of a suite; skipped where there can be
// none.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/hidden_gl_window.hpp"

namespace sweepmark::test {

class GlTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { window_ = HiddenGlWindow::make(); }
  static void TearDownTestSuite() { window_.reset(); }
  void SetUp() override {
    if (!window_) GTEST_SKIP() << "no display and no Xvfb, or no OpenGL 3.3";
  }
  void TearDown() override {
    if (!window_) return;
    EXPECT_EQ(glGetError(), static_cast<GLenum>(GL_NO_ERROR));
  }

 private:
  static inline std::unique_ptr<HiddenGlWindow> window_;
};

}  // namespace sweepmark::test
