#include "app/gui/input/keymap.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/files.hpp"

namespace sweepmark::gui {

Result<Keymap> Keymap::from_defaults(std::span<const DefaultBinding> defaults) {
  Keymap keymap;
  for (const DefaultBinding& binding : defaults) {
    SWEEPMARK_TRY(chords, parse_chords(binding.keys));
    for (const Chord& chord : chords)
      if (const auto taken = keymap.action_for(chord); !taken.empty())
        return fail(ErrorCode::internal,
                    fmt::format("{} is bound to both {} and {}", to_string(chord), taken, binding.action));
    if (keymap.by_action_.contains(binding.action))
      return fail(ErrorCode::internal, fmt::format("there are two actions named {}", binding.action));
    keymap.bind(std::string(binding.action), std::move(chords));
  }
  return keymap;
}

std::vector<std::string> Keymap::override_with(const nlohmann::json& bindings) {
  if (!bindings.is_object()) return {"an object from action names to keys expected"};
  std::vector<std::string> odd;
  for (const auto& [action, keys] : bindings.items()) {
    if (!by_action_.contains(action)) {
      odd.push_back(fmt::format("there is no action named \"{}\"", action));
      continue;
    }
    const auto chords = keys.is_string()
                            ? parse_chords(keys.get<std::string>())
                            : fail(ErrorCode::invalid_argument, "keys are a text, found " + keys.dump());
    if (chords)
      bind(action, *chords);
    else
      odd.push_back(fmt::format("{}: {}", action, chords.error().message));
  }
  return odd;
}

void Keymap::bind(const std::string& action, std::vector<Chord> chords) {
  for (const Chord& old : by_action_[action]) by_chord_.erase(old);
  for (const Chord& chord : chords) {
    if (const auto taken = by_chord_.find(chord); taken != by_chord_.end())
      std::erase(by_action_[taken->second], chord);
    by_chord_[chord] = action;
  }
  by_action_[action] = std::move(chords);
}

std::string_view Keymap::action_for(const Chord& chord) const {
  const auto found = by_chord_.find(chord);
  return found == by_chord_.end() ? std::string_view() : std::string_view(found->second);
}

const std::vector<Chord>& Keymap::chords_of(std::string_view action) const {
  static const std::vector<Chord> none;
  const auto found = by_action_.find(action);
  return found == by_action_.end() ? none : found->second;
}

std::vector<std::string> override_from_file(Keymap& keymap, const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return {};
  const auto text = read_text(file);
  if (!text) return {to_string(text.error())};
  const auto json = nlohmann::json::parse(*text, nullptr, false);
  if (json.is_discarded()) return {file.string() + " is not JSON; the keys are as they come"};
  std::vector<std::string> odd = keymap.override_with(json);
  for (std::string& sentence : odd) sentence = file.string() + ": " + sentence;
  return odd;
}

}  // namespace sweepmark::gui
