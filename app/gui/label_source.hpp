// What a path that somebody types may hold as labels. It may be anything on the machine.
#pragma once

#include <filesystem>

#include "core/formats/label_format.hpp"

namespace sweepmark::gui {

// As label_format_for, for regular files and folders only: to open a pipe or a device would be to wait for
// ever. Reads from the disk, so not for the window's thread.
Result<const LabelFormat*> format_of_source(const std::filesystem::path& source);

}  // namespace sweepmark::gui
