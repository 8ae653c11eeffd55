#include "core/quality/simulated_annotator.hpp"

#include <algorithm>
#include <ranges>

#include "core/assist/interpolate.hpp"
#include "core/commands/arguments.hpp"
#include "core/drive/trajectory_of.hpp"
#include "core/geometry/iou.hpp"

namespace sweepmark {

namespace {

constexpr std::size_t most_corrections = 500;  // of one object; far above what any needs

constexpr double same_to_the_eye = 0.999;  // 3D IoU

using Boxes = std::vector<std::optional<Box3<Ego>>>;

std::size_t changed(const Boxes& before, const Boxes& after) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (before[i].has_value() != after[i].has_value() ||
        (before[i] && iou_3d(*before[i], *after[i]) < same_to_the_eye))
      ++count;
  return count;
}

}  // namespace

SimulatedAnnotator::SimulatedAnnotator(const Drive& drive, const SweepSource& sweeps, Session& session,
                                       const EffortOptions& options, const Progress& progress)
    : drive_(drive), sweeps_(sweeps), session_(session), options_(options), progress_(progress) {}

Result<void> SimulatedAnnotator::label(const TrueObject& object, Automation automation) {
  if (std::ranges::none_of(object.boxes, [this](const auto& box) { return visible(box); })) return {};
  choose_class(object);
  track_ = session_.document()->next_track_id();
  tracks_[object.track] = track_;
  switch (automation) {
    case Automation::full:
      return label_fully(object);
    case Automation::keyframes:
      return label_by_keyframes(object);
    case Automation::none:
      return label_every_sweep(object);
  }
  return {};
}

// A keyframe a second from the first visible sweep to the last, straight lines between.
Result<void> SimulatedAnnotator::label_by_keyframes(const TrueObject& object) {
  auto seen = object.boxes | std::views::filter([this](const auto& box) { return visible(box); });
  std::vector<const TrueBoxAtSweep*> stops;
  for (const TrueBoxAtSweep& box : seen)
    if (stops.empty() || seconds_between(stops.back()->time, box.time) >= options_.keyframe_every_s - 1e-3)
      stops.push_back(&box);
  const TrueBoxAtSweep* last = nullptr;
  for (const TrueBoxAtSweep& box : seen) last = &box;
  if (stops.back() != last) stops.push_back(last);
  SWEEPMARK_CHECK(place_by_hand(*stops.front()));
  SWEEPMARK_CHECK(run("track.set_motion", {{"track", track_.value}, {"motion", "linear"}}));
  for (const TrueBoxAtSweep* stop : stops) {
    if (stop != stops.front()) ++gestures_.keys;  // a second on
    SWEEPMARK_CHECK(correct(*stop, stop != stops.front()));
  }
  look_at(object.boxes.size());
  return correct_until_good(object);
}

// Every visible sweep by itself, beginning with the box of the sweep before.
Result<void> SimulatedAnnotator::label_every_sweep(const TrueObject& object) {
  bool first = true;
  for (const TrueBoxAtSweep& box : object.boxes) {
    if (!visible(box)) continue;
    if (first) {
      SWEEPMARK_CHECK(place_by_hand(box));
      SWEEPMARK_CHECK(run("track.set_motion", {{"track", track_.value}, {"motion", "keyframes_only"}}));
    } else {
      ++gestures_.keys;  // the next sweep
    }
    SWEEPMARK_CHECK(correct(box, !first));
    first = false;
  }
  return {};
}

void SimulatedAnnotator::choose_class(const TrueObject& object) {
  const Taxonomy& taxonomy = session_.document()->taxonomy;
  ClassId wanted = class_named(taxonomy, object.class_name);
  if (wanted == ClassId(0)) wanted = class_named(taxonomy, "Misc");
  if (class_ != wanted) ++gestures_.keys;
  class_ = wanted;
}

void SimulatedAnnotator::look_at(std::size_t sweeps) {
  gestures_.looks += (sweeps + page_sweeps - 1) / page_sweeps;
}

Result<void> SimulatedAnnotator::place_by_click(const TrueBoxAtSweep& at) {
  ++gestures_.keys;    // the box tool
  ++gestures_.clicks;  // on the object
  SWEEPMARK_CHECK(run(suggest_box({*session_.document(), drive_, sweeps_}, at.sweep, *at.middle, *class_)));
  const double off = std::abs(wrapped_angle(box_at_time(track_, at.time)->yaw() - at.box.yaw()));
  if (off <= std::numbers::pi / 2) return {};
  ++gestures_.keys;  // turn it round
  return run("track.mirror_heading", {{"track", track_.value}});
}

// The class's usual size set down on the ground where the object is, its heading along the vehicle's.
Result<void> SimulatedAnnotator::place_by_hand(const TrueBoxAtSweep& at) {
  ++gestures_.keys;
  ++gestures_.clicks;
  const Eigen::Vector3d& size = session_.document()->taxonomy.at(*class_).usual_size;
  const Point<Ego> centre = at.box.centre();
  const Box3<Ego> box = upright_box(
      Point<Ego>(centre.x(), centre.y(), centre.z() - 0.5 * at.box.height() + 0.5 * size.z()), 0.0, size);
  return run("box.create",
             {{"class", class_->value}, {"time_ns", at.time.ns}, {"box", commands::box_to(box)}});
}

Result<void> SimulatedAnnotator::correct(const TrueBoxAtSweep& truth, bool confirm) {
  const auto present = box_held_at(*track(), trajectory_of(*session_.document(), drive_), truth.time);
  if (!present) return {};
  const bool there = box_at_time(track_, truth.time).has_value();
  const bool good = iou_3d(*present, truth.box) >= options_.target_iou;
  if (good && there && !confirm) return {};
  const Correction correction =
      good ? Correction{*present, 0, 0}
           : corrected_by_hand(*present, truth.box, options_.target_iou + options_.margin, options_.hand,
                               ++gesture_);
  gestures_.drags += correction.drags;
  if (correction.drags == 0) ++gestures_.keys;  // keyframe here
  return run(
      "keyframe.set",
      {{"track", track_.value}, {"time_ns", truth.time.ns}, {"box", commands::box_to(correction.box)}});
}

// The worst box first, until all are good; after each correction a look over what changed.
Result<void> SimulatedAnnotator::correct_until_good(const TrueObject& object) {
  std::set<TimestampNs> given_up;
  for (std::size_t i = 0; i < most_corrections; ++i) {
    if (progress_.cancelled()) return fail(ErrorCode::cancelled, "cancelled");
    const TrueBoxAtSweep* worst = worst_of(object, given_up);
    if (!worst) return {};
    const auto before = boxes_of(object);
    ++gestures_.clicks;  // on its cell, or on the timeline
    SWEEPMARK_CHECK(correct(*worst, true));
    if (iou_at(track_, *worst) < options_.target_iou) given_up.insert(worst->time);
    look_at(changed(before, boxes_of(object)));
  }
  return {};
}

const TrueBoxAtSweep* SimulatedAnnotator::worst_of(const TrueObject& object,
                                                   const std::set<TimestampNs>& given_up) const {
  const TrueBoxAtSweep* worst = nullptr;
  double lowest = options_.target_iou;
  for (const TrueBoxAtSweep& truth : object.boxes) {
    if (!visible(truth) || given_up.contains(truth.time)) continue;
    const double iou = iou_at(track_, truth);
    if (iou >= lowest) continue;
    worst = &truth;
    lowest = iou;
  }
  return worst;
}

std::vector<std::optional<Box3<Ego>>> SimulatedAnnotator::boxes_of(const TrueObject& object) const {
  std::vector<std::optional<Box3<Ego>>> boxes;
  for (const TrueBoxAtSweep& truth : object.boxes) boxes.push_back(box_at_time(track_, truth.time));
  return boxes;
}

std::optional<Box3<Ego>> SimulatedAnnotator::box_at_time(TrackId id, TimestampNs time) const {
  const auto document = session_.document();
  const Track* track = document->track(id);
  if (!track) return std::nullopt;
  const auto derived = box_at(*track, trajectory_of(*document, drive_), time);
  return derived ? std::optional(derived->box) : std::nullopt;
}

double SimulatedAnnotator::iou_at(TrackId id, const TrueBoxAtSweep& truth) const {
  const auto box = box_at_time(id, truth.time);
  return box ? iou_3d(*box, truth.box) : 0.0;
}

double SimulatedAnnotator::iou_at(const TrueObject& object, const TrueBoxAtSweep& truth) const {
  const auto found = tracks_.find(object.track);
  return found == tracks_.end() ? 0.0 : iou_at(found->second, truth);
}

std::size_t SimulatedAnnotator::left_over(const TrueObject& object) const {
  const auto found = tracks_.find(object.track);
  if (found == tracks_.end()) return 0;
  std::size_t count = 0;
  for (const SweepEntry& sweep : drive_.sweeps) {
    const bool there =
        std::ranges::find(object.boxes, sweep.time, &TrueBoxAtSweep::time) != object.boxes.end();
    if (!there && box_at_time(found->second, sweep.time)) ++count;
  }
  return count;
}

Result<void> SimulatedAnnotator::run(const std::string& command, const nlohmann::json& args) {
  SWEEPMARK_CHECK(session_.run(command, args));
  return {};
}

Result<void> SimulatedAnnotator::run(Result<CommandCall> call) {
  if (!call) return Failure(std::move(call).error());
  return run(call->name, call->args);
}

}  // namespace sweepmark
