// The window's life from its opening to its end.
#pragma once

#include "app/gui/options.hpp"
#include "app/gui/window.hpp"
#include "core/base/result.hpp"

namespace sweepmark::gui {

// Replays where that was asked for, and stays until the window is closed. Errors: a replay that cannot go on,
// a file that cannot be written.
Result<void> run(const Options& options, Window& window);

}  // namespace sweepmark::gui
