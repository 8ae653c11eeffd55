// How much a person does for the boxes of a drive, with our automation, with keyframes, and by hand alone.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/drive/drive.hpp"
#include "core/quality/keystroke_model.hpp"
#include "core/quality/simulated_hand.hpp"
#include "core/quality/true_objects.hpp"

namespace sweepmark {

enum class Automation {
  none,       // every box in every sweep is set by hand, starting from the one of the sweep before
  keyframes,  // a keyframe every second, straight lines by time in the world between them
  full,       // one click to fit, one key to track or to hold still, a look over the pages, corrections
};
std::string_view to_string(Automation automation);

struct EffortOptions {
  double target_iou = 0.7;  // 3D; what is below is corrected, as soon as it is seen
  // A box that is corrected is brought to this much above the target: nobody stops at the limit.
  double margin = 0.1;
  std::size_t min_points = 10;  // boxes with fewer are not visible and are not asked for
  double keyframe_every_s = 1.0;
  HandError hand;
};

struct EffortRow {
  Automation automation = Automation::none;
  std::size_t tracks = 0;  // true objects with at least one visible box
  std::size_t boxes = 0;   // visible true boxes
  Gestures gestures;
  double mean_iou = 0;         // 3D, over the visible boxes, when the annotator is done
  double share_at_target = 0;  // of them, those that reach the target
  double share_at_0_7 = 0;
  std::size_t left_over = 0;  // boxes in sweeps in which the true object is not there at all

  double actions_per_box() const;
  double actions_per_track() const;
  double boxes_per_minute() const;  // by the keystroke-level model
};

// A simulated annotator labels the objects one after the other in a labels file of their own, through the
// commands that the window runs. It knows the truth: it clicks on a point of the object, sees which boxes are
// below the target on the pages it looks at, and drags them to where they belong but for the error of its
// hand. It goes on until every visible box reaches the target, or cannot be brought there by drags.
// Deterministic. `objects` are those of the drive (true_objects). A drive without poses stands still in the
// world: give it estimated ones first. Errors: cancelled, and what the commands return.
Result<EffortRow> measure_effort(const Drive& drive, const SweepSource& sweeps,
                                 const std::vector<TrueObject>& objects, Automation automation,
                                 const EffortOptions& options, const Progress& progress = {});

}  // namespace sweepmark
