// How well one box holds a standing object over the whole drive, measured on objects whose box is known.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/assist/propagate.hpp"
#include "core/base/progress.hpp"
#include "core/base/result.hpp"
#include "core/drive/drive.hpp"

namespace sweepmark {

// Means over the sweeps at which the object holds `min_points`, of all objects of a class that stand.
struct StandingRow {
  std::string class_name;
  std::size_t objects = 0, sweeps = 0;
  double fit_iou = 0, held_iou = 0;        // 3D, of the single fit held still, and of the box from all sweeps
  double fit_at_0_7 = 0, held_at_0_7 = 0;  // shares of the sweeps
  double covered = 0;                      // share of the sweeps between the held box's first and last
};

// Each object is clicked once, at the point nearest to its middle in the sweep where it holds most points;
// the box that is fitted there (box_fit.hpp) is followed both ways and held still by what was found
// (standing.hpp). `trajectory` is the world. Objects of classes that are not known and fits of confidence 0
// are left out. By class, at the end "all". Errors: those of reading the truth; cancelled.
Result<std::vector<StandingRow>> standing_accuracy(const Drive& drive, const SweepSource& sweeps,
                                                   const std::vector<std::string>& classes,
                                                   std::size_t min_points, const Progress& progress);

}  // namespace sweepmark
