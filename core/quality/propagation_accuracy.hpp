// How well an object is followed from one box, measured on tracks whose every box is known.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/assist/propagate.hpp"
#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

struct PropagationAccuracyOptions {
  std::vector<std::string> classes;   // as the source writes them; empty: all
  std::size_t min_points = 10;        // a true box that holds so many is visible
  bool with_clouds_in_memory = true;  // so that the speed is that of following, not of the disk
};

// One proposed or missed box.
struct PropagationSample {
  std::string class_name, track;
  bool moving = false;
  std::size_t start = 0;  // number of the sweep it was followed from
  std::size_t sweep = 0;
  std::size_t true_points = 0;  // in the true box; 0 where there is none
  // Further from the vehicle than any true box of the drive: whether it is there nobody says.
  bool out_of_reach = false;
  bool in_life = false;  // between the first and last sweeps at which the object holds a point
  bool proposed = false;
  double iou = 0;  // 3D, with the true box; 0 where there is none
  // Of the proposed box's centre from the true one, along the true box's own axes, metres; and of its
  // heading, radians.
  Eigen::Vector3d offset = Eigen::Vector3d::Zero();
  double turn = 0;
  double confidence = 0;
  MatchEvidence evidence;
};

// All that was measured on a drive or several; `seconds` is the time spent following.
struct PropagationSamples {
  struct Start {
    std::string class_name;
    bool moving = false;
    double seconds = 0;
    std::size_t steps = 0;  // sweeps looked at that gave a proposal
  };
  std::vector<PropagationSample> samples;
  std::vector<Start> starts;
};

struct PropagationRow {
  std::string class_name;
  bool moving = false;
  std::size_t tracks = 0;                 // starts that were followed; up to two an object
  std::size_t sweeps_true_visible = 0;    // other sweeps at which the object holds min_points
  std::size_t sweeps_covered = 0;         // of these, those with a proposal
  double mean_iou = 0, share_at_0_7 = 0;  // over those covered
  double lost_too_early = 0;              // share of the visible that have no proposal
  // Share of the proposals outside the object's life, those beyond the reach of the truth left out.
  double ran_on_after_gone = 0;
  double sweeps_per_second = 0;  // of one object, on one thread
};

// Proposals whose confidence lies in [from, to), over visible sweeps.
struct ReliabilityRow {
  double from = 0, to = 0;
  std::size_t count = 0;
  double mean_confidence = 0, mean_iou = 0, share_at_0_7 = 0;
};

// Each object is followed both ways from its true box at the sweep where it holds most points, and once more
// from the first sweep at which it holds fifty, where that is another. Its world is the drive's trajectory.
// A box belongs on its points. Where points carry time, the true box of a sweep is taken along the object's
// true way to the moment its points were measured, up to half a turn of the sensor from the sweep's own.
// Errors: those of reading the truth; cancelled.
Result<PropagationSamples> propagation_samples(const Drive& drive, const PropagationAccuracyOptions& options,
                                               const Progress& progress);

// By class and motion, and at the end over all classes ("all").
std::vector<PropagationRow> propagation_rows(const PropagationSamples& samples, std::size_t min_points);
std::vector<ReliabilityRow> propagation_reliability(const PropagationSamples& samples,
                                                    std::size_t min_points);

}  // namespace sweepmark
