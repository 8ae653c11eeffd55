#include "app/gui/command_runner.hpp"

#include <algorithm>

#include "app/gui/draft.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/shell_state.hpp"

namespace sweepmark::gui {
namespace {

constexpr double refresh_every_s = 2;  // while a hand is at work
constexpr std::chrono::seconds patience_with_labels{10};

Result<CommandOutcome> run(GuiContext& context, const CommandRequest& request) {
  if (!context.workspace) return fail(ErrorCode::invalid_argument, "No drive is open.");
  Session& session = context.workspace->session();
  if (request.name == undo_command || request.name == redo_command) stop_solving(*context.shell);
  if (request.name == undo_command) return session.undo();
  if (request.name == redo_command) return session.redo();
  if (request.cause) return session.run_after(*request.cause, request.name, request.args);
  return session.run(request.name, request.args);
}

// What was done and is odd is said once; it stays done.
void take_outcome(GuiContext& context, const CommandRequest& request, const CommandOutcome& outcome) {
  context.shell->save_problem.clear();
  for (const std::string& warning : outcome.warnings) {
    std::erase_if(context.ui.messages, [&](const Message& shown) { return shown.text == warning; });
    context.say(Message::Kind::warning, warning);
  }
  solve_gaps_after(context, request, outcome);
}

void say_failure(GuiContext& context, const Error& error) {
  const std::string said = to_string(error);
  if (concerns_saving(error.code)) context.shell->save_problem = said;
  // What waits to be saved says so itself, as long as it waits.
  if (!context.ui.unsaved || context.ui.unsaved->problem != said) context.say(Message::Kind::error, said);
}

void keep_selection_valid(GuiContext& context) {
  if (!context.workspace) return;
  UiState& ui = context.ui;
  const Document& document = context.workspace->document();
  const auto gone = [&](std::optional<TrackId> track) { return track && !document.track(*track); };
  if (gone(ui.selected)) select_only(ui, std::nullopt);
  std::erase_if(ui.also_selected.tracks, gone);
  if (ui.draft && gone(ui.draft->track)) ui.draft.reset();
  if (ui.unsaved && gone(ui.unsaved->draft.track)) {
    ui.unsaved.reset();
    context.say(Message::Kind::warning, "The object whose box waited to be saved was deleted meanwhile.");
  }
}

}  // namespace

// The order stays: what waits makes those behind it wait.
void CommandRunner::drain(GuiContext& context) {
  while (!requests_.empty()) {
    const CommandRequest request = requests_.front();
    const Result<CommandOutcome> outcome = run(context, request);
    context.needs_redraw = true;
    if (must_wait(*context.shell, outcome)) return;
    requests_.erase(requests_.begin());
    if (request.then) request.then(outcome);
    if (outcome)
      take_outcome(context, request, *outcome);
    else
      say_failure(context, outcome.error());
  }
  go_on_solving(context);
  keep_selection_valid(context);
  follow_others(context);
}

Result<void> CommandRunner::run_now(GuiContext& context, const CommandRequest& request) {
  std::optional<Result<CommandOutcome>> outcome;
  while (!outcome || must_wait(*context.shell, *outcome)) outcome = run(context, request);
  SWEEPMARK_CHECK(*outcome);
  solve_gaps_after(context, request, **outcome);
  go_on_solving(context);
  keep_selection_valid(context);
  return {};
}

void CommandRunner::forget(ShellState& shell) {
  requests_.clear();
  waiting_since_.reset();
  shell.waiting_for.clear();
}

// Another window has the labels file for moments only. It is asked again with the next frame, so that this
// window is drawn and says what it waits for; a lock that stays is a failure in the end.
bool CommandRunner::must_wait(ShellState& shell, const Result<CommandOutcome>& outcome) {
  const bool locked = !outcome && outcome.error().code == ErrorCode::unreadable;
  const auto now = std::chrono::steady_clock::now();
  if (locked && !waiting_since_) waiting_since_ = now;
  const bool wait = locked && now - *waiting_since_ < patience_with_labels;
  shell.waiting_for = wait ? to_string(outcome.error()) : std::string();
  if (!wait) waiting_since_.reset();
  return wait;
}

void CommandRunner::follow_others(GuiContext& context) {
  if (!context.workspace || context.now - refreshed_at_ < refresh_every_s) return;
  refreshed_at_ = context.now;
  for (std::string& notice : context.workspace->fresh_notices())
    context.say(Message::Kind::warning, std::move(notice));
  const auto news = context.workspace->session().refresh();
  if (news && !news->empty())
    context.say(Message::Kind::info, "Another window changed these labels; its changes are shown.");
  failed_refreshes_ = news ? 0 : failed_refreshes_ + 1;
  // One that fails may have met another window's lock.
  const bool lasting = failed_refreshes_ > 2 || (!news && news.error().code != ErrorCode::unreadable);
  if (lasting && context.shell->save_problem.empty()) {
    context.shell->save_problem = to_string(news.error());
    context.say(Message::Kind::error, context.shell->save_problem);
  }
  keep_selection_valid(context);
}

}  // namespace sweepmark::gui
