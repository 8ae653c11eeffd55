// The window's life from its opening to its end.
#pragma once

#include "app/gui/options.hpp"
#include "core/base/result.hpp"

namespace sweepmark::gui {

// Opens the window, replays where that was asked for, and stays until it is closed. Errors: no display, a replay that
// cannot go on, a file that cannot be written.
Result<void> run(const Options& options);

}  // namespace sweepmark::gui
