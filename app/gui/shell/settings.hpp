// What the window remembers from run to run: how things were looked at, and which drives were open.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

struct RecentDrive {
  std::filesystem::path path;  // what was opened, absolute
  std::string drive;           // its name where the path holds several
  bool operator==(const RecentDrive&) const = default;
};

struct Settings {
  ViewState view;
  std::vector<RecentDrive> recent;  // newest first, at most ten
};

nlohmann::json to_json(const Settings& settings);
// What is absent or out of bounds keeps its default: an old or damaged file costs a splitter's place, never
// the start.
Settings settings_from_json(const nlohmann::json& json);

void remember_drive(Settings& settings, RecentDrive drive);

// $XDG_STATE_HOME/sweepmark/view.json and $XDG_CONFIG_HOME/sweepmark/keys.json, or below $HOME; empty without
// a home.
std::filesystem::path default_settings_file();
std::filesystem::path default_keys_file();

Settings load_settings(const std::filesystem::path& file);
Result<void> save_settings(const Settings& settings, const std::filesystem::path& file);

}  // namespace sweepmark::gui
