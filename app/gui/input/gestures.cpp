#include "app/gui/input/gestures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "app/gui/input/keys.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

struct Spot {
  float x = 0, y = 0;
};

// Thrown inside this file only; gesture_frames turns it into a Result.
struct Misfit {
  std::string message;
};

const Area& place_named(const Places& places, const std::string& name) {
  const auto found = places.find(name);
  if (found != places.end()) return found->second;
  std::string known;
  for (const auto& [other, area] : places) known += (known.empty() ? "" : ", ") + other;
  throw Misfit{fmt::format("no place named \"{}\" is on the window; there are: {}", name, known)};
}

// [x, y], "place" (its middle), or {"place": …, "at": [0…1, 0…1], "offset": [pixels, pixels]}.
Spot spot_from(const json& j, const Places& places) {
  if (j.is_array()) return {j.at(0).get<float>(), j.at(1).get<float>()};
  const json named = j.is_string() ? json{{"place", j}} : j;
  const Area area = place_named(places, named.at("place").get<std::string>());
  const json at = named.value("at", json{0.5, 0.5}), offset = named.value("offset", json{0, 0});
  return {area.x + at.at(0).get<float>() * area.width + offset.at(0).get<float>(),
          area.y + at.at(1).get<float>() * area.height + offset.at(1).get<float>()};
}

int mods_from(const json& directive) {
  int mods = 0;
  for (const json& name : directive.value("mods", json::array())) {
    const std::string text = name.get<std::string>();
    if (text == "shift")
      mods |= mod_shift;
    else if (text == "ctrl")
      mods |= mod_ctrl;
    else if (text == "alt")
      mods |= mod_alt;
    else
      throw Misfit{"mods are \"shift\", \"ctrl\" and \"alt\", found \"" + text + "\""};
  }
  return mods;
}

// Builds frames one after the other.
class Hand {
 public:
  Hand(const InputFrame& before, const json& directive)
      : last_(before), mods_(mods_from(directive)), button_(directive.value("button", std::size_t{0})) {
    if (button_ > 2) throw Misfit{"button is 0 (left), 1 (right) or 2 (middle)"};
  }

  InputFrame& frame(float seconds = 1.0f / 60) {
    frames_.push_back(last_.next(seconds));
    last_ = frames_.back();
    return frames_.back();
  }
  void keep() { last_ = frames_.back(); }

  // Half a second passes first, so that two clicks are never taken for a double click.
  void move(Spot spot, float seconds = 0.5f) {
    InputFrame& f = frame(seconds);
    f.mouse_x = spot.x;
    f.mouse_y = spot.y;
    f.mods = mods_;
    keep();
  }
  void press(bool down) {
    frame().buttons[button_] = down;
    keep();
  }
  void click() {
    press(true);
    press(false);
  }
  void rest() {
    frame().mods = 0;
    keep();
  }
  void drag(Spot from, Spot to, int steps) {
    move(from);
    press(true);
    for (int i = 1; i <= steps; ++i) {
      const float t = static_cast<float>(i) / static_cast<float>(steps);
      move({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)}, 1.0f / 60);
    }
    press(false);
    rest();
  }
  void key(const Chord& chord, int repeats) {
    frame().mods = chord.mods;
    frames_.back().keys = {{chord.key, true, false}};
    keep();
    for (int i = 0; i < repeats; ++i) frame().keys = {{chord.key, true, true}};
    frame().keys = {{chord.key, false, false}};
    rest();
  }

  std::vector<InputFrame> take() { return std::move(frames_); }

 private:
  std::vector<InputFrame> frames_;
  InputFrame last_;
  int mods_;
  std::size_t button_;
};

int bounded_count(const json& directive, const char* name, int otherwise) {
  const int count = directive.value(name, otherwise);
  if (count < 0 || count > 100000) throw Misfit{fmt::format("\"{}\" is out of bounds", name)};
  return count;
}

void play_click(const json& spot, int times, const Places& places, Hand& hand) {
  hand.move(spot_from(spot, places));
  for (int i = 0; i < times; ++i) hand.click();
  hand.rest();
}

void play_drag(const json& d, const Places& places, Hand& hand) {
  const json& ends = d.at("drag");
  hand.drag(spot_from(ends.at(0), places), spot_from(ends.at(1), places),
            std::max(1, bounded_count(d, "steps", 8)));
}

// {"drag_item": "name", "at": […], "by": [dx, dy]} or "to": [0…1, 0…1] within the place.
void play_drag_item(const json& d, const Places& places, Hand& hand) {
  const json place = d.at("drag_item");
  const Spot from = spot_from({{"place", place}, {"at", d.value("at", json{0.5, 0.5})}}, places);
  Spot to = from;
  if (d.contains("to")) to = spot_from({{"place", place}, {"at", d["to"]}}, places);
  const json by = d.value("by", json{0, 0});
  to = {to.x + by.at(0).get<float>(), to.y + by.at(1).get<float>()};
  hand.drag(from, to, std::max(1, bounded_count(d, "steps", 8)));
}

json item_spot(const json& d, const char* verb) {
  return {{"place", d.at(verb)},
          {"at", d.value("at", json{0.5, 0.5})},
          {"offset", d.value("offset", json{0, 0})}};
}

void play_key(const json& d, Hand& hand) {
  const auto chord = parse_chord(d.at("key").get<std::string>());
  if (!chord) throw Misfit{chord.error().message};
  hand.key(*chord, bounded_count(d, "repeat", 0));
}

void play_scroll(const json& d, const Places& places, Hand& hand) {
  hand.move(spot_from(d.at("scroll"), places), 1.0f / 60);
  InputFrame& frame = hand.frame();
  const json by = d.value("by", json{0, 1});
  frame.wheel_x = by.at(0).get<float>();
  frame.wheel_y = by.at(1).get<float>();
  hand.rest();
}

void play_resize(const json& d, Hand& hand) {
  InputFrame& frame = hand.frame();
  frame.width = std::clamp(d.at("resize").at(0).get<int>(), 200, 16384);
  frame.height = std::clamp(d.at("resize").at(1).get<int>(), 200, 16384);
  frame.scale = std::clamp(d.value("scale", frame.scale), 0.5f, 4.0f);
  hand.keep();
  hand.rest();
}

void play(const json& d, const Places& places, Hand& hand) {
  if (d.contains("click")) return play_click(d["click"], 1, places, hand);
  if (d.contains("double_click")) return play_click(d["double_click"], 2, places, hand);
  if (d.contains("click_item")) return play_click(item_spot(d, "click_item"), 1, places, hand);
  if (d.contains("double_click_item")) return play_click(item_spot(d, "double_click_item"), 2, places, hand);
  if (d.contains("drag")) return play_drag(d, places, hand);
  if (d.contains("drag_item")) return play_drag_item(d, places, hand);
  if (d.contains("move")) return hand.move(spot_from(d["move"], places));
  if (d.contains("scroll")) return play_scroll(d, places, hand);
  if (d.contains("key")) return play_key(d, hand);
  if (d.contains("text")) {
    hand.frame().text = d["text"].get<std::string>();
    return hand.rest();
  }
  if (d.contains("drop")) {
    hand.frame().dropped = d["drop"].get<std::vector<std::string>>();
    return hand.rest();
  }
  if (d.contains("resize")) return play_resize(d, hand);
  if (d.contains("frames"))
    for (int i = bounded_count(d, "frames", 1); i > 0; --i) hand.frame();
}

constexpr std::array<std::string_view, 14> gestures = {
    "frame", "click",     "double_click", "click_item", "double_click_item",
    "drag",  "drag_item", "move",         "scroll",     "key",
    "text",  "drop",      "resize",       "frames"};

}  // namespace

bool is_gesture(const json& directive) {
  return directive.is_object() && std::ranges::any_of(gestures, [&](std::string_view name) {
           return directive.contains(std::string(name));
         });
}

Result<std::vector<InputFrame>> gesture_frames(const json& directive, const InputFrame& before,
                                               const Places& places) {
  if (directive.contains("frame")) {
    SWEEPMARK_TRY(frame, frame_from_json(directive["frame"], before));
    return std::vector{frame};
  }
  try {
    Hand hand(before, directive);
    play(directive, places, hand);
    return hand.take();
  } catch (const Misfit& misfit) {
    return fail(ErrorCode::invalid_argument, misfit.message);
  } catch (const json::exception& error) {
    return fail(ErrorCode::malformed, fmt::format("{}: {}", directive.dump(), error.what()));
  }
}

}  // namespace sweepmark::gui
