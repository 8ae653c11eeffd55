// Which chord runs which action: the actions' own bindings, overridden by the user's keys.json.
#pragma once

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/gui/input/keys.hpp"
#include "core/base/result.hpp"

namespace sweepmark::gui {

// An action's name with the text of its default keys.
struct DefaultBinding {
  std::string_view action;
  std::string_view keys;
};

class Keymap {
 public:
  // Defaults that do not parse or that collide are errors: they are ours.
  static Result<Keymap> from_defaults(std::span<const DefaultBinding> defaults);

  // {"box.keyframe": "K", "edit.undo": "Ctrl+Z | U", "box.flip": ""}: replaces the bindings of the actions it
  // names and takes their chords from whoever had them. Returns what was odd (unknown actions, unreadable
  // chords), in sentences; the rest holds.
  std::vector<std::string> override_with(const nlohmann::json& bindings);

  // Empty where the chord is free.
  std::string_view action_for(const Chord& chord) const;
  // In the order they were given; empty where the action has none.
  const std::vector<Chord>& chords_of(std::string_view action) const;

 private:
  void bind(const std::string& action, std::vector<Chord> chords);

  std::map<std::string, std::vector<Chord>, std::less<>> by_action_;
  std::map<Chord, std::string> by_chord_;
};

// Reads keys.json into the map; a file that is not there changes nothing. Sentences as in override_with.
std::vector<std::string> override_from_file(Keymap& keymap, const std::filesystem::path& file);

}  // namespace sweepmark::gui
