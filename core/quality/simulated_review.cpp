// The simulated annotator with all the automation there is: place, solve, review.
#include <algorithm>

#include "core/assist/review_page.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/quality/simulated_annotator.hpp"

namespace sweepmark {

namespace {

constexpr double stands_within_m = 0.5;        // an eye sees that an object moves when it has gone this far
constexpr std::size_t most_corrections = 100;  // of one object; far above what any needs
constexpr std::size_t most_standing_corrections = 3;  // then one box for all sweeps was not the way

}  // namespace

// Where the object is seen best: a click there, a key to follow it or to hold it still, then the pages.
Result<void> SimulatedAnnotator::label_fully(const TrueObject& object) {
  const TrueBoxAtSweep& best = *std::ranges::max_element(object.boxes, {}, &TrueBoxAtSweep::points);
  ++gestures_.clicks;  // on the timeline
  SWEEPMARK_CHECK(place_by_click(best));
  SWEEPMARK_CHECK(correct(best, false));
  SWEEPMARK_CHECK(solve(object));
  SWEEPMARK_CHECK(review(object));
  return end_where_it_goes(object);
}

Result<void> SimulatedAnnotator::solve(const TrueObject& object) {
  const auto document = session_.document();
  if (distance_gone(object, trajectory_of(*document, drive_)) > stands_within_m) return follow();
  ++gestures_.keys;
  return run(suggest_standing({*document, drive_, sweeps_}, track_, progress_));
}

Result<void> SimulatedAnnotator::follow() {
  ++gestures_.keys;
  const auto document = session_.document();
  const auto call = suggest_following({*document, drive_, sweeps_}, track_, progress_);
  // Seen in one sweep only: nothing to follow, as the window says.
  if (!call && call.error().code == ErrorCode::not_found) return {};
  return run(call);
}

// One box does not do for all sweeps: it moves after all, or the poses do.
Result<void> SimulatedAnnotator::let_move() {
  if (!track()->properties.standing) return {};
  ++gestures_.keys;
  return run("track.set_standing", {{"track", track_.value}, {"standing", false}});
}

// A page for review; the worst box on it is corrected and what hangs on it solved again, until a page is
// clean. What no page showed stays as it is.
Result<void> SimulatedAnnotator::review(const TrueObject& object) {
  std::set<TimestampNs> given_up;
  for (std::size_t i = 0; i < most_corrections; ++i) {
    if (progress_.cancelled()) return fail(ErrorCode::cancelled, "cancelled");
    const std::vector<const TrueBoxAtSweep*> page = page_of(object);
    ++gestures_.looks;
    const TrueBoxAtSweep* worst = nullptr;
    for (const TrueBoxAtSweep* seen : page)
      if (visible(*seen) && !given_up.contains(seen->time) && iou_at(track_, *seen) < options_.target_iou &&
          (!worst || iou_at(track_, *seen) < iou_at(track_, *worst)))
        worst = seen;
    if (!worst) return {};
    ++gestures_.clicks;  // on its cell
    SWEEPMARK_CHECK(correct(*worst, true));
    if (iou_at(track_, *worst) < options_.target_iou) given_up.insert(worst->time);
    if (i + 1 >= most_standing_corrections) SWEEPMARK_CHECK(let_move());
    if (!track()->properties.standing) SWEEPMARK_CHECK(follow());
  }
  return {};
}

// The first page that the window shows of the object for review. What is not the object's own sweep the eye
// passes over.
std::vector<const TrueBoxAtSweep*> SimulatedAnnotator::page_of(const TrueObject& object) const {
  std::vector<TimestampNs> times;
  for (const TrueBoxAtSweep& truth : object.boxes) times.push_back(truth.time);
  std::vector<const TrueBoxAtSweep*> page;
  for (const std::size_t i : review_page(*track(), times, page_sweeps)) page.push_back(&object.boxes[i]);
  return page;
}

// Where boxes go on after the object has gone, or stand before it came, its life is cut.
Result<void> SimulatedAnnotator::end_where_it_goes(const TrueObject& object) {
  if (left_over(object) == 0) return {};
  const auto lifetime = track()->lifetime();
  for (const bool first : {true, false}) {
    const TimestampNs edge = first ? object.boxes.front().time : object.boxes.back().time;
    const bool beyond = first ? lifetime->first < edge : edge < lifetime->last;
    if (!beyond) continue;
    ++gestures_.clicks;  // to the sweep
    ++gestures_.keys;    // it begins, or ends, here
    SWEEPMARK_CHECK(run("track.trim",
                        {{"track", track_.value}, {"edge", first ? "first" : "last"}, {"time_ns", edge.ns}}));
  }
  return {};
}

}  // namespace sweepmark
