#include "app/gui/shell/suggestions.hpp"

#include <algorithm>

#include "app/gui/shell/shell_state.hpp"

namespace sweepmark::gui {
namespace {

// What is thrown (out of memory) is the suggestion's failure: its books are closed as after any other.
Result<CommandCall> guarded(const Suggest& suggest, const SuggestContext& context, const Progress& progress) {
  try {
    return suggest(context, progress);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  } catch (...) {
    return fail(ErrorCode::internal, "it ended for a reason that was not told");
  }
}

void say_why_not(UiState& ui, const std::string& title, const Error& error) {
  if (error.code == ErrorCode::cancelled)
    ui.messages.push_back({Message::Kind::info, title + " was stopped; nothing was changed."});
  else
    ui.messages.push_back({Message::Kind::warning, title + ": " + to_string(error)});
}

struct Desk {  // of the window's thread
  std::weak_ptr<const bool> open;
  ShellState& shell;
  UiState& ui;
};

void hand_back(const Desk& desk, const SuggestJob& job, const Result<CommandCall>& made) {
  if (desk.open.expired()) return;
  if (made) {
    desk.shell.suggestions.ready.push_back(
        {*made, job.done ? job.done(*made) : Message{}, job.cause, job.settled});
    return;
  }
  if (job.aloud) say_why_not(desk.ui, job.title, made.error());
  if (job.settled) job.settled(Failure(made.error()));
}

}  // namespace

bool can_suggest(const GuiContext& context) {
  return context.workspace && context.shell && context.shell->background &&
         !context.workspace->weak_from_this().expired();
}

int start_suggesting(GuiContext& context, SuggestJob job) {
  const Desk desk{context.shell->suggestions.open, *context.shell, context.ui};
  std::string title = job.title;
  return context.shell->background->start(
      std::move(title),
      [desk, job = std::move(job), workspace = context.workspace->shared_from_this(),
       snapshot = context.workspace->session().document()](const Progress& progress) mutable -> Jobs::Finish {
        const SweepSource sweeps = sweeps_of(workspace->drive());
        Result<CommandCall> made = guarded(job.suggest, {*snapshot, workspace->drive(), sweeps}, progress);
        if (progress.cancelled()) made = fail(ErrorCode::cancelled, "it was stopped");
        // The workspace goes on the window's thread.
        return [desk, job = std::move(job), workspace = std::move(workspace), made = std::move(made)] {
          hand_back(desk, job, made);
        };
      });
}

void ask_for(GuiContext& context, std::optional<TrackId> subject, std::string title, Suggest suggest,
             Sentence done) {
  if (!can_suggest(context)) return;
  std::map<std::optional<TrackId>, int>& asked = context.shell->suggestions.asked;
  if (asked.contains(subject))
    return context.say(Message::Kind::info,
                       "That is under way already; the cross in the status line stops it.");
  asked[subject] = start_suggesting(
      context, {.title = std::move(title),
                .suggest = std::move(suggest),
                .done = std::move(done),
                .settled = [&asked, subject](const Result<CommandOutcome>&) { asked.erase(subject); }});
}

void drop_suggestions(ShellState& shell) {
  stop_solving(shell);
  for (const auto& [subject, job] : shell.suggestions.asked) shell.background->cancel(job);
  shell.suggestions = {};
}

void take_suggestions(GuiContext& context) {
  std::vector<Suggestion> ready;
  std::swap(ready, context.shell->suggestions.ready);
  for (Suggestion& suggestion : ready)
    context.run(
        suggestion.call.name, std::move(suggestion.call.args),
        [&ui = context.ui, done = std::move(suggestion.done),
         settled = std::move(suggestion.settled)](const Result<CommandOutcome>& outcome) {
          if (outcome && !done.text.empty())
            ui.messages.push_back(
                outcome->committed ? done : Message{Message::Kind::info, "There was nothing to change."});
          if (settled) settled(outcome);
        },
        suggestion.cause);
}

}  // namespace sweepmark::gui
