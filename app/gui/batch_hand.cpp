#include "app/gui/batch_hand.hpp"

#include <algorithm>

#include "app/gui/batch_cells.hpp"
#include "app/gui/batch_review.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/track_menu.hpp"
#include "app/gui/view_memory.hpp"
#include "core/commands/arguments.hpp"
#include "core/drive/trajectory_of.hpp"

namespace sweepmark::gui {

namespace {

std::vector<BatchCell> cells_at(const GuiContext& context, const Track& track, std::size_t sweep) {
  const Drive& drive = context.workspace->drive();
  return batch_cells(track, drive, trajectory_of(context.workspace->document(), drive), page_from(sweep, 1));
}

std::vector<BatchCell> marked_cells(GuiContext& context, const Track& track) {
  std::vector<BatchCell> cells;
  for (const std::size_t sweep : context.resources.memory().batch.marked)
    for (BatchCell& cell : cells_at(context, track, sweep)) cells.push_back(std::move(cell));
  return cells;
}

nlohmann::json as_it_is(const Track& track, const BatchCell& cell) {
  return {{"track", track.id.value}, {"time_ns", cell.time.ns}, {"box", commands::box_to(cell.box)}};
}

void forget_marks(GuiContext& context) {
  context.resources.memory().batch.marked.clear();
}

// The object goes with its last keyframe: that is said, for a cell is not the object.
void remove_keyframes(GuiContext& context, const Track& track, nlohmann::json times_ns) {
  const bool all = times_ns.size() == track.keyframes.size();
  const std::string title = title_of(context.workspace->document(), track);
  context.run("keyframe.remove", {{"track", track.id.value}, {"times_ns", std::move(times_ns)}},
              [&ui = context.ui, all, title](const Result<CommandOutcome>& outcome) {
                if (outcome && outcome->committed && all)
                  ui.messages.push_back(
                      {Message::Kind::warning,
                       title + " had no other keyframe and was deleted. Undo (Ctrl+Z) brings it back."});
              });
}

}  // namespace

bool batch_is_open(const UiState& ui) {
  return ui.main_view == "batch";
}

void toggle_batch(GuiContext& context) {
  context.ui.draft.reset();
  context.ui.main_view = batch_is_open(context.ui) ? "view3d" : "batch";
}

bool leave_batch(GuiContext& context) {
  if (!batch_is_open(context.ui)) return false;
  BatchMemory& memory = context.resources.memory().batch;
  if (memory.marked.empty()) context.ui.main_view = "view3d";
  memory.marked.clear();
  memory.marking_from.reset();
  return true;
}

std::size_t sweep_in_hand(const UiState& ui) {
  return batch_is_open(ui) ? ui.hovered_sweep.value_or(ui.cursor) : ui.cursor;
}

bool has_marks(GuiContext& context) {
  return batch_is_open(context.ui) && !context.resources.memory().batch.marked.empty();
}

const std::set<std::size_t>& marked_sweeps(GuiContext& context) {
  return context.resources.memory().batch.marked;
}

void mark_page(GuiContext& context) {
  const Track* const track = selected_track(context);
  if (!track) return;
  BatchMemory& memory = context.resources.memory().batch;
  std::set<std::size_t> all = memory.marked;
  for (const std::size_t sweep : shown_page(context, *track).sweeps) all.insert(sweep);
  if (all == memory.marked) all.clear();
  memory.marked = std::move(all);
}

void accept_cell(GuiContext& context, std::size_t sweep) {
  const Track* const track = selected_track(context);
  if (!track) return;
  for (const BatchCell& cell : cells_at(context, *track, sweep))
    context.run("keyframe.set", as_it_is(*track, cell));
}

void accept_marked(GuiContext& context) {
  const Track* const track = selected_track(context);
  if (!track) return;
  nlohmann::json boxes = nlohmann::json::array();
  for (const BatchCell& cell : marked_cells(context, *track))
    if (cell.there() && cell.state != BatchCell::State::human) boxes.push_back(as_it_is(*track, cell));
  if (boxes.empty())
    context.say(Message::Kind::info, "All marked boxes were placed by a person already.");
  else
    context.run("boxes.set", {{"boxes", std::move(boxes)}});
  forget_marks(context);
}

void clear_marked(GuiContext& context) {
  const Track* const track = selected_track(context);
  if (!track) return;
  nlohmann::json times = nlohmann::json::array();
  for (const BatchCell& cell : marked_cells(context, *track))
    if (cell.keyframe()) times.push_back(cell.time.ns);
  if (times.empty())
    context.say(Message::Kind::info, "There are no keyframes in the marked cells.");
  else
    remove_keyframes(context, *track, std::move(times));
  forget_marks(context);
}

void clear_cell(GuiContext& context, std::size_t sweep) {
  const Track* const track = selected_track(context);
  if (!track) return;
  const TimestampNs time = context.workspace->drive().sweeps[sweep].time;
  if (!track->keyframe_at(time))
    return context.say(Message::Kind::info, "There is no keyframe at this sweep.");
  remove_keyframes(context, *track, nlohmann::json::array({time.ns}));
}

void toggle_marked_absent(GuiContext& context) {
  const Track* const track = selected_track(context);
  if (!track) return;
  const Drive& drive = context.workspace->drive();
  const bool gone = std::ranges::all_of(marked_cells(context, *track),
                                        [&](const BatchCell& cell) { return track->absent_at(cell.time); });
  nlohmann::json intervals = nlohmann::json::array();
  for (const auto& [first, last] : runs_of(context.resources.memory().batch.marked))
    intervals.push_back({{"first_ns", drive.sweeps[first].time.ns}, {"last_ns", drive.sweeps[last].time.ns}});
  context.run("track.set_absent",
              {{"track", track->id.value}, {"intervals", std::move(intervals)}, {"absent", !gone}});
  forget_marks(context);
}

}  // namespace sweepmark::gui
