// A person who labels a drive, as far as their gestures go. See effort.hpp.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/commands/suggest.hpp"
#include "core/quality/effort.hpp"
#include "core/quality/true_objects.hpp"
#include "core/session/session.hpp"

namespace sweepmark {

// All references outlive it.
class SimulatedAnnotator {
 public:
  SimulatedAnnotator(const Drive& drive, const SweepSource& sweeps, Session& session,
                     const EffortOptions& options, const Progress& progress);

  // Labels one object from nothing until each of its visible boxes is good.
  Result<void> label(const TrueObject& object, Automation automation);

  const Gestures& gestures() const { return gestures_; }
  // 3D IoU of what stands at the true box's moment on the object's track; 0 where nothing does.
  double iou_at(const TrueObject& object, const TrueBoxAtSweep& truth) const;
  // Sweeps at which the object's track has a box and the true object is not there at all.
  std::size_t left_over(const TrueObject& object) const;

 private:
  Result<void> run(const std::string& command, const nlohmann::json& args);
  Result<void> run(Result<CommandCall> call);
  Result<void> label_fully(const TrueObject& object);
  Result<void> label_by_keyframes(const TrueObject& object);
  Result<void> label_every_sweep(const TrueObject& object);
  Result<void> place_by_click(const TrueBoxAtSweep& at);
  Result<void> place_by_hand(const TrueBoxAtSweep& at);
  // Drags the box at a true box's sweep to where it belongs; `confirm` sets a keyframe although it is good.
  Result<void> correct(const TrueBoxAtSweep& truth, bool confirm);
  Result<void> correct_until_good(const TrueObject& object);
  // Holds the object still or follows it, by what an eye sees it do.
  Result<void> solve(const TrueObject& object);
  Result<void> follow();
  Result<void> let_move();
  Result<void> review(const TrueObject& object);
  std::vector<const TrueBoxAtSweep*> page_of(const TrueObject& object) const;
  Result<void> end_where_it_goes(const TrueObject& object);
  const TrueBoxAtSweep* worst_of(const TrueObject& object, const std::set<TimestampNs>& given_up) const;
  std::vector<std::optional<Box3<Ego>>> boxes_of(const TrueObject& object) const;
  void choose_class(const TrueObject& object);
  void look_at(std::size_t sweeps);
  bool visible(const TrueBoxAtSweep& truth) const { return truth.points >= options_.min_points; }
  const Track* track() const { return session_.document()->track(track_); }
  std::optional<Box3<Ego>> box_at_time(TrackId track, TimestampNs time) const;
  double iou_at(TrackId track, const TrueBoxAtSweep& truth) const;

  const Drive& drive_;
  const SweepSource& sweeps_;
  Session& session_;
  const EffortOptions& options_;
  const Progress& progress_;
  Gestures gestures_;
  std::map<std::string, TrackId> tracks_;  // by the true object's name
  std::optional<ClassId> class_;           // that the next box will have
  TrackId track_;                          // under the hand
  std::uint64_t gesture_ = 0;              // numbers the hand's errors
};

}  // namespace sweepmark
