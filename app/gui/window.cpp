#include "app/gui/window.hpp"

#include <epoxy/gl.h>
#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <fmt/format.h>
#include <imgui.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>

#include "app/gui/imgui_feed.hpp"
#include "app/gui/input/keys.hpp"
#include "core/drive/image.hpp"

namespace sweepmark::gui {

struct Window::Cursors {
  std::array<GLFWcursor*, ImGuiMouseCursor_COUNT> by_imgui{};
  Cursors() {
    by_imgui[ImGuiMouseCursor_Arrow] = glfwCreateStandardCursor(GLFW_ARROW_CURSOR);
    by_imgui[ImGuiMouseCursor_TextInput] = glfwCreateStandardCursor(GLFW_IBEAM_CURSOR);
    by_imgui[ImGuiMouseCursor_ResizeNS] = glfwCreateStandardCursor(GLFW_VRESIZE_CURSOR);
    by_imgui[ImGuiMouseCursor_ResizeEW] = glfwCreateStandardCursor(GLFW_HRESIZE_CURSOR);
    by_imgui[ImGuiMouseCursor_Hand] = glfwCreateStandardCursor(GLFW_HAND_CURSOR);
  }
  ~Cursors() {
    for (GLFWcursor* cursor : by_imgui)
      if (cursor) glfwDestroyCursor(cursor);
  }
};

namespace {

std::atomic<bool> there_is_one = false;  // GLFW may not be asked for anything before

Window& of(GLFWwindow* window) {
  return *static_cast<Window*>(glfwGetWindowUserPointer(window));
}

// GLFW names keys by their place on an American keyboard; shortcuts go by what the key types.
int key_by_layout(int key, int scancode) {
  const bool types = key >= GLFW_KEY_APOSTROPHE && key <= GLFW_KEY_GRAVE_ACCENT;
  const char* name = types ? glfwGetKeyName(key, scancode) : nullptr;
  if (!name || name[0] == '\0' || name[1] != '\0') return key;
  return key_named(name).value_or(key);
}

// The modifier keys' own events say the state before them.
int mods_after(int key, int action, int mods) {
  int own = 0;
  if (key == GLFW_KEY_LEFT_SHIFT || key == GLFW_KEY_RIGHT_SHIFT) own = mod_shift;
  if (key == GLFW_KEY_LEFT_CONTROL || key == GLFW_KEY_RIGHT_CONTROL) own = mod_ctrl;
  if (key == GLFW_KEY_LEFT_ALT || key == GLFW_KEY_RIGHT_ALT) own = mod_alt;
  if (key == GLFW_KEY_LEFT_SUPER || key == GLFW_KEY_RIGHT_SUPER) own = mod_super;
  return (action == GLFW_RELEASE ? mods & ~own : mods | own) & (mod_shift | mod_ctrl | mod_alt | mod_super);
}

std::string last_glfw_error() {
  const char* text = nullptr;
  glfwGetError(&text);
  return text ? text : "unknown reason";
}

}  // namespace

Result<std::unique_ptr<Window>> Window::create(int width, int height, const std::string& title) {
  if (!glfwInit())
    return fail(ErrorCode::unsupported,
                "no display to open a window on (" + last_glfw_error() +
                    "). Without one, run it under a virtual display: xvfb-run sweepmark …");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_FOCUS_ON_SHOW, GLFW_TRUE);
  GLFWwindow* window = glfwCreateWindow(width, height, title.c_str(), nullptr, nullptr);
  if (!window) {
    const std::string reason = last_glfw_error();
    glfwTerminate();
    return fail(ErrorCode::unsupported, "the display has no OpenGL 3.3 (" + reason + ")");
  }
  glfwMakeContextCurrent(window);
  glfwSwapInterval(1);
  return std::unique_ptr<Window>(new Window(window));
}

Window::Window(GLFWwindow* window) : window_(window), cursors_(std::make_unique<Cursors>()) {
  glfwSetWindowUserPointer(window_, this);
  glfwSetWindowSizeLimits(window_, 800, 500, GLFW_DONT_CARE, GLFW_DONT_CARE);
  set_up_imgui(window_);
  install_callbacks();
  report_size();
  there_is_one = true;
}

Window::~Window() {
  there_is_one = false;
  ImGui_ImplOpenGL3_Shutdown();
  ImGui::DestroyContext();
  cursors_.reset();
  glfwDestroyWindow(window_);
  glfwTerminate();
}

void Window::install_callbacks() {
  glfwSetCursorPosCallback(window_, [](GLFWwindow* w, double x, double y) {
    of(w).input_.moved(static_cast<float>(x), static_cast<float>(y));
  });
  glfwSetCursorEnterCallback(window_, [](GLFWwindow* w, int entered) {
    if (!entered) of(w).input_.left();
  });
  glfwSetMouseButtonCallback(window_, [](GLFWwindow* w, int button, int action, int mods) {
    if (button >= 0 && button < 3) of(w).input_.button(button, action == GLFW_PRESS, mods);
  });
  glfwSetScrollCallback(window_, [](GLFWwindow* w, double x, double y) {
    of(w).input_.wheel(static_cast<float>(x), static_cast<float>(y));
  });
  glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
    if (key == GLFW_KEY_UNKNOWN) return;
    of(w).input_.key({key_by_layout(key, scancode), action != GLFW_RELEASE, action == GLFW_REPEAT},
                     mods_after(key, action, mods));
  });
  glfwSetCharCallback(window_,
                      [](GLFWwindow* w, unsigned code_point) { of(w).input_.character(code_point); });
  glfwSetDropCallback(window_, [](GLFWwindow* w, int count, const char** paths) {
    of(w).input_.dropped(std::vector<std::string>(paths, paths + count));
  });
  glfwSetWindowSizeCallback(window_, [](GLFWwindow* w, int, int) { of(w).report_size(); });
  glfwSetWindowContentScaleCallback(window_, [](GLFWwindow* w, float, float) { of(w).report_size(); });
  glfwSetWindowRefreshCallback(window_, [](GLFWwindow* w) { of(w).damaged_ = true; });
  glfwSetWindowFocusCallback(window_, [](GLFWwindow* w, int) { of(w).damaged_ = true; });
  glfwSetWindowCloseCallback(window_, [](GLFWwindow* w) { of(w).damaged_ = true; });
}

void Window::report_size() {
  int width = 0, height = 0, pixels_wide = 0, pixels_high = 0;
  glfwGetWindowSize(window_, &width, &height);
  glfwGetFramebufferSize(window_, &pixels_wide, &pixels_high);
  float scale = 1, ignored = 1;
  glfwGetWindowContentScale(window_, &scale, &ignored);
  // Where the window's own units are larger than pixels (Wayland), they carry a part of the monitor's scale
  // already.
  if (width > 0 && pixels_wide > 0) scale *= static_cast<float>(width) / static_cast<float>(pixels_wide);
  if (width > 0 && height > 0) input_.resized(width, height, std::clamp(scale, 0.5f, 4.0f));
  damaged_ = true;
}

void Window::poll() {
  glfwPollEvents();
}
void Window::wait(double at_most_s) {
  glfwWaitEventsTimeout(at_most_s);
}
void Window::wake() {
  if (there_is_one) glfwPostEmptyEvent();
}
bool Window::close_requested() const {
  return glfwWindowShouldClose(window_);
}
void Window::forbid_close() {
  glfwSetWindowShouldClose(window_, GLFW_FALSE);
}
bool Window::take_damage() {
  return std::exchange(damaged_, false);
}
double Window::seconds() const {
  return glfwGetTime();
}
void Window::set_title(const std::string& title) {
  glfwSetWindowTitle(window_, title.c_str());
}

Result<void> Window::match_size(int width, int height) {
  int w = 0, h = 0;
  glfwGetWindowSize(window_, &w, &h);
  if (w == width && h == height) return {};
  glfwSetWindowSize(window_, width, height);
  for (int attempt = 0; attempt < 200; ++attempt) {
    glfwWaitEventsTimeout(0.01);
    glfwGetWindowSize(window_, &w, &h);
    if (w == width && h == height) return {};
  }
  return fail(ErrorCode::unsupported,
              fmt::format("the window cannot be made {} × {}; it stays {} × {}", width, height, w, h));
}

void Window::rescale(float scale) {
  const bool first = scale_ == 0;  // then the backend makes the texture with everything else
  scale_ = scale;
  apply_theme(scale);
  fonts_ = load_fonts(scale);
  if (first) return;
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Window::begin_frame(const InputFrame& frame, float user_scale) {
  const float scale = std::clamp(frame.scale * user_scale, 0.5f, 4.0f);
  if (scale != scale_) rescale(scale);
  ImGuiIO& io = ImGui::GetIO();
  int pixels_wide = 0, pixels_high = 0;
  glfwGetFramebufferSize(window_, &pixels_wide, &pixels_high);
  io.DisplaySize = ImVec2(static_cast<float>(frame.width), static_cast<float>(frame.height));
  io.DisplayFramebufferScale = ImVec2(static_cast<float>(pixels_wide) / io.DisplaySize.x,
                                      static_cast<float>(pixels_high) / io.DisplaySize.y);
  ImGui_ImplOpenGL3_NewFrame();
  feed(frame, io);
  ImGui::NewFrame();
}

void Window::end_frame() {
  ImGui::Render();
  show_cursor();
  const ImVec4 clear = theme::vec(theme::gaps);
  int pixels_wide = 0, pixels_high = 0;
  glfwGetFramebufferSize(window_, &pixels_wide, &pixels_high);
  glBindFramebuffer(GL_FRAMEBUFFER, 0);
  glViewport(0, 0, pixels_wide, pixels_high);
  glDisable(GL_SCISSOR_TEST);
  glClearColor(clear.x, clear.y, clear.z, 1);
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glfwSwapBuffers(window_);
}

void Window::show_cursor() {
  const int wanted = ImGui::GetMouseCursor();
  GLFWcursor* cursor = wanted >= 0 ? cursors_->by_imgui[static_cast<std::size_t>(wanted)] : nullptr;
  glfwSetCursor(window_, cursor ? cursor : cursors_->by_imgui[ImGuiMouseCursor_Arrow]);
}

Result<void> Window::save_screenshot(const std::filesystem::path& file) {
  Image image;
  glfwGetFramebufferSize(window_, &image.width, &image.height);
  // Drawn once more into the back buffer: what was swapped away may not be read.
  glClear(GL_COLOR_BUFFER_BIT);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  const std::size_t row = static_cast<std::size_t>(image.width) * 4;
  std::vector<std::uint8_t> upward(row * static_cast<std::size_t>(image.height));
  glPixelStorei(GL_PACK_ALIGNMENT, 1);
  glReadPixels(0, 0, image.width, image.height, GL_RGBA, GL_UNSIGNED_BYTE, upward.data());
  image.rgba.resize(upward.size());
  for (std::size_t y = 0; y < static_cast<std::size_t>(image.height); ++y)
    std::copy_n(upward.end() - static_cast<std::ptrdiff_t>((y + 1) * row), row,
                image.rgba.begin() + static_cast<std::ptrdiff_t>(y * row));
  for (std::size_t i = 3; i < image.rgba.size(); i += 4) image.rgba[i] = 255;
  return write_png(image, file);
}

}  // namespace sweepmark::gui
