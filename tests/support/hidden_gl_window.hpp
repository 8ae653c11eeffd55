// An OpenGL 3.3 core context in a window nobody sees, under a display of its own where there is none.
#pragma once

#include <epoxy/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

#include <cstdlib>
#include <memory>

#include "tests/support/virtual_display.hpp"

namespace sweepmark::test {

// At most one at a time.
class HiddenGlWindow {
 public:
  // With its context current; null where there is neither a display nor an Xvfb, or no OpenGL 3.3.
  static std::unique_ptr<HiddenGlWindow> make() {
    std::unique_ptr<VirtualDisplay> display = std::getenv("DISPLAY") ? nullptr : VirtualDisplay::start();
    if (!std::getenv("DISPLAY") || !glfwInit()) return nullptr;
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    GLFWwindow* window = glfwCreateWindow(64, 64, "hidden", nullptr, nullptr);
    if (!window) {
      glfwTerminate();
      return nullptr;
    }
    glfwMakeContextCurrent(window);
    return std::unique_ptr<HiddenGlWindow>(new HiddenGlWindow(std::move(display), window));
  }

  ~HiddenGlWindow() {
    glfwDestroyWindow(window_);
    glfwTerminate();
  }
  HiddenGlWindow(const HiddenGlWindow&) = delete;
  HiddenGlWindow& operator=(const HiddenGlWindow&) = delete;

  void make_current() { glfwMakeContextCurrent(window_); }

 private:
  HiddenGlWindow(std::unique_ptr<VirtualDisplay> display, GLFWwindow* window)
      : display_(std::move(display)), window_(window) {}

  std::unique_ptr<VirtualDisplay> display_;
  GLFWwindow* window_;
};

}  // namespace sweepmark::test
