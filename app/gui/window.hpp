// The operating system's window with its GL context, and ImGui drawn into it. The only file pair that calls
// GLFW.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "app/gui/input/collector.hpp"
#include "app/gui/theme.hpp"
#include "core/base/result.hpp"

struct GLFWwindow;

namespace sweepmark::gui {

class Window {
 public:
  // ErrorCode::unsupported where there is no display, or no OpenGL 3.3 on it.
  static Result<std::unique_ptr<Window>> create(int width, int height, const std::string& title);
  ~Window();
  Window(const Window&) = delete;
  Window& operator=(const Window&) = delete;

  // Events go into `input`. `wait` sleeps until there is one, or `wake` is called, or the time is over.
  void poll();
  void wait(double at_most_s);
  static void wake();  // from any thread, also where there is no window yet

  InputCollector& input() { return input_; }
  bool close_requested() const;
  void forbid_close();     // the request was seen
  bool take_damage();      // true once after the system lost the picture or moved the window to another scale
  double seconds() const;  // monotonic
  // Makes the window as large as a replayed frame says; an error where the system refuses.
  Result<void> match_size(int width, int height);
  void set_title(const std::string& title);

  // Between the two ImGui may be called. `user_scale` multiplies the monitor's.
  void begin_frame(const InputFrame& frame, float user_scale);
  void end_frame();

  const Fonts& fonts() const { return fonts_; }
  float scale() const { return scale_; }
  // What was drawn last, as PNG.
  Result<void> save_screenshot(const std::filesystem::path& file);

 private:
  explicit Window(GLFWwindow* window);
  void install_callbacks();
  void report_size();
  void rescale(float scale);
  void show_cursor();

  GLFWwindow* window_;
  InputCollector input_;
  Fonts fonts_;
  float scale_ = 0;
  bool damaged_ = true;
  struct Cursors;
  std::unique_ptr<Cursors> cursors_;
};

}  // namespace sweepmark::gui
