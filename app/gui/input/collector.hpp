// Turns a stream of window events into frames of input without losing what is quicker than a frame.
#pragma once

#include <deque>
#include <string>
#include <variant>
#include <vector>

#include "app/gui/input/input_frame.hpp"

namespace sweepmark::gui {

class InputCollector {
 public:
  void resized(int width, int height, float scale);
  void moved(float x, float y);
  void button(int index, bool down, int mods);
  void wheel(float x, float y);
  void key(const KeyEvent& event, int mods);
  void character(unsigned code_point);
  void dropped(std::vector<std::string> paths);
  void left();  // the mouse left the window

  bool pending() const { return !events_.empty(); }
  // The next frame. A press and its release never fall into one frame, nor a press and the movement after it:
  // what does not fit stays for the frame after, and `pending` says so.
  InputFrame take(float seconds);

 private:
  struct Size {
    int width, height;
    float scale;
  };
  struct Move {
    float x, y;
  };
  struct Button {
    int index;
    bool down;
    int mods;
  };
  struct Wheel {
    float x, y;
  };
  struct Key {
    KeyEvent event;
    int mods;
  };
  struct Text {
    std::string utf8;
  };
  struct Drop {
    std::vector<std::string> paths;
  };
  using Event = std::variant<Size, Move, Button, Wheel, Key, Text, Drop>;

  // What one frame took in so far.
  struct Taken {
    bool button = false, key = false;
  };
  static bool fits(const Event& event, const Taken& taken, const InputFrame& frame);
  static void add(const Event& event, Taken& taken, InputFrame& frame);

  std::deque<Event> events_;
  InputFrame last_;
};

std::string utf8_of(unsigned code_point);

}  // namespace sweepmark::gui
