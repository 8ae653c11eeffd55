// The box under the hand, from the first movement to the command that keeps it, and moving on to another
// sweep. A draft knows its sweep: it is shown there only and becomes a keyframe of that sweep, wherever the
// cursor is by then. What the labels file could not take is kept apart until it can or is discarded.
#pragma once

#include "app/gui/gui_context.hpp"

namespace sweepmark::gui {

// To another sweep of the open drive; beyond the last means the last. What is half done stays behind.
void go_to(GuiContext& context, std::size_t sweep);

// Starts or changes the draft of a track's box, or of a new one where `track` is empty, at the sweep under
// the cursor. False, with a hint why, while another box waits to be saved.
bool draft_box(GuiContext& context, std::optional<TrackId> track, ClassId class_id, const Box3<Ego>& box);
// Asks for the one command that makes the draft true; the draft goes when it is done.
void commit_draft(GuiContext& context);

// Asks again for the command that the labels file could not take.
void retry_unsaved(GuiContext& context);

// The draft of the sweep under the cursor, or the box there that waits to be saved; otherwise null.
const BoxDraft* draft_at_cursor(const GuiContext& context);
// The box of a track at the sweep under the cursor that waits to be saved; otherwise null.
BoxDraft* unsaved_at_cursor(GuiContext& context, TrackId track);

// Failures of the labels file itself, as opposed to commands that make no sense.
bool concerns_saving(ErrorCode code);

}  // namespace sweepmark::gui
