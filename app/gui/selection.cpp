#include "app/gui/selection.hpp"

#include <algorithm>

namespace sweepmark::gui {

namespace {

// Others that are selected; none where something else was selected meanwhile, by whatever way.
std::set<TrackId> others(const UiState& ui) {
  return ui.selected && ui.selected == ui.also_selected.with ? ui.also_selected.tracks : std::set<TrackId>{};
}

void select(UiState& ui, TrackId shown, std::set<TrackId> tracks) {
  tracks.erase(shown);
  ui.selected = shown;
  ui.also_selected = {shown, std::move(tracks)};
}

}  // namespace

std::vector<TrackId> selected_tracks(const UiState& ui) {
  std::vector<TrackId> tracks;
  if (ui.selected) tracks.push_back(*ui.selected);
  std::ranges::copy(others(ui), std::back_inserter(tracks));
  return tracks;
}

bool is_selected(const UiState& ui, TrackId track) {
  return ui.selected == track || others(ui).contains(track);
}

bool has_drive(const GuiContext& context) {
  return context.workspace != nullptr;
}

bool has_selection(const GuiContext& context) {
  return has_drive(context) && context.ui.selected.has_value();
}

const Track* selected_track(const GuiContext& context) {
  return has_selection(context) ? context.workspace->document().track(*context.ui.selected) : nullptr;
}

void select_only(UiState& ui, std::optional<TrackId> track) {
  ui.selected = track;
  ui.also_selected = {};
}

void toggle_selected(UiState& ui, TrackId track) {
  std::set<TrackId> tracks = others(ui);
  if (ui.selected) tracks.insert(*ui.selected);
  if (!tracks.erase(track)) {
    select(ui, track, std::move(tracks));
  } else if (tracks.empty()) {
    select_only(ui, std::nullopt);
  } else {
    const TrackId shown = tracks.contains(*ui.selected) ? *ui.selected : *tracks.begin();
    select(ui, shown, std::move(tracks));
  }
}

void select_all(UiState& ui, std::span<const TrackId> tracks) {
  if (tracks.empty()) return select_only(ui, std::nullopt);
  const bool stays = ui.selected && std::ranges::find(tracks, *ui.selected) != tracks.end();
  select(ui, stays ? *ui.selected : tracks.front(), {tracks.begin(), tracks.end()});
}

}  // namespace sweepmark::gui
