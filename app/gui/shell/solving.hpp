// After a person corrected an object that was followed, what lies between the corrected box and the
// neighbouring keyframes that stand is solved again, in the background and by itself. One undo takes back
// both.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// Boxes of one object that one commit set.
struct Correction {
  Revision revision;
  std::vector<TimestampNs> times;  // ascending
};

// Of one object: one after the other, each from the labels as those before it left them, for what was
// found beside one box is of use to the next.
struct SolvingTrack {
  std::optional<int> job;           // under way, until its command is done with
  std::vector<TimestampNs> solves;  // the boxes of that job
  std::deque<Correction> waiting;
};
using Solving = std::map<TrackId, SolvingTrack>;

// After a command: takes its boxes of objects that were followed into the books. What waits or is under way
// for the same boxes gives way.
void solve_gaps_after(GuiContext& context, const CommandRequest& request, const CommandOutcome& outcome);

// Starts what waits. To be called whenever commands were run.
void go_on_solving(GuiContext& context);

// Before a step back or forward: what is being solved leans on a box that may go with it.
void stop_solving(ShellState& shell);

}  // namespace sweepmark::gui
