#include "sample_data/virtual_display.hpp"

#include <cstdlib>
#include <utility>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace sweepmark::sample {
namespace {

bool environment_has_display() {
  const char* display = std::getenv("DISPLAY");
  if (!display || !*display) return false;
  const bool usable = glfwInit() == GLFW_TRUE;
  if (usable) glfwTerminate();
  return usable;
}

}  // namespace

Result<VirtualDisplay> VirtualDisplay::open() {
  VirtualDisplay display;
  if (environment_has_display()) return display;
  auto own = sweepmark::VirtualDisplay::start();
  if (!own) {
    own.error().message += " The images can also be left out.";
    return Failure(std::move(own).error());
  }
  display.own_.emplace(std::move(*own));
  return display;
}

}  // namespace sweepmark::sample
