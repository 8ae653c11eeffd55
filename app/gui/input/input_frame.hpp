// Everything the hand did between two drawn frames, as a value: collected from GLFW while a person works,
// read from a file when a recording is replayed, and fed to the window the same way in both cases.
#pragma once

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark::gui {

// Bits of InputFrame::mods, the same as GLFW's.
inline constexpr int mod_shift = 1, mod_ctrl = 2, mod_alt = 4, mod_super = 8;

struct KeyEvent {
  int key = 0;  // GLFW's number, after the keyboard's layout: the key that types "z" is Z everywhere
  bool down = false;
  bool repeat = false;  // the system's repetition of a held key
  bool operator==(const KeyEvent&) const = default;
};

struct InputFrame {
  // What lasts from frame to frame.
  int width = 1600, height = 1000;   // of the window, in its own units
  float scale = 1.0f;                // of the monitor: how many times larger than at 96 dpi text is drawn
  float mouse_x = -1, mouse_y = -1;  // negative: outside
  std::array<bool, 3> buttons{};     // left, right, middle
  int mods = 0;
  // What happened in this frame only.
  float dt = 1.0f / 60;  // seconds since the frame before
  float wheel_x = 0, wheel_y = 0;
  std::vector<KeyEvent> keys;
  std::string text;                  // typed, UTF-8
  std::vector<std::string> dropped;  // paths

  bool operator==(const InputFrame&) const = default;
  // What the next frame starts from: the same, with nothing happening.
  InputFrame next(float seconds = 1.0f / 60) const;
};

// Only what differs from `before`; `frame_from_json(frame_to_json(f, b), b)` is `f`.
nlohmann::json frame_to_json(const InputFrame& frame, const InputFrame& before);
Result<InputFrame> frame_from_json(const nlohmann::json& json, const InputFrame& before);

}  // namespace sweepmark::gui
