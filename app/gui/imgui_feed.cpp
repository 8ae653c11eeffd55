#include "app/gui/imgui_feed.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>

#include <utility>

namespace sweepmark::gui {
namespace {

void map_imgui_keys(ImGuiIO& io) {
  constexpr std::pair<int, int> keys[] = {{ImGuiKey_Tab, GLFW_KEY_TAB},
                                          {ImGuiKey_LeftArrow, GLFW_KEY_LEFT},
                                          {ImGuiKey_RightArrow, GLFW_KEY_RIGHT},
                                          {ImGuiKey_UpArrow, GLFW_KEY_UP},
                                          {ImGuiKey_DownArrow, GLFW_KEY_DOWN},
                                          {ImGuiKey_PageUp, GLFW_KEY_PAGE_UP},
                                          {ImGuiKey_PageDown, GLFW_KEY_PAGE_DOWN},
                                          {ImGuiKey_Home, GLFW_KEY_HOME},
                                          {ImGuiKey_End, GLFW_KEY_END},
                                          {ImGuiKey_Insert, GLFW_KEY_INSERT},
                                          {ImGuiKey_Delete, GLFW_KEY_DELETE},
                                          {ImGuiKey_Backspace, GLFW_KEY_BACKSPACE},
                                          {ImGuiKey_Space, GLFW_KEY_SPACE},
                                          {ImGuiKey_Enter, GLFW_KEY_ENTER},
                                          {ImGuiKey_Escape, GLFW_KEY_ESCAPE},
                                          {ImGuiKey_KeyPadEnter, GLFW_KEY_KP_ENTER},
                                          {ImGuiKey_A, GLFW_KEY_A},
                                          {ImGuiKey_C, GLFW_KEY_C},
                                          {ImGuiKey_V, GLFW_KEY_V},
                                          {ImGuiKey_X, GLFW_KEY_X},
                                          {ImGuiKey_Y, GLFW_KEY_Y},
                                          {ImGuiKey_Z, GLFW_KEY_Z}};
  for (const auto& [imgui, glfw] : keys) io.KeyMap[imgui] = glfw;
}

}  // namespace

void set_up_imgui(GLFWwindow* window) {
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;               // sizes are remembered by our own settings
  io.ConfigInputTextCursorBlink = false;  // blinking would cost a frame each time
  io.BackendFlags |= ImGuiBackendFlags_HasMouseCursors;
  io.ClipboardUserData = window;
  io.GetClipboardTextFn = [](void* w) { return glfwGetClipboardString(static_cast<GLFWwindow*>(w)); };
  io.SetClipboardTextFn = [](void* w, const char* text) {
    glfwSetClipboardString(static_cast<GLFWwindow*>(w), text);
  };
  map_imgui_keys(io);
  ImGui_ImplOpenGL3_Init("#version 330 core");
}

void feed(const InputFrame& frame, ImGuiIO& io) {
  const bool inside = frame.mouse_x >= 0 && frame.mouse_y >= 0;
  io.DeltaTime = frame.dt;
  io.MousePos =
      inside || ImGui::IsAnyMouseDown() ? ImVec2(frame.mouse_x, frame.mouse_y) : ImVec2(-1e30f, -1e30f);
  for (std::size_t i = 0; i < frame.buttons.size(); ++i) io.MouseDown[i] = frame.buttons[i];
  io.MouseWheel = frame.wheel_y;
  io.MouseWheelH = frame.wheel_x;
  io.KeyShift = frame.mods & mod_shift;
  io.KeyCtrl = frame.mods & mod_ctrl;
  io.KeyAlt = frame.mods & mod_alt;
  io.KeySuper = frame.mods & mod_super;
  for (const KeyEvent& event : frame.keys) {
    // Outside text, Tab goes to the next object and must not move ImGui's focus into a field.
    const bool withheld = event.key == GLFW_KEY_TAB && !io.WantTextInput;
    if (event.key >= 0 && event.key < IM_ARRAYSIZE(io.KeysDown))
      io.KeysDown[event.key] = event.down && !withheld;
  }
  if (!frame.text.empty()) io.AddInputCharactersUTF8(frame.text.c_str());
}

}  // namespace sweepmark::gui
