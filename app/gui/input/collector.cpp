#include "app/gui/input/collector.hpp"

#include <algorithm>

namespace sweepmark::gui {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

}  // namespace

std::string utf8_of(unsigned code_point) {
  std::string text;
  const auto put = [&](unsigned byte) { text.push_back(static_cast<char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xc0 | code_point >> 6);
    put(0x80 | (code_point & 0x3f));
  } else if (code_point < 0x10000) {
    put(0xe0 | code_point >> 12);
    put(0x80 | (code_point >> 6 & 0x3f));
    put(0x80 | (code_point & 0x3f));
  } else {
    put(0xf0 | code_point >> 18);
    put(0x80 | (code_point >> 12 & 0x3f));
    put(0x80 | (code_point >> 6 & 0x3f));
    put(0x80 | (code_point & 0x3f));
  }
  return text;
}

void InputCollector::resized(int width, int height, float scale) {
  events_.push_back(Size{width, height, scale});
}
void InputCollector::moved(float x, float y) {
  events_.push_back(Move{x, y});
}
void InputCollector::button(int index, bool down, int mods) {
  events_.push_back(Button{index, down, mods});
}
void InputCollector::wheel(float x, float y) {
  events_.push_back(Wheel{x, y});
}
void InputCollector::key(const KeyEvent& event, int mods) {
  events_.push_back(Key{event, mods});
}
void InputCollector::character(unsigned code_point) {
  events_.push_back(Text{utf8_of(code_point)});
}
void InputCollector::dropped(std::vector<std::string> paths) {
  events_.push_back(Drop{std::move(paths)});
}
void InputCollector::left() {
  events_.push_back(Move{-1, -1});
}

bool InputCollector::fits(const Event& event, const Taken& taken, const InputFrame& frame) {
  return std::visit(
      Overloaded{[&](const Button&) { return !taken.button; }, [&](const Move&) { return !taken.button; },
                 [&](const Key& key) {
                   return std::ranges::none_of(frame.keys, [&](const KeyEvent& earlier) {
                     return earlier.key == key.event.key || frame.mods != key.mods;
                   });
                 },
                 [](const auto&) { return true; }},
      event);
}

void InputCollector::add(const Event& event, Taken& taken, InputFrame& frame) {
  std::visit(Overloaded{[&](const Size& size) {
                          frame.width = size.width;
                          frame.height = size.height;
                          frame.scale = size.scale;
                        },
                        [&](const Move& move) {
                          frame.mouse_x = move.x;
                          frame.mouse_y = move.y;
                        },
                        [&](const Button& button) {
                          frame.buttons.at(static_cast<std::size_t>(button.index)) = button.down;
                          frame.mods = button.mods;
                          taken.button = true;
                        },
                        [&](const Wheel& wheel) {
                          frame.wheel_x += wheel.x;
                          frame.wheel_y += wheel.y;
                        },
                        [&](const Key& key) {
                          frame.keys.push_back(key.event);
                          frame.mods = key.mods;
                          taken.key = true;
                        },
                        [&](const Text& text) { frame.text += text.utf8; },
                        [&](const Drop& drop) {
                          frame.dropped.insert(frame.dropped.end(), drop.paths.begin(), drop.paths.end());
                        }},
             event);
}

InputFrame InputCollector::take(float seconds) {
  InputFrame frame = last_.next(seconds);
  Taken taken;
  while (!events_.empty() && fits(events_.front(), taken, frame)) {
    add(events_.front(), taken, frame);
    events_.pop_front();
  }
  last_ = frame;
  return frame;
}

}  // namespace sweepmark::gui
