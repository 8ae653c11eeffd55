#include "app/gui/input/keys.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <fmt/format.h>

#include <array>

#include "app/gui/input/input_frame.hpp"
#include "core/base/text.hpp"

namespace sweepmark::gui {
namespace {

struct NamedKey {
  std::string_view name;
  int key;
};

// The first name of a key is the one that is shown.
constexpr NamedKey named_keys[] = {
    {"Space", GLFW_KEY_SPACE},
    {"Esc", GLFW_KEY_ESCAPE},
    {"Escape", GLFW_KEY_ESCAPE},
    {"Enter", GLFW_KEY_ENTER},
    {"Return", GLFW_KEY_ENTER},
    {"Tab", GLFW_KEY_TAB},
    {"Backspace", GLFW_KEY_BACKSPACE},
    {"Ins", GLFW_KEY_INSERT},
    {"Del", GLFW_KEY_DELETE},
    {"Delete", GLFW_KEY_DELETE},
    {"Right", GLFW_KEY_RIGHT},
    {"Left", GLFW_KEY_LEFT},
    {"Down", GLFW_KEY_DOWN},
    {"Up", GLFW_KEY_UP},
    {"PgUp", GLFW_KEY_PAGE_UP},
    {"PageUp", GLFW_KEY_PAGE_UP},
    {"PgDn", GLFW_KEY_PAGE_DOWN},
    {"PageDown", GLFW_KEY_PAGE_DOWN},
    {"Home", GLFW_KEY_HOME},
    {"End", GLFW_KEY_END},
    {"Plus", GLFW_KEY_KP_ADD},
    {"Minus", GLFW_KEY_KP_SUBTRACT},
    {"KpEnter", GLFW_KEY_KP_ENTER},
    {"Shift", GLFW_KEY_LEFT_SHIFT},
    {"RightShift", GLFW_KEY_RIGHT_SHIFT},
    {"Ctrl", GLFW_KEY_LEFT_CONTROL},
    {"RightCtrl", GLFW_KEY_RIGHT_CONTROL},
    {"Alt", GLFW_KEY_LEFT_ALT},
    {"RightAlt", GLFW_KEY_RIGHT_ALT},
};
// These keys have the number of their character.
constexpr std::string_view character_keys = "',-./0123456789;=ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]`";

struct NamedMod {
  std::string_view name;
  int bit;
};
constexpr std::array<NamedMod, 4> named_mods = {
    {{"Ctrl", mod_ctrl}, {"Shift", mod_shift}, {"Alt", mod_alt}, {"Super", mod_super}}};

}  // namespace

std::string key_name(int key) {
  for (const NamedKey& named : named_keys)
    if (named.key == key) return std::string(named.name);
  if (key > 0 && key < 128 && character_keys.find(static_cast<char>(key)) != std::string_view::npos)
    return std::string(1, static_cast<char>(key));
  if (key >= GLFW_KEY_F1 && key <= GLFW_KEY_F25) return fmt::format("F{}", key - GLFW_KEY_F1 + 1);
  return fmt::format("#{}", key);
}

std::optional<int> key_named(std::string_view name) {
  for (const NamedKey& named : named_keys)
    if (lowered(named.name) == lowered(name)) return named.key;
  if (name.size() == 1) {
    const char upper = static_cast<char>(name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' + 'A' : name[0]);
    if (character_keys.find(upper) != std::string_view::npos) return upper;
    return std::nullopt;
  }
  if (name.size() < 2) return std::nullopt;
  const auto number = parse_int(name.substr(1));
  if (!number) return std::nullopt;
  if ((name[0] == 'F' || name[0] == 'f') && *number >= 1 && *number <= 25)
    return GLFW_KEY_F1 + static_cast<int>(*number) - 1;
  if (name[0] == '#' && *number > 0 && *number <= GLFW_KEY_LAST) return static_cast<int>(*number);
  return std::nullopt;
}

Result<Chord> parse_chord(std::string_view text) {
  Chord chord;
  std::string_view rest = trimmed(text);
  for (bool found = true; found;) {
    found = false;
    for (const NamedMod& mod : named_mods) {
      if (!lowered(rest).starts_with(lowered(mod.name))) continue;
      const std::string_view after = trimmed(rest.substr(mod.name.size()));
      if (after.size() < 2 || after.front() != '+') continue;
      chord.mods |= mod.bit;
      rest = trimmed(after.substr(1));
      found = true;
    }
  }
  const auto key = key_named(rest);
  if (!key)
    return fail(ErrorCode::invalid_argument,
                fmt::format("\"{}\" is not a key such as K, F1, PgDn or Ctrl+Shift+Z", text));
  chord.key = *key;
  return chord;
}

Result<std::vector<Chord>> parse_chords(std::string_view text) {
  std::vector<Chord> chords;
  for (std::string_view part : split(text, '|')) {
    if (trimmed(part).empty()) continue;
    SWEEPMARK_TRY(chord, parse_chord(part));
    chords.push_back(chord);
  }
  return chords;
}

std::string to_string(const Chord& chord) {
  std::string text;
  for (const NamedMod& mod : named_mods)
    if (chord.mods & mod.bit) text += std::string(mod.name) + "+";
  return text + key_name(chord.key);
}

std::string to_string(const std::vector<Chord>& chords) {
  std::string text;
  for (const Chord& chord : chords) text += (text.empty() ? "" : " or ") + to_string(chord);
  return text;
}

}  // namespace sweepmark::gui
