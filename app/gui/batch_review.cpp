#include "app/gui/batch_review.hpp"

#include <algorithm>

#include "app/gui/batch_hand.hpp"
#include "app/gui/draft.hpp"
#include "app/gui/selection.hpp"
#include "app/gui/view_memory.hpp"
#include "core/assist/review_page.hpp"

namespace sweepmark::gui {

namespace {

BatchMemory& memory_of(GuiContext& context) {
  return context.resources.memory().batch;
}

// What no page before has had.
BatchPage make_page(const GuiContext& context, const Track& track, const std::vector<BatchPage>& before) {
  std::vector<TimestampNs> times;
  for (const SweepEntry& sweep : context.workspace->drive().sweeps) times.push_back(sweep.time);
  std::set<std::size_t> seen;
  for (const BatchPage& page : before) seen.insert(page.sweeps.begin(), page.sweeps.end());
  return {review_page(track, times, batch_page_size, seen)};
}

void begin_review(GuiContext& context, const Track& track) {
  ReviewPages& review = memory_of(context).review;
  review = {track.id, {make_page(context, track, {})}, 0, {}, {}};
}

// The pages of this track; another one's are forgotten.
ReviewPages& review_of(GuiContext& context, const Track& track) {
  ReviewPages& review = memory_of(context).review;
  if (review.track != track.id || review.pages.empty()) begin_review(context, track);
  return review;
}

void next_review_page(GuiContext& context, const Track& track) {
  ReviewPages& review = review_of(context, track);
  if (review.at + 1 < review.pages.size()) {
    ++review.at;
    return;
  }
  BatchPage next = make_page(context, track, review.pages);
  if (next.sweeps.empty()) {
    begin_review(context, track);
    return context.say(Message::Kind::info,
                       "All pages of this object were shown; these are the sweeps to look at now.");
  }
  review.pages.push_back(std::move(next));
  ++review.at;
}

BatchPage review_ahead(GuiContext& context, const Track& track) {
  ReviewPages& review = review_of(context, track);
  if (review.at + 1 < review.pages.size()) return review.pages[review.at + 1];
  const Revision now = context.workspace->session().revision();
  if (review.next_of != now) {
    review.next = make_page(context, track, review.pages);
    review.next_of = now;
  }
  return review.next;
}

}  // namespace

BatchPage shown_page(GuiContext& context, const Track& track) {
  if (memory_of(context).order == BatchOrder::time)
    return page_at(context.ui.cursor, context.workspace->drive().sweeps.size());
  const ReviewPages& review = review_of(context, track);
  return review.pages[review.at];
}

BatchPage page_ahead(GuiContext& context, const Track& track) {
  if (memory_of(context).order == BatchOrder::review) return review_ahead(context, track);
  const std::size_t sweeps = context.workspace->drive().sweeps.size();
  const std::vector<std::size_t> here = page_at(context.ui.cursor, sweeps).sweeps;
  if (context.ui.direction < 0) return here.front() > 0 ? page_at(here.front() - 1, sweeps) : BatchPage{};
  return here.back() + 1 < sweeps ? page_at(here.back() + 1, sweeps) : BatchPage{};
}

void review_next(GuiContext& context) {
  const Track* const track = selected_track(context);
  BatchMemory& memory = memory_of(context);
  const bool shown = batch_is_open(context.ui) && memory.order == BatchOrder::review && track &&
                     memory.review.track == track->id;
  if (!batch_is_open(context.ui)) toggle_batch(context);
  memory.order = BatchOrder::review;
  if (shown)
    next_review_page(context, *track);
  else
    memory.review = {};
}

void show_in_time_order(GuiContext& context) {
  memory_of(context).order = BatchOrder::time;
}

void turn_page(GuiContext& context, bool forward) {
  const Track* const track = selected_track(context);
  if (memory_of(context).order == BatchOrder::review && track) {
    ReviewPages& review = review_of(context, *track);
    if (forward) return next_review_page(context, *track);
    review.at -= std::min<std::size_t>(review.at, 1);
    return;
  }
  const std::size_t cursor = context.ui.cursor;
  go_to(context, forward ? cursor + batch_page_size : cursor - std::min(cursor, batch_page_size));
}

}  // namespace sweepmark::gui
