// What ImGui is told of the hand: from the frames that are recorded and replayed, and from nowhere else.
#pragma once

#include <imgui.h>

#include "app/gui/input/input_frame.hpp"

struct GLFWwindow;

namespace sweepmark::gui {

// ImGui's context with the clipboard of the window, whose GL context must be current.
void set_up_imgui(GLFWwindow* window);
// Before each frame.
void feed(const InputFrame& frame, ImGuiIO& io);

}  // namespace sweepmark::gui
