// Several objects at once, and boxes carried from sweep to sweep.
#include <algorithm>

#include "app/gui/action.hpp"
#include "app/gui/batch_hand.hpp"
#include "app/gui/box_hand.hpp"
#include "app/gui/selection.hpp"
#include "core/commands/arguments.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {
namespace {

using nlohmann::json;

bool has_copy(const GuiContext& context) {
  return has_drive(context) && !context.ui.copied.empty();
}

void select_here(GuiContext& context) {
  if (batch_is_open(context.ui)) return mark_page(context);
  std::vector<TrackId> here;
  for (const VisibleBox& box : context.workspace->boxes_at(context.ui.cursor))
    if (!box.ghost) here.push_back(box.track);
  select_all(context.ui, here);
}

void copy(GuiContext& context) {
  std::vector<CopiedBox> copied;
  for (const VisibleBox& box : boxes_in_hand(context))
    copied.push_back({box.track, box.class_id, box.box, time_in_hand(context)});
  if (!copied.empty()) context.ui.copied = std::move(copied);
}

enum class Place { as_seen_from_vehicle, in_world };

Box3<Ego> carried(const GuiContext& context, const CopiedBox& copied, Place place) {
  if (place == Place::as_seen_from_vehicle) return copied.box;
  const Trajectory& trajectory = trajectory_of(context.workspace->document(), context.workspace->drive());
  return trajectory.world_from_ego(time_in_hand(context)).inverse() *
         (trajectory.world_from_ego(copied.sweep) * copied.box);
}

// Of what is still selected it becomes the keyframe of this sweep; in the sweep it was copied from, and of
// anything else, a new object.
json pasted(const GuiContext& context, const CopiedBox& copied, Place place) {
  const TimestampNs now = time_in_hand(context);
  json box = {{"time_ns", now.ns}, {"box", commands::box_to(carried(context, copied, place))}};
  const bool same = is_selected(context.ui, copied.track) && now != copied.sweep &&
                    context.workspace->document().track(copied.track);
  if (same)
    box["track"] = copied.track.value;
  else
    box["class"] = copied.class_id.value;
  return box;
}

// What comes of it is selected.
template <Place From>
void paste(GuiContext& context) {
  json boxes = json::array();
  std::vector<TrackId> tracks;
  std::uint32_t next = context.workspace->document().next_track_id().value;
  for (const CopiedBox& copied : context.ui.copied) {
    boxes.push_back(pasted(context, copied, From));
    tracks.push_back(boxes.back().contains("track") ? copied.track : TrackId(next++));
  }
  context.run("boxes.set", {{"boxes", std::move(boxes)}},
              [&ui = context.ui, tracks](const Result<CommandOutcome>& outcome) {
                const auto came = [&](TrackId track) { return outcome->changes.tracks.contains(track); };
                if (outcome && std::ranges::all_of(tracks, came)) select_all(ui, tracks);
              });
}

}  // namespace

ActionFamily actions_clipboard() {
  return {
      {"box.select_all", "Select all of this sweep", "Boxes", "Ctrl+A", has_drive, select_here},
      {"box.copy", "Copy", "Boxes", "Ctrl+C", has_selection, copy},
      {"box.paste", "Paste as the vehicle saw it", "Boxes", "Ctrl+V", has_copy,
       paste<Place::as_seen_from_vehicle>},
      {"box.paste_in_place", "Paste at the same place", "Boxes", "Ctrl+Shift+V", has_copy,
       paste<Place::in_world>},
  };
}

}  // namespace sweepmark::gui
