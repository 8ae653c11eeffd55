// Through time and from object to object.
#include <algorithm>
#include <vector>

#include "app/gui/action.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/batch_review.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/selection.hpp"

namespace sweepmark::gui {
namespace {

void step(GuiContext& context, int by) {
  const std::size_t cursor = context.ui.cursor;
  if (by < 0 && cursor < static_cast<std::size_t>(-by)) return go_to(context, 0);
  go_to(context, by < 0 ? cursor - static_cast<std::size_t>(-by) : cursor + static_cast<std::size_t>(by));
}

// Ten sweeps; where pages of them are shown, a page.
void stride(GuiContext& context, int direction) {
  if (batch_is_open(context.ui)) return turn_page(context, direction > 0);
  step(context, 10 * direction);
}

void play(GuiContext& context) {
  const bool at_end = context.ui.cursor + 1 >= context.workspace->drive().sweeps.size();
  if (!context.ui.playing && at_end) go_to(context, 0);
  context.ui.playing = !context.ui.playing;
}

// Objects that are there at this sweep, by number; round and round.
void step_object(GuiContext& context, int by) {
  std::vector<TrackId> here;
  for (const VisibleBox& box : context.workspace->boxes_at(context.ui.cursor))
    if (!box.ghost) here.push_back(box.track);
  if (here.empty()) return;
  std::ranges::sort(here);
  const auto count = static_cast<std::ptrdiff_t>(here.size());
  const auto found = context.ui.selected ? std::ranges::find(here, *context.ui.selected) : here.end();
  std::ptrdiff_t index = by > 0 ? 0 : count - 1;
  if (found != here.end()) index = (found - here.begin() + by + count) % count;
  context.ui.selected = here[static_cast<std::size_t>(index)];
}

void step_keyframe(GuiContext& context, int by) {
  const Track* track = context.workspace->document().track(*context.ui.selected);
  const auto& drive = context.workspace->drive();
  if (!track) return;
  const TimestampNs now = drive.sweeps[context.ui.cursor].time;
  std::optional<TimestampNs> wanted;
  for (const Keyframe& keyframe : track->keyframes) {
    if (by > 0 && keyframe.time > now && !wanted) wanted = keyframe.time;
    if (by < 0 && keyframe.time < now) wanted = keyframe.time;
  }
  if (!wanted) return;
  if (const auto sweep = drive.sweep_near(*wanted)) go_to(context, *sweep);
}

}  // namespace

ActionFamily actions_navigate() {
  return {
      {"navigate.next", "Next sweep", "Navigate", "PgDn | .", has_drive, [](GuiContext& c) { step(c, 1); },
       true},
      {"navigate.previous", "Previous sweep", "Navigate", "PgUp | ,", has_drive,
       [](GuiContext& c) { step(c, -1); }, true},
      {"navigate.forward", "Ten sweeps on, or a page", "Navigate", "Shift+PgDn", has_drive,
       [](GuiContext& c) { stride(c, 1); }, true},
      {"navigate.back", "Ten sweeps back, or a page", "Navigate", "Shift+PgUp", has_drive,
       [](GuiContext& c) { stride(c, -1); }, true},
      {"navigate.first", "First sweep", "Navigate", "Home", has_drive, [](GuiContext& c) { go_to(c, 0); }},
      {"navigate.last", "Last sweep", "Navigate", "End", has_drive,
       [](GuiContext& c) { go_to(c, c.workspace->drive().sweeps.size() - 1); }},
      {"navigate.play", "Play or pause", "Navigate", "Space", has_drive, play},
      {"navigate.next_object", "Next object", "Navigate", "Tab", has_drive,
       [](GuiContext& c) { step_object(c, 1); }, true},
      {"navigate.previous_object", "Previous object", "Navigate", "Shift+Tab", has_drive,
       [](GuiContext& c) { step_object(c, -1); }, true},
      {"navigate.next_keyframe", "Next keyframe of the object", "Navigate", "]", has_selection,
       [](GuiContext& c) { step_keyframe(c, 1); }, true},
      {"navigate.previous_keyframe", "Previous keyframe of the object", "Navigate", "[", has_selection,
       [](GuiContext& c) { step_keyframe(c, -1); }, true},
  };
}

}  // namespace sweepmark::gui
