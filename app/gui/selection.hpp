// Which objects are selected. One of them is what views and panels show (`UiState::selected`); others may be
// selected beside it and go along with what is done to it.
#pragma once

#include <span>
#include <vector>

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// The one that is shown first, the others by number. Empty where none is.
std::vector<TrackId> selected_tracks(const UiState& ui);
bool is_selected(const UiState& ui, TrackId track);

bool has_drive(const GuiContext& context);
// Whether there is an object that what is done would be done to.
bool has_selection(const GuiContext& context);
// The one that is shown; null where none is.
const Track* selected_track(const GuiContext& context);

// Nothing else stays selected.
void select_only(UiState& ui, std::optional<TrackId> track);
// Adds an object, which is shown then, or takes it out, and another one of them is shown.
void toggle_selected(UiState& ui, TrackId track);
// What was shown stays so where it is one of them.
void select_all(UiState& ui, std::span<const TrackId> tracks);

}  // namespace sweepmark::gui
