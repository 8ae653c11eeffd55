#include "app/gui/shell/suggestions.hpp"

#include <algorithm>

#include "app/gui/shell/shell_state.hpp"
#include "core/commands/suggest_between.hpp"

namespace sweepmark::gui {
namespace {

struct Asked {
  std::string title;
  Suggest suggest;
  Sentence done;
  bool aloud = true;  // whether failure is said
};

// What is thrown (out of memory) is the suggestion's failure: its books are closed as after any other.
Result<CommandCall> guarded(const Suggest& suggest, const SuggestContext& context, const Progress& progress) {
  try {
    return suggest(context, progress);
  } catch (const std::exception& error) {
    return fail(ErrorCode::internal, error.what());
  }
}

// What `forget` takes out of the books is done with by the time the job hands back.
int start(GuiContext& context, Asked asked, std::function<void(Suggestions&, int)> forget) {
  ShellState& shell = *context.shell;
  const auto workspace = context.workspace->weak_from_this().lock();
  const auto number = std::make_shared<int>(0);
  *number = shell.background->start(
      asked.title,
      [workspace, &shell, &ui = context.ui, asked, forget, number,
       snapshot = context.workspace->session().document()](const Progress& progress) mutable -> Jobs::Finish {
        const SweepSource sweeps = sweeps_of(workspace->drive());
        Result<CommandCall> made = guarded(asked.suggest, {*snapshot, workspace->drive(), sweeps}, progress);
        return [workspace = std::move(workspace), &shell, &ui, asked, forget, number,
                stopped = progress.cancelled(), made = std::move(made)] {
          if (forget) forget(shell.suggestions, *number);
          if (stopped && asked.aloud)
            ui.messages.push_back({Message::Kind::info, asked.title + " was stopped; nothing was changed."});
          else if (!stopped && made)
            shell.suggestions.ready.push_back({workspace, *made, asked.done ? asked.done(*made) : ""});
          else if (!stopped && asked.aloud)
            ui.messages.push_back({Message::Kind::warning, asked.title + ": " + to_string(made.error())});
        };
      });
  return *number;
}

bool can_start(const GuiContext& context) {
  return context.workspace && context.shell && context.shell->background &&
         !context.workspace->weak_from_this().expired();
}

void forget(std::map<TrackId, int>& jobs, TrackId track, int number) {
  if (const auto found = jobs.find(track); found != jobs.end() && found->second == number) jobs.erase(found);
}

bool was_followed(const Track& track) {
  return std::ranges::any_of(track.keyframes,
                             [](const Keyframe& keyframe) { return keyframe.origin == Origin::automatic; });
}

}  // namespace

void ask_for(GuiContext& context, TrackId track, std::string title, Suggest suggest, Sentence done) {
  if (!can_start(context)) return;
  Suggestions& books = context.shell->suggestions;
  if (books.asked.contains(track))
    return context.say(Message::Kind::info,
                       "That is under way already; the cross in the status line stops it.");
  books.asked[track] = start(context, {std::move(title), std::move(suggest), std::move(done)},
                             [track](Suggestions& all, int number) { forget(all.asked, track, number); });
}

void ask_for(GuiContext& context, std::string title, Suggest suggest, Sentence done) {
  if (can_start(context)) start(context, {std::move(title), std::move(suggest), std::move(done)}, {});
}

void solve_gaps_after(GuiContext& context, const CommandRequest& request, const CommandOutcome& outcome) {
  if (!context.view.solve_gaps || request.name != "keyframe.set" || !outcome.committed || !can_start(context))
    return;
  const TrackId id(request.args.at("track").get<std::uint32_t>());
  const Track* const track = context.workspace->document().track(id);
  if (!track || track->properties.standing || !was_followed(*track) || !request.args.contains("time_ns"))
    return;
  const TimestampNs time{request.args["time_ns"].get<std::int64_t>()};
  std::map<TrackId, int>& solving = context.shell->suggestions.solving;
  if (const auto earlier = solving.find(id); earlier != solving.end())
    context.shell->background->cancel(earlier->second);
  const Suggest again = [id, time](const SuggestContext& from, const Progress& progress) {
    return suggest_gaps_beside(from, id, time, progress);
  };
  solving[id] = start(context, {"Solving the gaps beside", again, {}, false},
                      [id](Suggestions& all, int number) { forget(all.solving, id, number); });
}

void stop_solving(ShellState& shell) {
  for (const auto& [track, job] : shell.suggestions.solving) shell.background->cancel(job);
}

void drop_suggestions(ShellState& shell) {
  for (const auto* jobs : {&shell.suggestions.solving, &shell.suggestions.asked})
    for (const auto& [track, job] : *jobs) shell.background->cancel(job);
  shell.suggestions = {};
}

void take_suggestions(GuiContext& context) {
  std::vector<Suggestion> ready;
  std::swap(ready, context.shell->suggestions.ready);
  for (Suggestion& suggestion : ready) {
    if (!context.workspace || suggestion.of.lock().get() != context.workspace) continue;
    context.run(suggestion.call.name, std::move(suggestion.call.args),
                [&ui = context.ui, done = std::move(suggestion.done)](const Result<CommandOutcome>& outcome) {
                  if (outcome && !done.empty())
                    ui.messages.push_back(
                        {Message::Kind::info, outcome->committed ? done : "There was nothing to change."});
                });
  }
}

}  // namespace sweepmark::gui
