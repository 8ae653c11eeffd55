// The window's life from its opening to its end.
#pragma once

#include <future>

#include "app/gui/opening.hpp"
#include "app/gui/options.hpp"
#include "app/gui/window.hpp"
#include "core/base/result.hpp"

namespace sweepmark::gui {

// Replays where that was asked for, and stays until the window is closed. `early` is the drive that `options`
// name, or not valid where they name none. Errors: a replay that cannot go on, a file that cannot be written,
// a picture of a drive that cannot be opened.
Result<void> run(const Options& options, Window& window, std::future<Found> early);

}  // namespace sweepmark::gui
