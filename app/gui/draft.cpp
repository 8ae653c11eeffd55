#include "app/gui/draft.hpp"

#include <algorithm>

#include "core/commands/arguments.hpp"

namespace sweepmark::gui {
namespace {

TimestampNs time_at_cursor(const GuiContext& context) {
  return context.workspace->drive().sweeps[context.ui.cursor].time;
}

bool same_box(const BoxDraft& a, const BoxDraft& b) {
  return a.track == b.track && a.sweep == b.sweep;
}

bool unchanged(const BoxDraft& a, const BoxDraft& b) {
  return same_box(a, b) && a.box.size == b.box.size && a.box.pose.translation() == b.box.pose.translation() &&
         a.box.pose.rotation().coeffs() == b.box.pose.rotation().coeffs();
}

void settle(UiState& ui, const BoxDraft& sent, const Result<CommandOutcome>& outcome) {
  // The labels file may have been waited for: the hand may have gone on.
  if (ui.draft && unchanged(*ui.draft, sent)) ui.draft.reset();
  if (outcome) {
    if (ui.unsaved && same_box(ui.unsaved->draft, sent)) ui.unsaved.reset();
    if (!sent.track && !outcome->changes.tracks.empty()) ui.selected = *outcome->changes.tracks.rbegin();
  } else if (concerns_saving(outcome.error().code)) {
    ui.unsaved = UnsavedBox{sent, to_string(outcome.error())};
    if (!sent.track) ui.selected.reset();  // the new box is what the other views show
  }
}

nlohmann::json keyframe_of(TrackId track, TimestampNs time, const Box3<Ego>& box) {
  return {{"track", track.value}, {"time_ns", time.ns}, {"box", commands::box_to(box)}};
}

void commit_all(GuiContext& context, const BoxDraft& draft) {
  nlohmann::json boxes = nlohmann::json::array({keyframe_of(*draft.track, draft.sweep, draft.box)});
  for (const auto& [track, box] : draft.along) boxes.push_back(keyframe_of(track, draft.sweep, box));
  context.run(
      "boxes.set", {{"boxes", std::move(boxes)}},
      [ui = &context.ui, draft](const Result<CommandOutcome>& outcome) { settle(*ui, draft, outcome); });
}

void commit(GuiContext& context, const BoxDraft& draft) {
  if (draft.track && !draft.along.empty()) return commit_all(context, draft);
  nlohmann::json args = {{"time_ns", draft.sweep.ns}, {"box", commands::box_to(draft.box)}};
  if (draft.track)
    args["track"] = draft.track->value;
  else
    args["class"] = draft.class_id.value;
  context.run(
      draft.track ? "keyframe.set" : "box.create", std::move(args),
      [ui = &context.ui, draft](const Result<CommandOutcome>& outcome) { settle(*ui, draft, outcome); });
}

}  // namespace

void go_to(GuiContext& context, std::size_t sweep) {
  const std::size_t wanted = std::min(sweep, context.workspace->drive().sweeps.size() - 1);
  if (wanted == context.ui.cursor) return;
  context.ui.direction = wanted > context.ui.cursor ? 1 : -1;
  context.ui.cursor = wanted;
  context.ui.draft.reset();
}

bool draft_box(GuiContext& context, std::optional<TrackId> track, ClassId class_id, const Box3<Ego>& box) {
  BoxDraft draft{track, class_id, box, time_at_cursor(context)};
  if (context.ui.unsaved && !same_box(context.ui.unsaved->draft, draft)) {
    context.ui.hint = "Another box waits to be saved: try again or discard it first";
    return false;
  }
  context.ui.draft = std::move(draft);
  return true;
}

void commit_draft(GuiContext& context) {
  if (context.ui.draft) commit(context, *context.ui.draft);
}

void retry_unsaved(GuiContext& context) {
  if (context.ui.unsaved) commit(context, context.ui.unsaved->draft);
}

const BoxDraft* draft_at_cursor(const GuiContext& context) {
  const UiState& ui = context.ui;
  const TimestampNs now = time_at_cursor(context);
  if (ui.draft && ui.draft->sweep == now) return &*ui.draft;
  if (ui.unsaved && ui.unsaved->draft.sweep == now) return &ui.unsaved->draft;
  return nullptr;
}

BoxDraft* unsaved_at_cursor(GuiContext& context, TrackId track) {
  if (!context.ui.unsaved) return nullptr;
  BoxDraft& draft = context.ui.unsaved->draft;
  return draft.track == track && draft.sweep == time_at_cursor(context) ? &draft : nullptr;
}

bool concerns_saving(ErrorCode code) {
  return code == ErrorCode::no_space || code == ErrorCode::read_only || code == ErrorCode::unreadable ||
         code == ErrorCode::newer_version || code == ErrorCode::malformed;
}

}  // namespace sweepmark::gui
