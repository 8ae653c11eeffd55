// Algorithms at work on a snapshot in the background, and what they hand back: commands, run through the
// session and planned again against the labels as they are by then.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/gui/gui_context.hpp"
#include "app/gui/shell/solving.hpp"
#include "core/commands/suggest.hpp"

namespace sweepmark::gui {

// Runs on a thread of its own: it reads the drive and the snapshot, and changes nothing.
using Suggest = std::function<Result<CommandCall>(const SuggestContext&, const Progress&)>;
// What is said of a command that was made and committed; nothing where the text is empty.
using Sentence = std::function<Message(const CommandCall&)>;

struct SuggestJob {
  std::string title;
  Suggest suggest;
  Sentence done = {};
  bool aloud = true;                   // whether failing and being stopped are said
  std::optional<Revision> cause = {};  // the commit that one undo takes back together with the command
  // Called once on the window's thread, unless the drive was closed: with what the command came to, or why
  // there is none.
  std::function<void(const Result<CommandOutcome>&)> settled = {};
};

// What a job came to; asked for by the application at the end of a frame.
struct Suggestion {
  CommandCall call;
  Message done;
  std::optional<Revision> cause;
  std::function<void(const Result<CommandOutcome>&)> settled;
};

struct Suggestions {
  std::vector<Suggestion> ready;
  // The job that a person started for a track; without a track, for the drive as a whole.
  std::map<std::optional<TrackId>, int> asked;
  Solving solving;
  // Jobs look whether it is still there: it goes with the drive, and what they came to is for nobody then.
  std::shared_ptr<const bool> open = std::make_shared<const bool>(true);
};

// Whether there is a drive to work on and somebody to work.
bool can_suggest(const GuiContext& context);
// Starts a job on the labels as they are; its number.
int start_suggesting(GuiContext& context, SuggestJob job);

// A person's wish for one object, or for the whole drive: one at a time for each. Its failure and its being
// stopped are said.
void ask_for(GuiContext& context, std::optional<TrackId> subject, std::string title, Suggest suggest,
             Sentence done);

// Where the drive is closed: what is under way is for nobody.
void drop_suggestions(ShellState& shell);

// Asks for the commands that are ready.
void take_suggestions(GuiContext& context);

}  // namespace sweepmark::gui
