// What the command line says.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "render/opengl/backends.hpp"

namespace sweepmark::gui {

struct Options {
  std::filesystem::path path;  // a drive, or a folder of several; empty: the start screen
  std::string drive;
  std::filesystem::path labels;  // empty: beside the drive
  std::string layer = "main";
  std::string author;
  int width = 1600, height = 1000;
  BackendChoice backend = BackendChoice::automatic;
  std::filesystem::path state;  // of the window; empty: the user's state folder
  std::filesystem::path record, replay, screenshot;
  std::filesystem::path timings;  // where to write how long the first picture took; empty: nowhere
  bool quit_after_replay = false;
  bool adopt_labels = false;  // SessionOptions
};

}  // namespace sweepmark::gui
