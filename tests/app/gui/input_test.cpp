#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "app/gui/input/collector.hpp"
#include "app/gui/input/gestures.hpp"
#include "app/gui/input/keys.hpp"
#include "app/gui/input/recording.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

InputFrame any_frame() {
  InputFrame frame;
  frame.width = *rc::gen::inRange(200, 4000);
  frame.height = *rc::gen::inRange(200, 4000);
  frame.scale = 0.25f * static_cast<float>(*rc::gen::inRange(2, 16));
  frame.mouse_x = static_cast<float>(*rc::gen::inRange(-1, 4000)) / 3;
  frame.mouse_y = static_cast<float>(*rc::gen::inRange(-1, 4000)) / 3;
  for (bool& button : frame.buttons) button = *rc::gen::arbitrary<bool>();
  frame.mods = *rc::gen::inRange(0, 16);
  frame.dt = static_cast<float>(*rc::gen::inRange(1, 2000)) / 1000;
  frame.wheel_y = static_cast<float>(*rc::gen::inRange(-5, 5));
  for (int i = *rc::gen::inRange(0, 3); i > 0; --i) {
    const bool down = *rc::gen::arbitrary<bool>();
    frame.keys.push_back({*rc::gen::inRange(1, 348), down, down && *rc::gen::arbitrary<bool>()});
  }
  frame.text = *rc::gen::elementOf(std::vector<std::string>{"", "a", "größe", "日本"});
  if (*rc::gen::arbitrary<bool>()) frame.dropped = {"/a b/c", "/d"};
  return frame;
}

RC_GTEST_PROP(Recording, FramesComeBackAsTheyWere, ()) {
  const InputFrame before = any_frame(), frame = any_frame();
  const auto back = frame_from_json(json::parse(frame_to_json(frame, before).dump()), before);
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == frame);
}

RC_GTEST_PROP(Recording, ASessionReadsBackFrameByFrame, ()) {
  const test::TemporaryFolder folder;
  std::vector<InputFrame> frames;
  for (int i = *rc::gen::inRange(1, 6); i > 0; --i) frames.push_back(any_frame());
  {
    auto recorder = Recorder::open(folder / "session.jsonl");
    RC_ASSERT(recorder.has_value());
    for (const InputFrame& frame : frames) recorder->add(frame);
  }
  const auto script = read_script(folder / "session.jsonl");
  RC_ASSERT(script.has_value());
  RC_ASSERT(script->size() == frames.size());
  InputFrame last;  // a replay starts from a window of its own
  last.width = 900;
  last.mouse_x = 17;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const auto played = gesture_frames((*script)[i].directive, last, {});
    RC_ASSERT(played.has_value());
    RC_ASSERT(played->size() == 1u);
    RC_ASSERT(played->front() == frames[i]);
    last = played->front();
  }
}

TEST(Recording, ABadLineNamesFileAndLine) {
  const test::TemporaryFolder folder;
  for (const char* bad : {"{\"click\": ", "{\"clock\": 1}", "[1]", "\"click\""}) {
    const auto file = folder.write("script.jsonl", std::string("# fine\n{\"key\": \"K\"}\n") + bad + "\n");
    const auto script = read_script(file);
    ASSERT_FALSE(script.has_value()) << bad;
    EXPECT_EQ(script.error().where.line, 3u);
    EXPECT_EQ(script.error().where.file, file);
  }
  EXPECT_FALSE(read_script(folder / "absent.jsonl").has_value());
}

TEST(Recording, HostileFramesAreErrors) {
  for (const char* bad :
       {R"({"dt": -1})", R"({"dt": "x"})", R"({"size": [0, 5]})", R"({"size": [1e9, 5]})", R"({"size": 4})",
        R"({"buttons": [7]})", R"({"mouse": []})", R"({"keys": ["K"]})", R"({"keys": ["+nokey"]})",
        R"({"keys": [3]})", R"({"scale": 1000})", R"({"drop": 3})", R"([1])", R"(3)"})
    EXPECT_FALSE(frame_from_json(json::parse(bad), InputFrame{}).has_value()) << bad;
}

TEST(Collector, APressAndItsReleaseAreTwoFrames) {
  InputCollector input;
  input.moved(10, 20);
  input.button(0, true, 0);
  input.button(0, false, 0);
  const InputFrame first = input.take(0.01f);
  EXPECT_TRUE(first.buttons[0]);
  EXPECT_EQ(first.mouse_x, 10);
  EXPECT_TRUE(input.pending());
  EXPECT_FALSE(input.take(0.01f).buttons[0]);
  EXPECT_FALSE(input.pending());
}

TEST(Collector, TheMouseIsWhereItWasPressed) {
  InputCollector input;
  input.moved(1, 1);
  input.moved(5, 5);
  input.button(0, true, mod_shift);
  input.moved(90, 90);
  const InputFrame pressed = input.take(0.01f);
  EXPECT_EQ(pressed.mouse_x, 5);
  EXPECT_EQ(pressed.mods, mod_shift);
  const InputFrame moved = input.take(0.01f);
  EXPECT_EQ(moved.mouse_x, 90);
  EXPECT_TRUE(moved.buttons[0]);
}

TEST(Collector, KeysKeepTheirModifiersAndTheirOrder) {
  InputCollector input;
  input.key({'A', true, false}, 0);
  input.key({'A', false, false}, 0);
  input.key({'Z', true, false}, mod_ctrl);
  EXPECT_EQ(input.take(0.01f).keys, (std::vector<KeyEvent>{{'A', true, false}}));
  EXPECT_EQ(input.take(0.01f).keys, (std::vector<KeyEvent>{{'A', false, false}}));
  const InputFrame third = input.take(0.01f);
  EXPECT_EQ(third.keys, (std::vector<KeyEvent>{{'Z', true, false}}));
  EXPECT_EQ(third.mods, mod_ctrl);
}

TEST(Collector, WheelTextAndDropsAddUpWithinAFrame) {
  InputCollector input;
  input.wheel(0, 1);
  input.wheel(0, 2);
  input.character('a');
  input.character(0x20ac);
  input.dropped({"/x"});
  const InputFrame frame = input.take(0.01f);
  EXPECT_EQ(frame.wheel_y, 3);
  EXPECT_EQ(frame.text, "a€");
  EXPECT_EQ(frame.dropped, std::vector<std::string>{"/x"});
  const InputFrame next = input.take(0.01f);
  EXPECT_TRUE(next.text.empty() && next.dropped.empty() && next.wheel_y == 0);
}

TEST(Gestures, AClickMovesFirstHoldsOneFrameAndLetsGo) {
  const auto frames =
      gesture_frames(json::parse(R"({"click": [30, 40], "mods": ["ctrl"]})"), InputFrame{}, {});
  ASSERT_TRUE(frames.has_value());
  ASSERT_EQ(frames->size(), 4u);
  EXPECT_EQ((*frames)[0].mouse_x, 30);
  EXPECT_FALSE((*frames)[0].buttons[0]);
  EXPECT_TRUE((*frames)[1].buttons[0]);
  EXPECT_EQ((*frames)[1].mods, mod_ctrl);
  EXPECT_FALSE((*frames)[2].buttons[0]);
  EXPECT_EQ((*frames)[3].mods, 0);
}

TEST(Gestures, ADragPassesOverTheWayBetween) {
  const auto frames = gesture_frames(json::parse(R"({"drag": [[0, 0], [80, 40]], "button": 2, "steps": 4})"),
                                     InputFrame{}, {});
  ASSERT_TRUE(frames.has_value());
  std::vector<float> held;
  for (const InputFrame& frame : *frames)
    if (frame.buttons[2]) held.push_back(frame.mouse_x);
  EXPECT_EQ(held, (std::vector<float>{0, 20, 40, 60, 80}));
  EXPECT_FALSE(frames->back().buttons[2]);
  EXPECT_EQ(frames->back().mouse_y, 40);
}

TEST(Gestures, PlacesHaveNames) {
  const Places places = {{"view3d", {100, 200, 400, 300}}};
  const auto middle = gesture_frames(json::parse(R"({"click_item": "view3d"})"), InputFrame{}, places);
  ASSERT_TRUE(middle.has_value());
  EXPECT_EQ(middle->front().mouse_x, 300);
  EXPECT_EQ(middle->front().mouse_y, 350);
  const auto corner = gesture_frames(
      json::parse(R"({"move": {"place": "view3d", "at": [0, 1], "offset": [5, -5]}})"), InputFrame{}, places);
  ASSERT_TRUE(corner.has_value());
  EXPECT_EQ(corner->back().mouse_x, 105);
  EXPECT_EQ(corner->back().mouse_y, 495);
  const auto dragged = gesture_frames(
      json::parse(R"({"drag_item": "view3d", "at": [0.5, 0.5], "to": [1, 0.5]})"), InputFrame{}, places);
  ASSERT_TRUE(dragged.has_value());
  EXPECT_EQ(dragged->back().mouse_x, 500);
  const auto lost = gesture_frames(json::parse(R"({"click_item": "view4d"})"), InputFrame{}, places);
  ASSERT_FALSE(lost.has_value());
  EXPECT_EQ(lost.error().message, "no place named \"view4d\" is on the window; there are: view3d");
}

TEST(Gestures, AKeyGoesDownRepeatsAndComesUp) {
  const auto frames = gesture_frames(json::parse(R"({"key": "Ctrl+Z", "repeat": 2})"), InputFrame{}, {});
  ASSERT_TRUE(frames.has_value());
  std::string story;
  for (const InputFrame& frame : *frames)
    for (const KeyEvent& event : frame.keys) story += event.down ? (event.repeat ? "=" : "+") : "-";
  EXPECT_EQ(story, "+==-");
  EXPECT_EQ(frames->front().mods, mod_ctrl);
}

TEST(Gestures, NonsenseIsAnErrorInWords) {
  for (const char* bad :
       {R"({"click": []})", R"({"click": 3})", R"({"drag": [[1, 2]]})", R"({"key": "Hyper+K"})",
        R"({"key": 3})", R"({"click": [1, 2], "button": 9})", R"({"click": [1, 2], "mods": ["hyper"]})",
        R"({"frames": -1})", R"({"frames": 1e9})", R"({"resize": [1]})", R"({"frame": {"dt": 0}})",
        R"({"drop": "x"})"})
    EXPECT_FALSE(gesture_frames(json::parse(bad), InputFrame{}, {}).has_value()) << bad;
}

}  // namespace
}  // namespace sweepmark::gui
