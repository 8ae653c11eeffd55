// Names of keys and of chords ("Ctrl+Shift+Z"), and back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace sweepmark::gui {

// "K", "PgUp", "F1", ",": as chords write them; keys without a name are "#341". Numbers are GLFW's.
std::string key_name(int key);
std::optional<int> key_named(std::string_view name);  // without regard to case

struct Chord {
  int key = 0;
  int mods = 0;  // bits of input_frame.hpp
  auto operator<=>(const Chord&) const = default;
};

Result<Chord> parse_chord(std::string_view text);
// Several, separated by " | "; an empty text is no chord.
Result<std::vector<Chord>> parse_chords(std::string_view text);
std::string to_string(const Chord& chord);
std::string to_string(const std::vector<Chord>& chords);  // "PgDn or ."

}  // namespace sweepmark::gui
