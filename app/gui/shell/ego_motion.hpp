// The vehicle's motion estimated from the sweeps, at the hand's wish.
#pragma once

#include "app/gui/gui_context.hpp"
#include "core/assist/odometry.hpp"

namespace sweepmark::gui {

// In the background; the command ego.set_estimated comes of it. One at a time.
void ask_for_ego_motion(GuiContext& context);

// What is said of it: a warning where sweeps were bridged or are unsure, with the reasons that are known.
Message said_of(const Odometry& odometry);

}  // namespace sweepmark::gui
