#include "app/gui/input/input_frame.hpp"

#include "app/gui/input/keys.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

// "+K" goes down, "=K" is held and repeats, "-K" goes up.
std::string key_event_text(const KeyEvent& event) {
  return (event.down ? event.repeat ? "=" : "+" : "-") + key_name(event.key);
}

Result<KeyEvent> key_event_from(const std::string& text) {
  const auto key = text.size() > 1 ? key_named(std::string_view(text).substr(1)) : std::nullopt;
  const bool known_sign = !text.empty() && (text[0] == '+' || text[0] == '=' || text[0] == '-');
  if (!key || !known_sign)
    return fail(ErrorCode::malformed,
                "a key event such as \"+K\" or \"-K\" expected, found \"" + text + "\"");
  return KeyEvent{*key, text[0] != '-', text[0] == '='};
}

json buttons_json(const std::array<bool, 3>& buttons) {
  json list = json::array();
  for (std::size_t i = 0; i < buttons.size(); ++i)
    if (buttons[i]) list.push_back(i);
  return list;
}

// Throws json's own exceptions and Error text through `problem`.
void read_lasting(const json& j, InputFrame& frame) {
  if (j.contains("size")) {
    frame.width = j["size"].at(0).get<int>();
    frame.height = j["size"].at(1).get<int>();
  }
  frame.scale = j.value("scale", frame.scale);
  if (j.contains("mouse")) {
    frame.mouse_x = j["mouse"].at(0).get<float>();
    frame.mouse_y = j["mouse"].at(1).get<float>();
  }
  if (j.contains("buttons")) {
    frame.buttons = {};
    for (const json& button : j["buttons"]) frame.buttons.at(button.get<std::size_t>()) = true;
  }
  frame.mods = j.value("mods", frame.mods);
}

}  // namespace

InputFrame InputFrame::next(float seconds) const {
  InputFrame frame = *this;
  frame.dt = seconds;
  frame.wheel_x = frame.wheel_y = 0;
  frame.keys.clear();
  frame.text.clear();
  frame.dropped.clear();
  return frame;
}

json frame_to_json(const InputFrame& frame, const InputFrame& before) {
  json j = {{"dt", frame.dt}};
  if (frame.width != before.width || frame.height != before.height) j["size"] = {frame.width, frame.height};
  if (frame.scale != before.scale) j["scale"] = frame.scale;
  if (frame.mouse_x != before.mouse_x || frame.mouse_y != before.mouse_y)
    j["mouse"] = {frame.mouse_x, frame.mouse_y};
  if (frame.buttons != before.buttons) j["buttons"] = buttons_json(frame.buttons);
  if (frame.mods != before.mods) j["mods"] = frame.mods;
  if (frame.wheel_x != 0 || frame.wheel_y != 0) j["wheel"] = {frame.wheel_x, frame.wheel_y};
  for (const KeyEvent& event : frame.keys) j["keys"].push_back(key_event_text(event));
  if (!frame.text.empty()) j["text"] = frame.text;
  if (!frame.dropped.empty()) j["drop"] = frame.dropped;
  return j;
}

Result<InputFrame> frame_from_json(const json& j, const InputFrame& before) {
  try {
    InputFrame frame = before.next(j.value("dt", 1.0f / 60));
    read_lasting(j, frame);
    if (j.contains("wheel")) {
      frame.wheel_x = j["wheel"].at(0).get<float>();
      frame.wheel_y = j["wheel"].at(1).get<float>();
    }
    for (const json& text : j.value("keys", json::array())) {
      SWEEPMARK_TRY(event, key_event_from(text.get<std::string>()));
      frame.keys.push_back(event);
    }
    frame.text = j.value("text", std::string());
    frame.dropped = j.value("drop", std::vector<std::string>());
    const bool sound = frame.dt > 0 && frame.dt < 3600 && frame.width > 0 && frame.height > 0 &&
                       frame.width <= 16384 && frame.height <= 16384 && frame.scale >= 0.25f &&
                       frame.scale <= 8;
    if (!sound)
      return fail(ErrorCode::malformed, "a frame with dt, size or scale out of bounds: " + j.dump());
    return frame;
  } catch (const std::exception& error) {
    return fail(ErrorCode::malformed, std::string("not a frame: ") + error.what());
  }
}

}  // namespace sweepmark::gui
