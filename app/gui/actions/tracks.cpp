// Objects through time: following them, accepting what was found, where they begin and end.
#include <fmt/format.h>

#include <algorithm>

#include "app/gui/action.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/merging.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/shell/shell_state.hpp"
#include "app/gui/track_menu.hpp"
#include "app/gui/view_memory.hpp"
#include "core/commands/suggest_between.hpp"

namespace sweepmark::gui {
namespace {

std::int64_t time_in_hand(const GuiContext& context) {
  return context.workspace->drive().sweeps[sweep_in_hand(context.ui)].time.ns;
}

std::string title_of_selected(const GuiContext& context) {
  return title_of(context.workspace->document(), *selected_track(context));
}

Message told(std::string text) {
  return {Message::Kind::info, std::move(text)};
}

std::size_t boxes_in(const CommandCall& call) {
  return call.args.contains("keyframes") ? call.args["keyframes"].size() : 0;
}

void follow(GuiContext& context) {
  const TrackId track = *context.ui.selected;
  const std::string title = title_of_selected(context);
  ask_for(
      context, track, "Following " + title,
      [track](const SuggestContext& from, const Progress& progress) {
        return suggest_following(from, track, progress);
      },
      [title](const CommandCall& call) {
        return told(
            fmt::format("{} was found in {} sweeps. N leads to the least certain one, Enter accepts it.",
                        title, boxes_in(call)));
      });
}

void hold_still(GuiContext& context) {
  const TrackId track = *context.ui.selected;
  const std::string title = title_of_selected(context);
  ask_for(
      context, track, "Fitting " + title + " where it stands",
      [track](const SuggestContext& from, const Progress& progress) {
        return suggest_standing(from, track, progress);
      },
      [title](const CommandCall&) {
        return told(title + " stands still: one box for all sweeps it is seen in.");
      });
}

void refit(GuiContext& context) {
  const TrackId track = *context.ui.selected;
  const std::string title = title_of_selected(context);
  ask_for(
      context, track, "Fitting " + title + " between its keyframes",
      [track](const SuggestContext& from, const Progress& progress) {
        return suggest_refit(from, track, progress);
      },
      [title](const CommandCall& call) {
        return told(fmt::format("{} was fitted to the points of {} sweeps.", title, boxes_in(call)));
      });
}

// Pressed again where it led, it leads to the next least certain one.
void go_to_least_certain(GuiContext& context, const std::optional<TrackId>& track) {
  std::optional<UncertainBox>& last = context.resources.memory().jumped_to;
  const bool still_there = last && last->track == context.ui.selected &&
                           last->time.ns == context.workspace->drive().sweeps[context.ui.cursor].time.ns;
  last = least_certain(context.workspace->document(), track, still_there ? last : std::nullopt);
  if (!last)
    return context.say(Message::Kind::info, track ? "No box of this object is a proposal; T follows it."
                                                  : "No box of this drive is a proposal.");
  context.ui.selected = last->track;
  if (const auto sweep = context.workspace->drive().sweep_near(last->time)) go_to(context, *sweep);
}

void accept_here(GuiContext& context) {
  const Track* const track = selected_track(context);
  const Keyframe* const keyframe = track ? track->keyframe_at({time_in_hand(context)}) : nullptr;
  if (!keyframe || keyframe->origin != Origin::automatic)
    return context.say(Message::Kind::info, "The box of this sweep is no proposal.");
  context.run("track.accept", {{"track", track->id.value}, {"time_ns", time_in_hand(context)}});
}

void accept_all(GuiContext& context) {
  context.run("track.accept", {{"track", context.ui.selected->value}});
}

void trim(GuiContext& context, const char* edge) {
  context.run("track.trim",
              {{"track", context.ui.selected->value}, {"edge", edge}, {"time_ns", time_in_hand(context)}});
}

void split(GuiContext& context) {
  context.run("track.split", {{"track", context.ui.selected->value}, {"time_ns", time_in_hand(context)}});
}

void rename(GuiContext& context) {
  const Track* const track = selected_track(context);
  if (!track) return;
  context.shell->object_name = track->properties.name;
  context.shell->dialog = Dialog::rename_object;
}

bool stands(const GuiContext& context) {
  const Track* const track = selected_track(context);
  return track && track->properties.standing;
}

void toggle_standing(GuiContext& context) {
  nlohmann::json args = {{"track", context.ui.selected->value}, {"standing", !stands(context)}};
  if (!stands(context)) args["time_ns"] = time_in_hand(context);
  context.run("track.set_standing", std::move(args));
}

bool solves_gaps(const GuiContext& context) {
  return context.view.solve_gaps;
}

ActionFamily proposals() {
  return {
      {"track.follow", "Follow forward and back", "Objects", "T", has_selection, follow},
      {"track.hold_still", "Stands still: one box for all sweeps", "Objects", "P", has_selection, hold_still},
      {"track.refit", "Fit the boxes between keyframes", "Objects", "Shift+I", has_selection, refit},
      {"track.solve_gaps", "Solve gaps again after a correction", "Objects", "", nullptr,
       [](GuiContext& c) { c.view.solve_gaps = !c.view.solve_gaps; }, false, solves_gaps},
      {"navigate.least_certain", "Least certain box of the object", "Navigate", "N", has_selection,
       [](GuiContext& c) { go_to_least_certain(c, c.ui.selected); }},
      {"navigate.least_certain_of_all", "Least certain box of all objects", "Navigate", "Shift+N", has_drive,
       [](GuiContext& c) { go_to_least_certain(c, std::nullopt); }},
      {"track.accept", "Accept the proposed box here", "Objects", "Enter", has_selection, accept_here},
      {"track.accept_all", "Accept all proposed boxes of the object", "Objects", "Shift+Enter", has_selection,
       accept_all},
  };
}

ActionFamily lives() {
  return {
      {"track.begins_here", "Begins here", "Objects", "Ctrl+[", has_selection,
       [](GuiContext& c) { trim(c, "first"); }},
      {"track.ends_here", "Ends here", "Objects", "Ctrl+]", has_selection,
       [](GuiContext& c) { trim(c, "last"); }},
      {"track.split", "Split here: another object from this sweep on", "Objects", "/", has_selection, split},
      {"track.merge", "Merge with the object selected next", "Objects", "M", has_selection, begin_merge},
      {"track.rename", "Name the object…", "Objects", "F2", has_selection, rename},
      {"track.standing", "Never moves", "Objects", "Alt+P", has_selection, toggle_standing, false, stands},
  };
}

}  // namespace

ActionFamily actions_tracks() {
  ActionFamily all = proposals();
  const ActionFamily more = lives();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

}  // namespace sweepmark::gui
