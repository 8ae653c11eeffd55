// Algorithms at work on a snapshot in the background, and what they hand back: commands, run through the
// session and planned again against the labels as they are by then.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "core/commands/suggest.hpp"

namespace sweepmark::gui {

// What a job came to; granted by the application at the end of a frame, where the drive is still open.
struct Suggestion {
  std::weak_ptr<Workspace> of;
  CommandCall call;
  std::string done;  // said where the command was committed; may be empty
};

struct Suggestions {
  std::vector<Suggestion> ready;
  std::map<TrackId, int> solving;  // the job that solves gaps of a track anew
  std::map<TrackId, int> asked;    // the job that a person started for a track
};

// Runs on a thread of its own: it reads the drive and the snapshot, and changes nothing.
using Suggest = std::function<Result<CommandCall>(const SuggestContext&, const Progress&)>;
// The sentence for a command that was made; may be empty.
using Sentence = std::function<std::string(const CommandCall&)>;

// A person's wish for one object: one at a time for each. Its failure and its being stopped are said.
void ask_for(GuiContext& context, TrackId track, std::string title, Suggest suggest, Sentence done);
// The same for the whole drive.
void ask_for(GuiContext& context, std::string title, Suggest suggest, Sentence done);

// After a command: where a person corrected a box of an object that was followed, what lies between it and
// the neighbouring keyframes that stand is solved again. A later correction takes the place of an earlier
// one.
void solve_gaps_after(GuiContext& context, const CommandRequest& request, const CommandOutcome& outcome);

// Before a step back or forward: what is being solved leans on a box that may go with it.
void stop_solving(ShellState& shell);

// Where the drive is closed: what is under way is for nobody.
void drop_suggestions(ShellState& shell);

// Asks for the commands that are ready.
void take_suggestions(GuiContext& context);

}  // namespace sweepmark::gui
