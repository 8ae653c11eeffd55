#include "app/gui/input/keymap.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "app/gui/action.hpp"
#include "app/gui/input/input_frame.hpp"
#include "tests/support/temporary_folder.hpp"

namespace sweepmark::gui {
namespace {

Keymap small_map() {
  const DefaultBinding defaults[] = {{"box.keyframe", "K"},
                                     {"edit.undo", "Ctrl+Z"},
                                     {"edit.redo", "Ctrl+Shift+Z | Ctrl+Y"},
                                     {"box.flip", ""}};
  auto keymap = Keymap::from_defaults(defaults);
  EXPECT_TRUE(keymap.has_value()) << keymap.error().message;
  return *keymap;
}

TEST(Chords, AreReadWithTheirModifiersInAnyOrder) {
  EXPECT_EQ(parse_chord("Ctrl+Shift+Z").value(), (Chord{'Z', mod_ctrl | mod_shift}));
  EXPECT_EQ(parse_chord(" shift + ctrl + z ").value(), (Chord{'Z', mod_ctrl | mod_shift}));
  EXPECT_EQ(parse_chord("Ctrl+=").value(), (Chord{'=', mod_ctrl}));
  EXPECT_EQ(parse_chord(",").value(), (Chord{',', 0}));
}

TEST(Chords, SayWhatTheyAreNot) {
  for (const char* wrong : {"", "Ctrl+", "Hyper+K", "KK", "F26", "#0"}) {
    const auto chord = parse_chord(wrong);
    ASSERT_FALSE(chord.has_value()) << wrong;
    EXPECT_NE(chord.error().message.find(wrong), std::string::npos);
  }
}

RC_GTEST_PROP(Chords, ReadBackAsTheyAreWritten, ()) {
  const int key = *rc::gen::inRange(1, 348);
  const Chord chord{key, *rc::gen::inRange(0, 16)};
  const auto back = parse_chord(to_string(chord));
  // Small letters and other characters without a key have numbers that are never met.
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back == chord);
}

TEST(Keymap, FindsActionsByChordAndChordsByAction) {
  const Keymap keymap = small_map();
  EXPECT_EQ(keymap.action_for({'K', 0}), "box.keyframe");
  EXPECT_EQ(keymap.action_for({'K', mod_ctrl}), "");
  EXPECT_EQ(keymap.action_for({'Y', mod_ctrl}), "edit.redo");
  EXPECT_EQ(to_string(keymap.chords_of("edit.redo")), "Ctrl+Shift+Z or Ctrl+Y");
  EXPECT_TRUE(keymap.chords_of("box.flip").empty());
}

TEST(Keymap, RefusesTwoActionsOnOneChord) {
  const DefaultBinding twice[] = {{"a", "K"}, {"b", "J | K"}};
  const auto keymap = Keymap::from_defaults(twice);
  ASSERT_FALSE(keymap.has_value());
  EXPECT_EQ(keymap.error().message, "K is bound to both a and b");
}

TEST(Keymap, AnOverrideTakesTheChordFromItsOwner) {
  Keymap keymap = small_map();
  EXPECT_TRUE(keymap.override_with({{"box.flip", "K | Ctrl+Y"}, {"edit.undo", ""}}).empty());
  EXPECT_EQ(keymap.action_for({'K', 0}), "box.flip");
  EXPECT_TRUE(keymap.chords_of("box.keyframe").empty());
  EXPECT_EQ(keymap.action_for({'Z', mod_ctrl}), "");
  EXPECT_EQ(keymap.action_for({'Z', mod_ctrl | mod_shift}), "edit.redo");
  EXPECT_EQ(to_string(keymap.chords_of("edit.redo")), "Ctrl+Shift+Z");
}

TEST(Keymap, KeepsWhatIsSoundOfAnOverride) {
  Keymap keymap = small_map();
  const auto odd = keymap.override_with(
      {{"box.flip", "F"}, {"no.such", "X"}, {"edit.undo", "Hyper+Q"}, {"box.keyframe", 3}});
  EXPECT_EQ(odd.size(), 3u);
  EXPECT_EQ(keymap.action_for({'F', 0}), "box.flip");
  EXPECT_EQ(keymap.action_for({'Z', mod_ctrl}), "edit.undo");
  EXPECT_EQ(keymap.override_with(nlohmann::json::array()).size(), 1u);
}

TEST(Keymap, ReadsTheUsersFile) {
  const test::TemporaryFolder folder;
  Keymap keymap = small_map();
  EXPECT_TRUE(override_from_file(keymap, folder / "absent.json").empty());
  EXPECT_TRUE(override_from_file(keymap, folder.write("keys.json", R"({"box.flip": "F"})")).empty());
  EXPECT_EQ(keymap.action_for({'F', 0}), "box.flip");
  const auto odd = override_from_file(keymap, folder.write("broken.json", "{"));
  ASSERT_EQ(odd.size(), 1u);
  EXPECT_NE(odd.front().find("broken.json"), std::string::npos);
}

TEST(Actions, HaveDistinctNamesAndKeysThatParse) {
  const auto keymap = default_keymap();
  ASSERT_TRUE(keymap.has_value()) << keymap.error().message;
  EXPECT_EQ(keymap->action_for({'Z', mod_ctrl}), "edit.undo");
  EXPECT_EQ(keymap->action_for({'5', 0}), "class.5");
  EXPECT_EQ(keymap->action_for({'B', 0}), "tool.box");
}

TEST(Actions, AllSayWhatTheyDoAndWhereTheyBelong) {
  for (const ActionFamily& family : action_families())
    for (const Action& action : family) {
      EXPECT_FALSE(action.title.empty()) << action.name;
      EXPECT_FALSE(action.group.empty()) << action.name;
      EXPECT_NE(action.run, nullptr) << action.name;
      EXPECT_EQ(action_named(action.name), &action);
    }
  EXPECT_EQ(action_named("no.such"), nullptr);
}

}  // namespace
}  // namespace sweepmark::gui
