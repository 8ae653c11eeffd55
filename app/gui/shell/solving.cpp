#include "app/gui/shell/solving.hpp"

#include <algorithm>

#include "app/gui/shell/shell_state.hpp"
#include "core/commands/suggest_between.hpp"

namespace sweepmark::gui {
namespace {

using Corrected = std::map<TrackId, std::vector<TimestampNs>>;

// The window's own requests name sweeps by time; boxes of new objects have no track.
void add_box(Corrected& corrected, const nlohmann::json& box) {
  if (!box.contains("track") || !box.contains("time_ns")) return;
  corrected[TrackId(box["track"].get<std::uint32_t>())].push_back({box["time_ns"].get<std::int64_t>()});
}

Corrected boxes_set_by(const CommandRequest& request) {
  Corrected corrected;
  if (request.name == "keyframe.set") add_box(corrected, request.args);
  if (request.name == "boxes.set")
    for (const auto& box : request.args.at("boxes")) add_box(corrected, box);
  for (auto& [track, times] : corrected) std::ranges::sort(times);
  return corrected;
}

bool was_followed(const Track& track) {
  return std::ranges::any_of(track.keyframes,
                             [](const Keyframe& keyframe) { return keyframe.origin == Origin::automatic; });
}

void take(Jobs& jobs, SolvingTrack& solving, Correction correction) {
  const auto outdone = [&](const std::vector<TimestampNs>& times) {
    return std::ranges::includes(correction.times, times);
  };
  if (solving.job && outdone(solving.solves)) jobs.cancel(*solving.job);
  std::erase_if(solving.waiting, [&](const Correction& earlier) { return outdone(earlier.times); });
  solving.waiting.push_back(std::move(correction));
}

void start(GuiContext& context, TrackId track, SolvingTrack& solving) {
  Correction next = std::move(solving.waiting.front());
  solving.waiting.pop_front();
  solving.solves = next.times;
  solving.job = start_suggesting(
      context,
      {.title = "Solving the gaps beside",
       .suggest = [track, times = std::move(next.times)](
                      const SuggestContext& from,
                      const Progress& progress) { return suggest_gaps_beside(from, track, times, progress); },
       .aloud = false,
       .cause = next.revision,
       .settled =
           [&all = context.shell->suggestions.solving, track](const Result<CommandOutcome>&) {
             if (const auto found = all.find(track); found != all.end()) found->second.job.reset();
           }});
}

}  // namespace

void solve_gaps_after(GuiContext& context, const CommandRequest& request, const CommandOutcome& outcome) {
  if (!context.view.solve_gaps || !outcome.committed || !can_suggest(context)) return;
  for (auto& [id, times] : boxes_set_by(request)) {
    const Track* const track = context.workspace->document().track(id);
    if (!track || track->properties.standing || !was_followed(*track)) continue;
    take(*context.shell->background, context.shell->suggestions.solving[id],
         {outcome.revision, std::move(times)});
  }
}

void go_on_solving(GuiContext& context) {
  Solving& all = context.shell->suggestions.solving;
  std::erase_if(all, [](const auto& entry) { return !entry.second.job && entry.second.waiting.empty(); });
  if (!can_suggest(context)) return;
  for (auto& [track, solving] : all)
    if (!solving.job) start(context, track, solving);
}

void stop_solving(ShellState& shell) {
  for (auto& [track, solving] : shell.suggestions.solving) {
    if (solving.job) shell.background->cancel(*solving.job);
    solving.waiting.clear();
  }
}

}  // namespace sweepmark::gui
